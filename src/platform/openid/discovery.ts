import { createRemoteJWKSet, type JWTVerifyGetKey } from 'jose'
import * as openid from 'openid-client'

export type Registration = { issuer: string; clientId: string; clientSecret: string | undefined }
/** What the provider says of itself, and its keys: fetched when they are needed, and again for a key that is new. */
export type Provider = { configuration: openid.Configuration; keys: JWTVerifyGetKey }

const ANSWER_WITHIN_MS = 5000
const DAY_MS = 86_400_000

/**
 * Looks the provider up when it is first needed, and then once a day; a look-up that fails is made again by whoever asks
 * next. The provider must call itself as it was configured (ASVS 10.5.3). Throws at once where the issuer is not of https:
 * plain http is for tests, on this machine alone.
 */
export function lookUpLazily(registration: Registration): () => Promise<Provider> {
  const issuer = new URL(registration.issuer)
  const isLocal = issuer.protocol === 'http:' && isLoopback(issuer.hostname)
  if (issuer.protocol !== 'https:' && !isLocal) throw new Error(`The issuer ${issuer.origin} must be one of https`)
  let known: { provider: Promise<Provider>; until: number } | undefined
  return () => {
    if (known && Date.now() < known.until) return known.provider
    const asked = { provider: lookUp(issuer, registration, isLocal), until: Date.now() + DAY_MS }
    known = asked
    asked.provider.catch(() => {
      if (known === asked) known = undefined
    })
    return asked.provider
  }
}

async function lookUp(issuer: URL, registration: Registration, isLocal: boolean): Promise<Provider> {
  const { clientId, clientSecret } = registration
  const authentication = clientSecret ? openid.ClientSecretPost(clientSecret) : openid.None()
  const configuration = await openid.discovery(issuer, clientId, {}, authentication, {
    timeout: ANSWER_WITHIN_MS / 1000,
    execute: isLocal ? [openid.allowInsecureRequests] : [],
  })
  const { jwks_uri: keysAt = '' } = configuration.serverMetadata()
  if (!isLocal && !keysAt.startsWith('https://')) throw new Error(`the keys of ${issuer.origin} are not at https`)
  return { configuration, keys: createRemoteJWKSet(new URL(keysAt), { timeoutDuration: ANSWER_WITHIN_MS }) }
}

const isLoopback = (host: string): boolean => host === 'localhost' || host === '[::1]' || /^127(\.\d+){3}$/.test(host)
