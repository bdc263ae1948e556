/** Access and refresh tokens: JWTs, signed with HS256 and nothing else (V1-023). */
import { createSecretKey, type KeyObject, randomUUID } from 'node:crypto'
import { jwtVerify, SignJWT } from 'jose'
import type { Config } from '../../config.ts'
import type { Surface } from './account.ts'

export type TokenType = 'access' | 'refresh'
export type Tokens = { access: string; refresh: string }
export type TokenIds = { accessJti: string; refreshJti: string }
/** What a good token says. */
export type Claims = { accountId: number; sessionId: string; jti: string; surface: Surface }

const MINUTE_S = 60
const HOUR_S = 60 * MINUTE_S
const WEEK_S = 7 * 24 * HOUR_S

/** How long tokens live, by the surface that issues them (V1-023, V1-071). */
const lifetimesS: Record<Surface, Record<TokenType, number>> = {
  v1: { access: 15 * MINUTE_S, refresh: WEEK_S },
  storefront: { access: HOUR_S, refresh: WEEK_S },
  marketplace: { access: HOUR_S, refresh: WEEK_S },
  nexus: { access: HOUR_S, refresh: WEEK_S },
  admin: { access: 15 * MINUTE_S, refresh: WEEK_S },
}

export const newTokenIds = (): TokenIds => ({ accessJti: randomUUID(), refreshJti: randomUUID() })

type Holder = { accountId: number; sessionId: string; surface: Surface }

/** Signs the pair of tokens of a session. */
export async function signTokens(holder: Holder, ids: TokenIds, now: Date, config: Config): Promise<Tokens> {
  const [access, refresh] = await Promise.all([
    sign(holder, 'access', ids.accessJti, now, config),
    sign(holder, 'refresh', ids.refreshJti, now, config),
  ])
  return { access, refresh }
}

function sign(holder: Holder, type: TokenType, jti: string, now: Date, config: Config): Promise<string> {
  const issuedAtS = Math.floor(now.getTime() / 1000)
  return new SignJWT({ token_type: type, sid: holder.sessionId, surface: holder.surface })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject(String(holder.accountId))
    .setJti(jti)
    .setIssuedAt(issuedAtS)
    .setExpirationTime(issuedAtS + lifetimesS[holder.surface][type])
    .sign(keyOf(config))
}

/** The claims of a token; undefined for one that is malformed, foreign, expired or of the other type. */
export async function readToken(
  token: string,
  type: TokenType,
  now: Date,
  config: Config,
): Promise<Claims | undefined> {
  const claims = await verifiedClaims(token, now, config)
  if (!claims || claims.token_type !== type) return undefined
  const { sub, sid, jti, surface } = claims
  if (typeof sub !== 'string' || !/^[1-9]\d{0,15}$/.test(sub) || !isUuid(sid) || typeof jti !== 'string')
    return undefined
  if (typeof surface !== 'string' || !Object.hasOwn(lifetimesS, surface)) return undefined
  return { accountId: Number(sub), sessionId: sid, jti, surface: surface as Surface }
}

async function verifiedClaims(token: string, now: Date, config: Config) {
  try {
    const options = { algorithms: ['HS256'], currentDate: now, requiredClaims: ['exp', 'iat', 'jti', 'sid', 'sub'] }
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
