/** What a right code of the second factor is: one that an authenticator shows, or a recovery code. Each is taken once. */
import { Secret, TOTP } from 'otpauth'
import type { Tx } from '#platform/database'
import { Refusal } from '#platform/refusal.ts'
import type { App } from '../../app.ts'
import { seal, unseal } from '../proofs/sealed-tokens.ts'
import { hashRecoveryCode } from './recovery-codes.ts'
import {
  findSecondFactor,
  isRecoveryHashOpen,
  type SecondFactor,
  type TakenStep,
  takeRecoveryHash,
  takeStep,
} from './second-factor.queries.ts'

const STEP_S = 30
const SECRET_BYTES = 20
/** What every authenticator knows. */
const kind = { algorithm: 'SHA1', digits: 6, period: STEP_S }
/** A step either way: a code takes time to type, and clocks are a little off. */
const DRIFT_STEPS = 1

/** A new secret of 160 bits, in base32; and sealed, for this account alone, as it is kept. */
export async function makeSecret(app: App, accountId: number): Promise<{ secret: string; sealedSecret: string }> {
  const secret = new Secret({ size: SECRET_BYTES }).base32
  const { config } = app
  const extra = { account: String(accountId) }
  return { secret, sealedSecret: await seal('totp_secret', secret, { now: app.now(), config, extra }) }
}

/** What an authenticator reads from a picture: `otpauth://totp/…`. */
export const otpauthUrl = (secret: string, issuer: string, label: string): string =>
  new TOTP({ ...kind, issuer, label, secret }).toString()

/** The step of 30 seconds whose code this is, by the clock; undefined for a wrong one. Whether it was taken shows when it is. */
export async function findStep(
  app: App,
  accountId: number,
  { sealedSecret }: SecondFactor,
  code: string,
): Promise<TakenStep | undefined> {
  const now = app.now()
  const opened = await unseal('totp_secret', sealedSecret, { now, config: app.config })
  if (opened?.extra.account !== String(accountId)) return undefined
  const secret = Secret.fromBase32(opened.subject)
  const timestamp = now.getTime()
  const drift = TOTP.validate({ ...kind, secret, token: bare(code), timestamp, window: DRIFT_STEPS })
  if (drift === null) return undefined
  return { sealedSecret, step: TOTP.counter({ period: STEP_S, timestamp }) + drift }
}

/** A code as digits alone: people type it in two groups, as they see it. */
const bare = (code: string) => code.replaceAll(/\s/g, '')
const isTimeBased = (code: string) => /^\d{6}$/.test(bare(code))

type RightCode = TakenStep | { recoveryHash: string }

/** Whether a code is right now, and as what; `takeRightCode` then uses it up. */
export async function findRightCode(app: App, accountId: number, code: string): Promise<RightCode | undefined> {
  const factor = await findSecondFactor(app.db, accountId)
  if (!factor?.isEnabled) return undefined
  if (isTimeBased(code)) return findStep(app, accountId, factor, code)
  const recoveryHash = hashRecoveryCode(code, accountId, app.config)
  return (await isRecoveryHashOpen(app.db, accountId, recoveryHash)) ? { recoveryHash } : undefined
}

/** Uses a right code up. Refuses `second_factor_incorrect` where it was taken before. */
export async function takeRightCode(tx: Tx, accountId: number, code: RightCode, now: Date): Promise<void> {
  const isTaken =
    'step' in code ? await takeStep(tx, accountId, code) : await takeRecoveryHash(tx, accountId, code.recoveryHash, now)
  if (!isTaken) throw codeIncorrect()
}

export const codeIncorrect = () => new Refusal('invalid', 'second_factor_incorrect', 'The code is not right')
