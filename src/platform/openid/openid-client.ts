import { jwtVerify } from 'jose'
import * as openid from 'openid-client'
import { assertNoTransaction } from '#platform/database'
import type { Log } from '#platform/log'
import { Refusal } from '#platform/refusal.ts'
import { type OpenIdClaims, toClaims } from './claims.ts'
import { lookUpLazily, type Provider, type Registration } from './discovery.ts'
import { isFaultOfProof, reasonOf, UnfitProof } from './faults.ts'

export type Authorization = { redirectUri: string; state: string; nonce: string; codeChallenge: string }
export type GrantedCode = { code: string; redirectUri: string; codeVerifier?: string | undefined; nonce?: string }

/**
 * Asks one provider. Everything refuses `<name>_unavailable` where it does not answer as it should within 5 seconds, or will
 * not have us as a client; what was brought to be checked, and is no good, is refused as `<name>_token_not_valid`.
 */
export type OpenIdClient = {
  /** Where to send somebody who is to sign in there; PKCE by S256. */
  authorizationUrl(authorization: Authorization): Promise<string>
  /** Whom the provider has given this code. `nonce`: what the id token must hold. */
  exchangeCode(granted: GrantedCode): Promise<OpenIdClaims>
  /** Whom an id token is about: signed by the provider, for us, not expired. */
  verifyIdToken(idToken: string): Promise<OpenIdClaims>
}

/** What a provider signs with. A key that is shared, or none, would let others sign. */
const SIGNATURES = ['RS256', 'ES256']
const CLOCKS_DIFFER_S = 30

/** `name` is what the codes of refusals begin with. Throws where the issuer is not of https (on loopback http will do). */
export function openOpenIdClient({
  name,
  log,
  ...registration
}: Registration & { name: string; log: Log }): OpenIdClient {
  const findProvider = lookUpLazily(registration)
  const unavailable = (error: unknown) => {
    log.warn({ provider: name, reason: reasonOf(error) }, 'the OpenID provider is of no use')
    return new Refusal('unavailable', `${name}_unavailable`, `${name} cannot be asked at the moment`)
  }
  const ask = async <Answer>(question: (provider: Provider) => Promise<Answer>): Promise<Answer> => {
    assertNoTransaction()
    const provider = await findProvider().catch((error) => {
      throw unavailable(error)
    })
    return question(provider).catch((error) => {
      if (!isFaultOfProof(error)) throw unavailable(error)
      log.debug({ provider: name, reason: reasonOf(error) }, 'a proof of the OpenID provider was refused')
      throw new Refusal('unauthenticated', `${name}_token_not_valid`, `This is no proof by ${name}`)
    })
  }
  return {
    authorizationUrl: (authorization) => ask(async (provider) => toAuthorizationUrl(provider, authorization)),
    exchangeCode: (granted) => ask((provider) => exchange(provider, registration, granted)),
    verifyIdToken: (idToken) => ask((provider) => verify(provider, registration, idToken)),
  }
}

function toAuthorizationUrl({ configuration }: Provider, authorization: Authorization): string {
  const { redirectUri, state, nonce, codeChallenge } = authorization
  return openid.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    scope: 'openid email profile',
    state,
    nonce,
    code_challenge: codeChallenge,
    code_challenge_method: 'S256',
  }).href
}

/**
 * The redirect URI goes to the provider as it was sent to us, who compares it with the one of the authorization: for a code
 * that a script got it is no address at all (`postmessage`).
 */
async function exchange(provider: Provider, registration: Registration, granted: GrantedCode): Promise<OpenIdClaims> {
  const { code, redirectUri, codeVerifier, nonce } = granted
  const { id_token: idToken } = await openid.genericGrantRequest(provider.configuration, 'authorization_code', {
    code,
    redirect_uri: redirectUri,
    ...(codeVerifier === undefined ? {} : { code_verifier: codeVerifier }),
  })
  if (idToken === undefined) throw new UnfitProof('the code was not for an id token')
  return verify(provider, registration, idToken, nonce)
}

/** The token of a provider is of this moment: it is held against the time of the machine, as the provider has it. */
async function verify(
  { configuration, keys }: Provider,
  { clientId }: Registration,
  idToken: string,
  nonce?: string,
): Promise<OpenIdClaims> {
  const { issuer } = configuration.serverMetadata()
  const { payload } = await jwtVerify(idToken, keys, {
    algorithms: SIGNATURES,
    // Google leaves the scheme out at times, and says so.
    issuer: [issuer, issuer.replace(/^https:\/\//, '')],
    audience: clientId,
    requiredClaims: ['sub', 'iat', 'exp'],
    clockTolerance: CLOCKS_DIFFER_S,
  })
  const isShared = Array.isArray(payload.aud) && payload.aud.length > 1
  // Of one audience the party may be an app of the same shop, which has a client id of its own.
  if (isShared && payload.azp !== clientId) throw new UnfitProof('the id token is for another party')
  if (nonce !== undefined && payload.nonce !== nonce) throw new UnfitProof('the id token holds another nonce')
  return toClaims(payload)
}
