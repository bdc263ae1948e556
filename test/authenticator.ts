/** A device that makes passkeys and signs by them, with the browser in front of it, as WebAuthn has it. */
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { isoCBOR } from '@simplewebauthn/server/helpers'

export const ORIGIN = 'http://localhost:3000'

/** What goes otherwise than it should. */
export type Mischief = {
  origin?: string
  challenge?: string
  rpId?: string
  userHandle?: string | null
  /** A PIN was not asked for. */
  isVerified?: boolean
  /** The page is a frame within another one's. */
  crossOrigin?: boolean
  signCount?: number
  signature?: string
  /** The format of the attestation, and what it states. */
  attestation?: [format: string, statement: Map<string, unknown>]
}

type Created = { rp: { id: string }; user: { id: string }; challenge: string }
type Asked = { rpId: string; challenge: string }

const PRESENT = 0x01
const VERIFIED = 0x04
const BACKED_UP = 0x08 | 0x10
const ATTESTED = 0x40

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest()
const uint16 = (value: number) => Buffer.from([value >> 8, value & 255])
function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

export type Authenticator = ReturnType<typeof makeAuthenticator>

/** With a key of its own. `counts` where it counts how often it has signed; many do not, and say 0 always. */
export function makeAuthenticator({ counts = true, isBackedUp = false, id = randomBytes(16) } = {}) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const credentialId = id.toString('base64url')
  let userHandle: string | null = null
  let signed = 0

  const clientData = (type: string, { challenge }: { challenge: string }, mischief: Mischief) => {
    const { origin = ORIGIN, crossOrigin = false } = mischief
    return Buffer.from(JSON.stringify({ type, challenge: mischief.challenge ?? challenge, origin, crossOrigin }))
  }
  const authenticatorData = (rpId: string, mischief: Mischief, attested = Buffer.alloc(0)) => {
    if (counts) signed += 1
    const verified = mischief.isVerified === false ? 0 : VERIFIED
    const flags = PRESENT | verified | (isBackedUp ? BACKED_UP : 0) | (attested.length > 0 ? ATTESTED : 0)
    const count = uint32(mischief.signCount ?? signed)
    return Buffer.concat([sha256(mischief.rpId ?? rpId), Buffer.from([flags]), count, attested])
  }
  const answer = { id: credentialId, rawId: credentialId, type: 'public-key', clientExtensionResults: {} }

  return {
    credentialId,
    /** Makes the passkey: RegistrationResponseJSON. */
    create(options: Created, mischief: Mischief = {}) {
      userHandle = options.user.id
      const { x, y } = publicKey.export({ format: 'jwk' })
      const key = isoCBOR.encode(
        new Map<number, number | Uint8Array>([
          [1, 2],
          [3, -7],
          [-1, 1],
          [-2, Buffer.from(x!, 'base64url')],
          [-3, Buffer.from(y!, 'base64url')],
        ]),
      )
      const attested = Buffer.concat([Buffer.alloc(16), uint16(id.length), id, key])
      const [format, statement] = mischief.attestation ?? ['none', new Map()]
      const attestation = new Map<string, unknown>([
        ['fmt', format],
        ['attStmt', statement],
        ['authData', new Uint8Array(authenticatorData(options.rp.id, mischief, attested))],
      ])
      const attestationObject = Buffer.from(isoCBOR.encode(attestation as Parameters<typeof isoCBOR.encode>[0]))
      const clientDataJSON = clientData('webauthn.create', options, mischief)
      const response = {
        clientDataJSON: clientDataJSON.toString('base64url'),
        attestationObject: attestationObject.toString('base64url'),
        transports: ['internal'],
      }
      return { ...answer, response }
    },
    /** Signs by it: AuthenticationResponseJSON. */
    show(options: Asked, mischief: Mischief = {}) {
      const clientDataJSON = clientData('webauthn.get', options, mischief)
      const data = authenticatorData(options.rpId, mischief)
      const signature = sign('sha256', Buffer.concat([data, sha256(clientDataJSON)]), privateKey).toString('base64url')
      const response = {
        clientDataJSON: clientDataJSON.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: mischief.signature ?? signature,
        userHandle: mischief.userHandle === undefined ? userHandle : mischief.userHandle,
      }
      return { ...answer, response }
    },
  }
}
