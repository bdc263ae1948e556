import { inTransaction, type Tx } from '#platform/database'
import { Refusal } from '#platform/refusal.ts'
import type { App } from '../../app.ts'
import type { Surface, Visit } from '../accounts/account.ts'
import { attemptInspections } from '../attempts/attempt-inspections.ts'
import { type Attempt, recordAttempt } from '../attempts/attempts.queries.ts'
import { hashPassword, needsRehash, verifyPassword } from '../passwords/passwords.ts'
import { requireSecondFactor } from '../second-factor/second-factor-challenge.ts'
import { type Credentials, findCredentials, upgradePasswordHash } from './credentials.queries.ts'
import { letIn, type SignedIn, wrongCredentials } from './let-in.ts'
import { type OpenTry, openTry, settleTry, withdrawTry } from './sign-in-limits.ts'
import type { SignInName } from './sign-in-name.ts'

export type SignInInput = { name: SignInName; password: string }

/**
 * Lets somebody in by a name and a password, and opens a session (V1-070…V1-083, NX-030…NX-034, MP-025, SF-070…SF-078).
 * Refuses `credentials_missing`; `wrong_credentials` (the same for an unknown name, and as slow); where the password was
 * right `account_disabled`, `account_unverified` and `second_factor_required` (with a `challengeToken`); before it is looked
 * at `too_many_failed_sign_ins` and `account_locked`. Every attempt is logged but the first kind (V1-079).
 */
export function signIn(app: App, input: SignInInput, visit: Visit): Promise<SignedIn> {
  return tryPassword(app, input, visit, async (known, attempt, tried) => {
    const obstacle = findObstacle(known, input.name, visit.surface)
    if (obstacle) throw obstacle
    await requireSecondFactor(app, known, attempt)
    return letInByPassword(app, known, attempt, tried, input.password)
  })
}

type Admission<Result> = (known: Credentials, attempt: Attempt, tried: OpenTry) => Promise<Result>

/** Looks at the password, counted and logged; `admit` decides about who came with the right one. */
export async function tryPassword<Result>(
  app: App,
  { name, password }: SignInInput,
  visit: Visit,
  admit: Admission<Result>,
): Promise<Result> {
  if (name.value === '' || password === '') throw new Refusal('invalid', 'credentials_missing', 'No name or password')
  const known = await findCredentials(app.db, name, visit.surface)
  const attempt: Attempt = { type: 'login', ...visit, accountId: known?.id, identifier: name.value }
  const tried = await openTry(app, visit, name, known?.id).catch((refusal) => noteFailure(app, attempt, refusal, 0))
  try {
    const isRight = await verifyPassword(known?.passwordHash, password)
    if (!known || !isRight) return await noteFailure(app, attempt, wrongCredentials(), tried.failures)
    return await admit(known, attempt, tried).catch(async (refusal) => {
      await withdrawTry(app, tried)
      return noteFailure(app, attempt, refusal, 0)
    })
  } finally {
    tried.decided()
  }
}

/** Opens the session; a hash of an older kind is replaced now that the password is known (NX-152). */
export async function letInByPassword(
  app: App,
  { passwordHash, hasSecondFactor: _, ...account }: Credentials,
  attempt: Attempt,
  tried: OpenTry,
  password: string,
): Promise<SignedIn> {
  const upgraded = passwordHash && needsRehash(passwordHash) ? await hashPassword(password) : undefined
  const settle = async (tx: Tx) => {
    await settleTry(tx, tried)
    if (upgraded) await upgradePasswordHash(tx, account.id, passwordHash!, upgraded)
  }
  return letIn(app, account, attempt, { passwordHash, settle })
}

/** Why the owner of an account is not let in. An address that is not proven is no name to sign in with (V1-073, NX-033). */
function findObstacle(account: Credentials, { kind }: SignInName, surface: Surface): Refusal | undefined {
  if (account.disabledAt) return disabled()
  const provesEmail = kind === 'email' && surface !== 'storefront'
  if (!account.isActive || (provesEmail && !account.emailVerifiedAt)) return unverified()
  return undefined
}

const failureOf: Record<string, string> = {
  wrong_credentials: 'invalid_credentials',
  account_unverified: 'inactive_account',
  account_disabled: 'inactive_account',
  too_many_failed_sign_ins: 'rate_limited',
  account_locked: 'account_locked',
}

/** Logs a failed attempt and throws why it failed. `failures` is how many there are in a row, with this one. */
async function noteFailure(app: App, attempt: Attempt, refusal: unknown, failures: number): Promise<never> {
  if (refusal instanceof Refusal) {
    const failed = { ...attempt, failure: failureOf[refusal.code] ?? refusal.code }
    await inTransaction(app.db, async (tx) => {
      const attemptId = await recordAttempt(tx, failed, app.now())
      // For a name that nobody has as well: the time that an answer takes tells nothing.
      await app.jobs.enqueue(tx, attemptInspections, [{ attemptId, failures }])
    })
  }
  throw refusal
}

export const disabled = () => new Refusal('forbidden', 'account_disabled', 'The account was switched off')
const unverified = () => new Refusal('invalid', 'account_unverified', 'The e-mail is not verified')
