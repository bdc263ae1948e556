/** Sign-in with Google that begins and ends here: the browser carries, sealed, what must be the same at both ends. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { Refusal } from '#platform/refusal.ts'
import type { App } from '../../app.ts'
import type { Visit } from '../accounts/account.ts'
import { seal, unseal } from '../proofs/sealed-tokens.ts'
import {
  type GoogleProof,
  getGoogle,
  notingRefusal,
  type SignedInWithGoogle,
  signInWithGoogle,
} from './google-sign-in.ts'

/** How long somebody may take at Google. */
export const GOOGLE_SIGN_IN_S = 10 * 60

/**
 * Where to send the browser, and what it is to bring back: `state`, `nonce` and the verifier of PKCE, of 256 bits each, made
 * for this one sign-in and readable to us alone (ASVS 10.1.2). Refuses `google_not_configured`, `google_unavailable`.
 */
export async function beginGoogleSignIn(app: App, redirectUri: string): Promise<{ url: string; sealedState: string }> {
  const [state, nonce, codeVerifier] = [makeSecret(), makeSecret(), makeSecret()]
  const codeChallenge = createHash('sha256').update(codeVerifier).digest('base64url')
  const url = await getGoogle(app).authorizationUrl({ redirectUri, state, nonce, codeChallenge })
  const now = app.now()
  const expiresAt = new Date(now.getTime() + GOOGLE_SIGN_IN_S * 1000)
  const extra = { nonce, codeVerifier }
  return { url, sealedState: await seal('google_sign_in', state, { now, expiresAt, config: app.config, extra }) }
}

export type GoogleReturn = {
  /** As `beginGoogleSignIn` has made it. */
  sealedState: string | undefined
  state: string | undefined
  /** None where somebody was asked, and said no. */
  code: string | undefined
  redirectUri: string
}

/**
 * Signs in who comes back from Google, in the browser that was sent there (ASVS 10.2.1). Refuses as `signInWithGoogle` does;
 * `google_token_not_valid` also for a state that is another one, or older than 10 minutes.
 */
export async function completeGoogleSignIn(
  app: App,
  { sealedState, state, code, redirectUri }: GoogleReturn,
  visit: Visit,
): Promise<SignedInWithGoogle> {
  getGoogle(app)
  const proof = await notingRefusal(app, { type: 'login', ...visit }, async (): Promise<GoogleProof> => {
    const sent = sealedState && (await unseal('google_sign_in', sealedState, { now: app.now(), config: app.config }))
    if (!sent || !state || !code || !isSame(state, sent.subject)) throw notBegun()
    const { nonce, codeVerifier } = sent.extra as { nonce: string; codeVerifier: string }
    return { code, redirectUri, codeVerifier, nonce }
  })
  return signInWithGoogle(app, proof, visit)
}

const notBegun = () =>
  new Refusal('unauthenticated', 'google_token_not_valid', 'This is not the sign-in that was begun in this browser')

const makeSecret = (): string => randomBytes(32).toString('base64url')

/** In a time that tells nothing about where they differ. */
function isSame(one: string, other: string): boolean {
  const [left, right] = [one, other].map((text) => createHash('sha256').update(text).digest())
  return timingSafeEqual(left!, right!)
}
