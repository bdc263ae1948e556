import type { Tx } from '#platform/database'
import { Refusal } from '#platform/refusal.ts'
import type { App } from '../../app.ts'
import type { Visit } from '../accounts/account.ts'
import type { Attempt } from '../attempts/attempts.queries.ts'
import { noteAttempt } from '../attempts/limited-attempts.ts'
import { findToken, takeToken } from '../proofs/one-time-tokens.queries.ts'
import { hashToken } from '../proofs/one-time-tokens.ts'
import { isUuid } from '../sessions/tokens.ts'
import { findCredentialsById } from '../sign-in/credentials.queries.ts'
import { letIn, type SignedIn } from '../sign-in/let-in.ts'
import { disabled } from '../sign-in/sign-in.ts'
import { forgetFailures } from '../sign-in/sign-in-limits.ts'
import { codeIncorrect, findRightCode, takeRightCode } from './second-factor-codes.ts'
import { tryCode } from './second-factor-tries.ts'

export type ChallengeAnswer = {
  /** As the refusal `second_factor_required` has told it. */
  challengeToken: string
  /** Of an authenticator, or a recovery code. */
  code: string
}

/**
 * Opens the session of who has passed the first factor, and now the second one (MP-048): a challenge and a code work once,
 * whoever asks at the same moment. Refuses `challenge_not_valid`, wrong, expired or used; `second_factor_incorrect`, and
 * after five of them in 15 minutes `too_many_wrong_codes`; `account_disabled`.
 */
export async function completeSignIn(
  app: App,
  { challengeToken, code }: ChallengeAnswer,
  visit: Visit,
): Promise<SignedIn> {
  const tokenHash = hashToken(challengeToken)
  const accountId = isUuid(challengeToken) ? await findChallenged(app, tokenHash) : undefined
  const attempt: Attempt = { type: 'otp', ...visit, accountId }
  if (accountId === undefined) {
    await noteAttempt(app, { ...attempt, failure: 'challenge_not_valid' })
    throw challengeNotValid()
  }
  return tryCode(app, { ...attempt, accountId }, () => answer(app, { accountId, tokenHash }, code, visit))
}

/** Whose sign-in waits for this challenge. */
async function findChallenged(app: App, tokenHash: string): Promise<number | undefined> {
  const known = await findToken(app.db, 'second_factor', tokenHash)
  return known && !known.usedAt && known.expiresAt > app.now() ? known.accountId : undefined
}

type Challenge = { accountId: number; tokenHash: string }

async function answer(app: App, challenge: Challenge, code: string, visit: Visit): Promise<SignedIn> {
  const { accountId, tokenHash } = challenge
  const right = await findRightCode(app, accountId, code)
  if (!right) throw await whyWrong(app, tokenHash)
  const known = await findCredentialsById(app.db, accountId)
  if (!known) throw challengeNotValid()
  const { passwordHash: _hash, hasSecondFactor: _factor, ...account } = known
  if (account.disabledAt || !account.isActive) throw disabled()
  const settle = async (tx: Tx) => {
    const now = app.now()
    const holder = await takeToken(tx, 'second_factor', tokenHash, visit.device.ip, now)
    if (holder !== accountId) throw challengeNotValid()
    await takeRightCode(tx, accountId, right, now)
    await forgetFailures(tx, accountId)
  }
  const identifier = account.email ?? account.phone ?? account.username
  return letIn(app, account, { type: 'login', ...visit, accountId, identifier }, { isTwofold: true, settle })
}

/** Who answers twice at once finds the code used, and the challenge with it: that is no guess, and does not count. */
const whyWrong = async (app: App, tokenHash: string): Promise<Refusal> =>
  (await findChallenged(app, tokenHash)) === undefined ? challengeNotValid() : codeIncorrect()

const challengeNotValid = () => new Refusal('unauthenticated', 'challenge_not_valid', 'The challenge is not valid')
