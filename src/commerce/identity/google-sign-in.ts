import type { Tx } from '#platform/database'
import type { OpenIdClaims, OpenIdClient } from '#platform/openid'
import { Refusal } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import { isEmail, normalizeEmail, type Visit } from './account.ts'
import type { Attempt } from './attempts.queries.ts'
import { type GooglePerson, linkGoogle, Overtaken, openGoogleAccount, takeOverAccount } from './google-account.ts'
import { findGoogleHolder, type GoogleHolder } from './google-links.queries.ts'
import { letIn, type SignedIn } from './let-in.ts'
import { noteAttempt } from './limited-attempts.ts'
import { requireSecondFactor } from './second-factor-challenge.ts'
import { disabled } from './sign-in.ts'

/** What somebody brings who was with Google: an id token, or the code for one. */
export type GoogleProof =
  | { idToken: string }
  | { code: string; redirectUri: string; codeVerifier?: string | undefined; nonce?: string }

/** `created`: whether there was no account before. */
export type SignedInWithGoogle = SignedIn & { created: boolean }

/** Each turn somebody else was faster at the same person; nobody is that often. */
const TURNS_MAX = 5

/**
 * Lets somebody in by what Google says of him (NX-077): into the account that is linked with him; else into the one with his
 * address, which is linked, and taken from whoever prepared it without proving the address; else into a new one. Refuses
 * `google_not_configured`, `google_unavailable`; `google_token_not_valid`, `google_email_unverified`; `account_disabled`
 * and `second_factor_required`. Failures are noted, but the first two.
 */
export async function signInWithGoogle(app: App, proof: GoogleProof, visit: Visit): Promise<SignedInWithGoogle> {
  const google = getGoogle(app)
  let attempt: Attempt = { type: 'login', ...visit }
  try {
    const claims = await checkProof(google, proof)
    attempt = { ...attempt, identifier: claims.email }
    return await admit(app, claims, attempt, (known) => {
      attempt = { ...attempt, accountId: known.id }
    })
  } catch (refusal) {
    if (refusal instanceof Refusal) await noteRejected(app, attempt, refusal)
    throw refusal
  }
}

/** The client of Google. Refuses `google_not_configured`. */
export function getGoogle({ google }: App): OpenIdClient {
  if (google) return google
  throw new Refusal('unavailable', 'google_not_configured', 'Sign-in with Google is not configured')
}

const checkProof = (google: OpenIdClient, proof: GoogleProof): Promise<OpenIdClaims> =>
  'idToken' in proof ? google.verifyIdToken(proof.idToken) : google.exchangeCode(proof)

/** Notes who was not let in. Where Google could not be asked, nothing was found wrong with anybody. */
export async function noteRejected(app: App, attempt: Attempt, { kind, code }: Refusal): Promise<void> {
  if (kind === 'unavailable') return
  await noteAttempt(app, { ...attempt, failure: failureOf[code] ?? 'google_rejected' })
}

const failureOf: Record<string, string> = {
  account_disabled: 'inactive_account',
  second_factor_required: 'second_factor_required',
}

type Tell = (known: GoogleHolder) => void

async function admit(app: App, claims: OpenIdClaims, attempt: Attempt, tell: Tell): Promise<SignedInWithGoogle> {
  const person = toPerson(claims)
  let created = false
  for (let turn = 1; ; turn += 1) {
    try {
      const known = await findGoogleHolder(app.db, claims.subject, person?.email ?? null)
      if (known) tell(known)
      if (known?.isLinked || known?.emailVerifiedAt) return { ...(await enter(app, known, person, attempt)), created }
      if (!person) throw unverified()
      if (known?.disabledAt) throw disabled()
      if (known) await takeOverAccount(app, known.id, person, attempt)
      else await openGoogleAccount(app, person, attempt)
      created ||= !known
    } catch (error) {
      if (!(error instanceof Overtaken) || turn === TURNS_MAX) throw error
    }
  }
}

/** Only an address that Google has made sure of says whose account it is. */
function toPerson({ subject, email, emailVerified, firstName, lastName }: OpenIdClaims): GooglePerson | undefined {
  if (!email || !emailVerified || !isEmail(email)) return undefined
  return { subject, email: normalizeEmail(email), firstName, lastName }
}

/**
 * Opens the session; an account that was known by its address alone is linked with it, in the same transaction: who fails
 * at the second factor has linked nothing.
 */
async function enter(
  app: App,
  known: GoogleHolder,
  person: GooglePerson | undefined,
  attempt: Attempt,
): Promise<SignedIn> {
  if (known.disabledAt || !known.isActive) throw disabled()
  const { passwordHash: _hash, hasSecondFactor: _factor, isLinked, ...account } = known
  const noted = { ...attempt, accountId: account.id, identifier: attempt.identifier ?? account.email }
  await requireSecondFactor(app, known, noted)
  const settle = async (tx: Tx) => {
    if (!isLinked && person) await linkGoogle(tx, account.id, person, app.now())
  }
  const { account: signedIn, tokens } = await letIn(app, account, noted, { settle })
  return { account: signedIn, tokens }
}

const unverified = () =>
  new Refusal('unauthenticated', 'google_email_unverified', 'Google has not verified the e-mail of this person')
