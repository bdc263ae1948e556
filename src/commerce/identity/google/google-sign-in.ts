import type { Tx } from '#platform/database'
import type { OpenIdClaims, OpenIdClient } from '#platform/openid'
import { Refusal } from '#platform/refusal.ts'
import type { App } from '../../app.ts'
import { isEmail, normalizeEmail, type Visit } from '../accounts/account.ts'
import type { Attempt } from '../attempts/attempts.queries.ts'
import { noteAttempt, refuseTooMany } from '../attempts/limited-attempts.ts'
import { requireSecondFactor } from '../second-factor/second-factor-challenge.ts'
import { letIn, type SignedIn } from '../sign-in/let-in.ts'
import { disabled } from '../sign-in/sign-in.ts'
import { type GooglePerson, linkGoogle, Overtaken, openGoogleAccount, takeOverAccount } from './google-account.ts'
import { findGoogleHolder, type GoogleHolder } from './google-links.queries.ts'

/** What somebody brings who was with Google: an id token, or the code for one. */
export type GoogleProof =
  | { idToken: string }
  | { code: string; redirectUri: string; codeVerifier?: string | undefined; nonce?: string }

/** `created`: whether there was no account before. */
export type SignedInWithGoogle = SignedIn & { created: boolean }

/** Each turn somebody else was faster at the same person; nobody is that often. */
const TURNS_MAX = 5

/**
 * Lets somebody in by what Google says of him (NX-077): into the account that is linked with him; else into the one that has
 * proven his address, or that was prepared with it and could not be used yet, which is linked; else into a new one. An account
 * in use that never proved the address is not his: whoever has put his own address into somebody's account, by a stolen
 * token, has no way in by it. Refuses `google_not_configured`, `google_unavailable`; and, noted, `google_token_not_valid`,
 * `google_email_unverified`, `account_disabled`, `second_factor_required`.
 */
export async function signInWithGoogle(app: App, proof: GoogleProof, visit: Visit): Promise<SignedInWithGoogle> {
  const google = getGoogle(app)
  const attempt: Attempt = { type: 'login', ...visit }
  await refuseTooMany(app, attempt, PER_ADDRESS)
  const claims = await notingRefusal(app, attempt, () => checkProof(google, proof))
  const person = toPerson(claims)
  let created = false
  for (let turn = 1; ; turn += 1) {
    const known = await findGoogleHolder(app.db, claims.subject, person?.email ?? null)
    const identifier = claims.email ?? known?.email
    const named = { ...attempt, accountId: known?.id, identifier }
    try {
      const entered = await notingRefusal(app, named, () => admit(app, known, person, named))
      if (entered) return { ...entered, created }
      // It has an account now, and comes in by it.
      created ||= !known || known.isActive
    } catch (error) {
      if (!(error instanceof Overtaken) || turn === TURNS_MAX) throw error
    }
  }
}

/** Each code costs a call to Google. */
const PER_ADDRESS = { counted: 'google', hits: 60, windowMs: 15 * 60_000, code: 'too_many_failed_sign_ins' }

/** The client of Google. Refuses `google_not_configured`. */
export function getGoogle({ google }: App): OpenIdClient {
  if (google) return google
  throw new Refusal('unavailable', 'google_not_configured', 'Sign-in with Google is not configured')
}

/** Notes who was not let in. Where Google could not be asked, nothing was found wrong with anybody. */
export async function notingRefusal<Done>(app: App, attempt: Attempt, deed: () => Promise<Done>): Promise<Done> {
  try {
    return await deed()
  } catch (error) {
    if (error instanceof Refusal && error.kind !== 'unavailable') {
      await noteAttempt(app, { ...attempt, failure: failureOf[error.code] ?? 'google_rejected' })
    }
    throw error
  }
}

const failureOf: Record<string, string> = {
  account_disabled: 'inactive_account',
  second_factor_required: 'second_factor_required',
}

const checkProof = (google: OpenIdClient, proof: GoogleProof): Promise<OpenIdClaims> =>
  'idToken' in proof ? google.verifyIdToken(proof.idToken) : google.exchangeCode(proof)

/** Only an address that Google has made sure of says whose account it is. */
function toPerson({ subject, email, emailVerified, firstName, lastName }: OpenIdClaims): GooglePerson | undefined {
  if (!email || !emailVerified || !isEmail(email)) return undefined
  return { subject, email: normalizeEmail(email), firstName, lastName }
}

/** Lets in whoever has an account that is his; makes him one otherwise, and returns nothing. */
async function admit(
  app: App,
  known: GoogleHolder | undefined,
  person: GooglePerson | undefined,
  attempt: Attempt,
): Promise<SignedIn | undefined> {
  if (known?.disabledAt) throw disabled()
  if (known?.isLinked || known?.emailVerifiedAt) return enter(app, known, person, attempt)
  if (!person) throw unverified()
  if (known && !known.isActive) await takeOverAccount(app, known.id, person, attempt)
  else await openGoogleAccount(app, person, attempt, known?.id)
  return undefined
}

/**
 * Opens the session. An account that is known by its address alone is linked in the same transaction: who fails at the second
 * factor has linked nothing.
 */
async function enter(
  app: App,
  { passwordHash: _hash, hasSecondFactor, isLinked, ...account }: GoogleHolder,
  person: GooglePerson | undefined,
  attempt: Attempt,
): Promise<SignedIn> {
  if (!account.isActive) throw disabled()
  await requireSecondFactor(app, { id: account.id, hasSecondFactor }, attempt)
  const settle = async (tx: Tx) => {
    if (!isLinked && person) await linkGoogle(tx, account.id, person, app.now())
  }
  const { account: entered, tokens } = await letIn(app, account, attempt, { settle })
  return { account: entered, tokens }
}

const unverified = () =>
  new Refusal('unauthenticated', 'google_email_unverified', 'Google has not verified the e-mail of this person')
