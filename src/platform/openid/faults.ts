/** Whose fault it is that an OpenID provider did not tell who somebody is. */
import { errors } from 'jose'
import * as openid from 'openid-client'

/** It is of the provider, but not for us, or not for this sign-in. */
export class UnfitProof extends Error {}

/** What goes wrong with the keys of the provider, and not with what they were to check. */
const KEY_FAULTS = ['ERR_JOSE_GENERIC', 'ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID', 'ERR_JWK_INVALID']
/** What the library finds in an id token that came for a code. */
const TOKEN_FAULTS = [
  'OAUTH_INVALID_RESPONSE',
  'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
  'OAUTH_JWT_TIMESTAMP_CHECK_FAILED',
  'OAUTH_UNSUPPORTED_OPERATION',
]
/** What a provider calls it when it will not have us, whatever the code. */
const CLIENT_FAULTS = ['invalid_client', 'unauthorized_client']

/** Whether what was brought is no good; all else is the matter of the provider, of the network, or of our configuration. */
export function isFaultOfProof(error: unknown): boolean {
  if (error instanceof UnfitProof) return true
  if (error instanceof errors.JOSEError) return !KEY_FAULTS.includes(error.code)
  if (error instanceof openid.ResponseBodyError) return error.status === 400 && !CLIENT_FAULTS.includes(error.error)
  return error instanceof openid.ClientError && TOKEN_FAULTS.includes(error.code ?? '')
}

/** For the log: what happened, and beneath it what the network said; nothing of what was sent. */
export function reasonOf(error: unknown): string {
  const { message, cause } = error as Error
  const beneath = cause as { code?: unknown; message?: unknown } | undefined
  const detail = error instanceof openid.ResponseBodyError ? error.error : (beneath?.code ?? beneath?.message)
  return detail === undefined ? message : `${message}: ${detail}`
}
