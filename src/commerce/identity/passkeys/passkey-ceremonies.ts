/** How a device is asked for a passkey, and how what it has signed is checked (WebAuthn). */
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server'
import type { Config } from '../../../config.ts'
import type { Account } from '../accounts/account.ts'
import type { NewPasskey, OwnedPasskey, PasskeyUse } from './passkeys.queries.ts'
import { relyingPartyOf } from './relying-party.ts'

export type CreationOptions = PublicKeyCredentialCreationOptionsJSON
export type RequestOptions = PublicKeyCredentialRequestOptionsJSON
/** What a device says to a wish for a new passkey. */
export type CreatedPasskey = RegistrationResponseJSON
/** What it says to a wish for one that it has. */
export type ShownPasskey = AuthenticationResponseJSON

/** How long a device is waited for. */
export const CHALLENGE_LIFETIME_MS = 5 * 60_000
/** EdDSA, ES256 and RS256: what every device of today speaks one of. */
const ALGORITHMS = [-8, -7, -257]
/** As the standard has it: 1023 bytes, in base64url. */
const CREDENTIAL_ID_MAX = 1364
const CHALLENGE = /^[\w-]{1,100}$/

/** Loaded when it is first asked for: it takes more than half a second, and most commands never need it. */
const library = () => import('@simplewebauthn/server')

/** What a browser is to ask of a device: a passkey that it finds by itself, and hands out to nobody but its owner. */
export async function makeCreationOptions(
  config: Config,
  { uuid, email, phone, username, firstName, lastName }: Account,
  excludeCredentials: { id: string; transports: string[] }[],
): Promise<CreationOptions> {
  const { generateRegistrationOptions } = await library()
  const { id: rpID, name: rpName } = relyingPartyOf(config)
  const userName = email ?? phone ?? username ?? uuid
  return generateRegistrationOptions({
    rpName,
    rpID,
    userID: new TextEncoder().encode(uuid),
    userName,
    userDisplayName: `${firstName} ${lastName}`.trim() || userName,
    timeout: CHALLENGE_LIFETIME_MS,
    attestationType: 'none',
    excludeCredentials,
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: ALGORITHMS,
  })
}

/** No passkey is named: the device offers what it has, and nobody learns who has one. */
export async function makeRequestOptions(config: Config): Promise<RequestOptions> {
  const { generateAuthenticationOptions } = await library()
  return generateAuthenticationOptions({
    rpID: relyingPartyOf(config).id,
    allowCredentials: [],
    timeout: CHALLENGE_LIFETIME_MS,
    userVerification: 'required',
  })
}

/**
 * The challenge that an answer says it has signed; nothing of it is believed yet. Undefined where there is none, and where the
 * page that asked was a frame within another one's.
 */
export function readChallenge({ clientDataJSON }: { clientDataJSON: string }): string | undefined {
  try {
    const { challenge, crossOrigin } = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8'))
    return typeof challenge === 'string' && CHALLENGE.test(challenge) && crossOrigin !== true ? challenge : undefined
  } catch {
    return undefined
  }
}

export type CheckedPasskey = Omit<NewPasskey, 'accountId' | 'name'>

/** The new passkey, if it was made for us, for this challenge, with its owner verified. */
export async function checkCreated(
  config: Config,
  created: CreatedPasskey,
  challenge: string,
): Promise<CheckedPasskey | undefined> {
  const { verifyRegistrationResponse } = await library()
  const { id: expectedRPID, origins: expectedOrigin } = relyingPartyOf(config)
  try {
    if (await bringsCertificates(created)) return undefined
    const { registrationInfo } = await verifyRegistrationResponse({
      response: created,
      expectedChallenge: challenge,
      expectedOrigin,
      expectedRPID,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    })
    if (!registrationInfo || registrationInfo.credential.id.length > CREDENTIAL_ID_MAX) return undefined
    const { credential, credentialBackedUp: isBackedUp } = registrationInfo
    const { id: credentialId, publicKey, counter: signCount } = credential
    return { credentialId, publicKey, signCount, isBackedUp, transports: created.response.transports ?? [] }
  } catch {
    return undefined
  }
}

/**
 * We ask for no proof of the make of a device, and want none: to check one, certificates of whoever sends them would be
 * followed to wherever they point.
 */
async function bringsCertificates({ response }: CreatedPasskey): Promise<boolean> {
  const { decodeAttestationObject } = await import('@simplewebauthn/server/helpers')
  const attestation = decodeAttestationObject(new Uint8Array(Buffer.from(response.attestationObject, 'base64url')))
  const format = attestation.get('fmt')
  return !(format === 'none' || (format === 'packed' && attestation.get('attStmt').get('x5c') === undefined))
}

/**
 * How a passkey was used, if it was by its owner, for us and for this challenge. Whether its count goes on from the last one is
 * left to the caller: to count wrongly means something only where the signature is right.
 */
export async function checkShown(
  config: Config,
  shown: ShownPasskey,
  challenge: string,
  { uuid, passkeyId, publicKey }: OwnedPasskey,
): Promise<PasskeyUse | undefined> {
  const { verifyAuthenticationResponse } = await library()
  const { id: expectedRPID, origins: expectedOrigin } = relyingPartyOf(config)
  const { userHandle } = shown.response
  if (userHandle && Buffer.from(userHandle, 'base64url').toString('utf8') !== uuid) return undefined
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: shown,
      expectedChallenge: challenge,
      expectedOrigin,
      expectedRPID,
      credential: { id: shown.id, publicKey: new Uint8Array(publicKey), counter: 0 },
      requireUserVerification: true,
    })
    const { newCounter: signCount, credentialBackedUp: isBackedUp } = authenticationInfo
    return verified ? { passkeyId, signCount, isBackedUp } : undefined
  } catch {
    return undefined
  }
}
