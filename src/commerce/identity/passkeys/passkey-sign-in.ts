import { inTransaction, type Tx } from '#platform/database'
import { type AllowedTry, claimTry, settleHits } from '#platform/limits'
import { Refusal } from '#platform/refusal.ts'
import type { App } from '../../app.ts'
import type { Visit } from '../accounts/account.ts'
import { attemptInspections } from '../attempts/attempt-inspections.ts'
import { type Attempt, recordAttempt } from '../attempts/attempts.queries.ts'
import { noteAttempt, refuseTooMany } from '../attempts/limited-attempts.ts'
import { letIn, type SignedIn } from '../sign-in/let-in.ts'
import { accountKey } from '../sign-in/sign-in-limits.ts'
import {
  CHALLENGE_LIFETIME_MS,
  checkShown,
  makeRequestOptions,
  type RequestOptions,
  readChallenge,
  type ShownPasskey,
} from './passkey-ceremonies.ts'
import {
  findOwnedPasskey,
  insertChallenge,
  markPasskeyUsed,
  type OwnedPasskey,
  type PasskeyUse,
  takeChallenge,
} from './passkeys.queries.ts'

const WINDOW_MS = 15 * 60_000
const STARTS = { counted: 'passkey-start', hits: 30, windowMs: WINDOW_MS, code: 'too_many_passkey_sign_ins' }
const WRONG_ONES = { hits: 10, windowMs: WINDOW_MS }

/**
 * What a browser is to ask for, of whomever, with a challenge that is good for one answer within 5 minutes. Refuses
 * `too_many_passkey_sign_ins`.
 */
export async function startPasskeySignIn(app: App, visit: Visit): Promise<RequestOptions> {
  await refuseTooMany(app, { type: 'login', ...visit }, STARTS)
  const options = await makeRequestOptions(app.config)
  const expiresAt = new Date(app.now().getTime() + CHALLENGE_LIFETIME_MS)
  await inTransaction(app.db, (tx) => insertChallenge(tx, { challenge: options.challenge, accountId: null, expiresAt }))
  return options
}

/**
 * Lets in the owner of a passkey. Its device has asked for a finger, a face or a PIN: that is two factors, and no other one is
 * asked for; nor does a lock count, which wrong passwords have brought about. Refuses `passkey_not_accepted`, whatever the
 * reason, which is noted; after ten of these from an address in 15 minutes `too_many_failed_sign_ins`.
 */
export async function signInByPasskey(app: App, shown: ShownPasskey, visit: Visit): Promise<SignedIn> {
  const known = await findOwnedPasskey(app.db, shown.id)
  const identifier = known?.email ?? known?.phone ?? known?.username
  const attempt: Attempt = { type: 'login', ...visit, accountId: known?.id, identifier }
  const tried = await openTry(app, attempt)
  try {
    const use = await checkOnce(app, shown, known)
    return await letInByPasskey(app, known!, use, attempt, tried)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    await noteFailure(app, { ...attempt, failure: failureOf[error.code] ?? error.code })
    throw new Refusal('unauthenticated', 'passkey_not_accepted', 'The passkey is not accepted')
  } finally {
    tried.decided()
  }
}

/** Counts the try against its address, before anything is looked at. */
async function openTry(app: App, attempt: Attempt): Promise<AllowedTry> {
  const ask = { key: `passkey:address:${attempt.device.ip}`, limit: WRONG_ONES }
  const tried = await claimTry(app.db, [ask], app.now)
  if (tried.allowed) return tried
  await noteAttempt(app, { ...attempt, failure: 'rate_limited' })
  const { retryAfterS } = tried
  throw new Refusal('limited', 'too_many_failed_sign_ins', 'Too many failed sign-ins', { retryAfterS })
}

/** Takes the challenge, and looks at the answer to it. Refuses with what is to be noted. */
async function checkOnce(app: App, shown: ShownPasskey, known: OwnedPasskey | undefined): Promise<PasskeyUse> {
  const challenge = readChallenge(shown.response)
  const isGood = challenge !== undefined && (await takeChallenge(app.db, challenge, null, app.now()))
  const use = known && isGood ? await checkShown(app.config, shown, challenge, known) : undefined
  if (!use) throw rejected('passkey_rejected')
  return use
}

async function letInByPasskey(
  app: App,
  { passkeyId: _id, publicKey: _key, signCount: _count, ...account }: OwnedPasskey,
  use: PasskeyUse,
  attempt: Attempt,
  tried: AllowedTry,
): Promise<SignedIn> {
  const settle = async (tx: Tx) => {
    if (!(await markPasskeyUsed(tx, use, app.now()))) throw rejected('passkey_cloned')
    await settleHits(tx, tried.hits, accountKey(account.id))
  }
  const { account: owner, tokens } = await letIn(app, account, attempt, { isTwofold: true, settle })
  return { account: owner, tokens }
}

const rejected = (code: string) => new Refusal('unauthenticated', code, 'The passkey is not accepted')
/** Whose account is switched off, or not proven, `letIn` does not let in. */
const failureOf: Record<string, string> = { wrong_credentials: 'inactive_account' }

async function noteFailure(app: App, attempt: Attempt): Promise<void> {
  await inTransaction(app.db, async (tx) => {
    const attemptId = await recordAttempt(tx, attempt, app.now())
    await app.jobs.enqueue(tx, attemptInspections, [{ attemptId, failures: 0 }])
  })
}
