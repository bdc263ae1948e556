/** Access and refresh tokens: JWTs, signed with HS256 and nothing else (V1-023). */
import { createSecretKey, type KeyObject, randomUUID } from 'node:crypto'
import { jwtVerify, SignJWT } from 'jose'
import type { Config } from '../../../config.ts'
import type { Surface } from '../accounts/account.ts'

/** A verification token opens nothing but the way to another verification mail (SF-010). */
export type TokenType = 'access' | 'refresh' | 'verification'
export type Tokens = { access: string; refresh: string }
export type TokenIds = { accessJti: string; refreshJti: string }
/** What a good token says. */
export type Claims = { accountId: number; sessionId: string; jti: string; surface: Surface }

const MINUTE_S = 60
const HOUR_S = 60 * MINUTE_S
const DAY_S = 24 * HOUR_S
const WEEK_S = 7 * DAY_S

/** For whom tokens are: all surfaces of this shop, and nothing else that the same key may sign for. */
const AUDIENCE = 'souk'

type Lifetimes = Record<TokenType, number>
const HOURLY: Lifetimes = { access: HOUR_S, refresh: WEEK_S, verification: DAY_S }
const SHORT: Lifetimes = { ...HOURLY, access: 15 * MINUTE_S }

/** How long tokens live, by the surface that issues them (V1-023, V1-071, SF-038). */
const lifetimesS: Record<Surface, (config: Config) => Lifetimes> = {
  v1: () => SHORT,
  storefront: (config) => ({
    access: config.STOREFRONT_ACCESS_MINUTES * MINUTE_S,
    refresh: config.STOREFRONT_REFRESH_DAYS * DAY_S,
    verification: config.STOREFRONT_VERIFICATION_HOURS * HOUR_S,
  }),
  marketplace: () => HOURLY,
  nexus: () => HOURLY,
  admin: () => SHORT,
}

/** How long an access token of this surface is good, in seconds. */
export const accessLifetimeS = (surface: Surface, config: Config): number => lifetimesS[surface](config).access

export const newTokenIds = (): TokenIds => ({ accessJti: randomUUID(), refreshJti: randomUUID() })

export type Holder = { accountId: number; sessionId: string; surface: Surface }

/** Signs the pair of tokens of a session. */
export async function signTokens(holder: Holder, ids: TokenIds, now: Date, config: Config): Promise<Tokens> {
  const [access, refresh] = await Promise.all([
    signToken(holder, 'access', ids.accessJti, now, config),
    signToken(holder, 'refresh', ids.refreshJti, now, config),
  ])
  return { access, refresh }
}

/** Signs one token. */
export function signToken(holder: Holder, type: TokenType, jti: string, now: Date, config: Config): Promise<string> {
  const issuedAtS = Math.floor(now.getTime() / 1000)
  return new SignJWT({ token_type: type, sid: holder.sessionId, surface: holder.surface })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject(String(holder.accountId))
    .setAudience(AUDIENCE)
    .setJti(jti)
    .setIssuedAt(issuedAtS)
    .setExpirationTime(issuedAtS + lifetimesS[holder.surface](config)[type])
    .sign(keyOf(config))
}

/** The claims of a token; undefined for one that is malformed, foreign, expired or of another type than wanted. */
export async function readToken<Type extends TokenType>(
  token: string,
  types: Type | readonly Type[],
  now: Date,
  config: Config,
): Promise<(Claims & { type: Type }) | undefined> {
  const claims = await verifiedClaims(token, now, config)
  const type = [types].flat().find((wanted) => wanted === claims?.token_type) as Type | undefined
  if (!claims || type === undefined) return undefined
  const { sub, sid, jti, surface } = claims
  if (typeof sub !== 'string' || !/^[1-9]\d{0,15}$/.test(sub) || !isUuid(sid) || typeof jti !== 'string')
    return undefined
  if (typeof surface !== 'string' || !Object.hasOwn(lifetimesS, surface)) return undefined
  return { accountId: Number(sub), sessionId: sid, jti, surface: surface as Surface, type }
}

async function verifiedClaims(token: string, now: Date, config: Config) {
  try {
    const options = {
      algorithms: ['HS256'],
      audience: AUDIENCE,
      currentDate: now,
      requiredClaims: ['exp', 'iat', 'jti', 'sid', 'sub'],
    }
    return (await jwtVerify(token, keyOf(config), options)).payload
  } catch {
    return undefined
  }
}

export const isUuid = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)

const keys = new Map<string, KeyObject>()

/** One key object a secret: jose prepares a key once for each object. */
function keyOf({ SECRET_KEY: secret }: Config): KeyObject {
  const known = keys.get(secret)
  if (known) return known
  const key = createSecretKey(secret, 'utf8')
  keys.set(secret, key)
  return key
}
