import { type Static, Type } from 'typebox'
import type { CreatedPasskey, CreationOptions, Passkey, RequestOptions, ShownPasskey } from '#commerce/identity'
import { AnyObject, Choice, Filled, Nullable, sent, Time } from '../http/wire.ts'
import { SignInWire } from './sign-in.wire.ts'

/** Bytes, as browsers write them into JSON. */
const Bytes = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: '^[A-Za-z0-9_-]+={0,2}$' })
const Id = Bytes(1368)
const Word = Type.String({ maxLength: 40 })

/** What WebAuthn says of every answer of a device. */
const answered = { id: Id, rawId: Id, type: Choice(['public-key']), clientExtensionResults: Type.Optional(AnyObject) }

const CreatedWire = Type.Object(
  {
    ...answered,
    response: Type.Object({
      clientDataJSON: Bytes(8192),
      attestationObject: Bytes(32_768),
      transports: Type.Optional(Type.Array(Word, { maxItems: 10 })),
    }),
  },
  { description: 'RegistrationResponseJSON of WebAuthn' },
)
const ShownWire = Type.Object(
  {
    ...answered,
    response: Type.Object({
      clientDataJSON: Bytes(8192),
      authenticatorData: Bytes(8192),
      signature: Bytes(8192),
      userHandle: Type.Optional(Nullable(Type.String({ maxLength: 128 }))),
    }),
  },
  { description: 'AuthenticationResponseJSON of WebAuthn' },
)
const Name = Filled({ maxLength: 150 })
const currentPassword = Type.Optional(
  Nullable(Type.String({ minLength: 1, description: 'required of an account that has a password' })),
)

export const NewPasskeyWire = Type.Object({
  credential: CreatedWire,
  name: Type.Optional(Nullable(Name)),
  current_password: currentPassword,
})
export const PasskeyNameWire = Type.Object({ name: Name })
export const RemovePasskeyWire = Nullable(Type.Object({ current_password: currentPassword }))
export const PasskeySignInWire = Type.Object({ credential: ShownWire, cart_token: SignInWire.properties.cart_token })

/** What was sent, in the words of the commerce side. */
export function toCreatedPasskey({ id, rawId, type, response }: Static<typeof CreatedWire>): CreatedPasskey {
  const { clientDataJSON, attestationObject, transports } = response
  return {
    id,
    rawId,
    type,
    clientExtensionResults: {},
    response: { clientDataJSON, attestationObject, ...sent({ transports }) },
  }
}

export function toShownPasskey({ id, rawId, type, response }: Static<typeof ShownWire>): ShownPasskey {
  const { clientDataJSON, authenticatorData, signature, userHandle } = response
  return {
    id,
    rawId,
    type,
    clientExtensionResults: {},
    response: { clientDataJSON, authenticatorData, signature, ...sent({ userHandle: userHandle ?? undefined }) },
  }
}

export const PasskeyWire = Type.Object(
  {
    id: Type.Integer(),
    name: Type.String(),
    created_at: Time,
    last_used_at: Nullable(Time),
    is_backed_up: Type.Boolean({ description: 'whether it is kept on more than one device' }),
  },
  { title: 'Passkey' },
)
export const PasskeysWire = Type.Array(PasskeyWire)

export function toPasskeyWire({ id, name, createdAt, lastUsedAt, isBackedUp }: Passkey): Static<typeof PasskeyWire> {
  return {
    id,
    name,
    created_at: createdAt.toISOString(),
    last_used_at: lastUsedAt?.toISOString() ?? null,
    is_backed_up: isBackedUp,
  }
}

const PublicKey = Choice(['public-key'])
const challenge = Type.String({ description: 'good for one answer within the timeout' })
const timeout = Type.Integer({ description: 'ms' })

export const CreationOptionsWire = Type.Object(
  {
    rp: Type.Object({ id: Type.String(), name: Type.String() }),
    user: Type.Object({ id: Type.String(), name: Type.String(), displayName: Type.String() }),
    challenge,
    pubKeyCredParams: Type.Array(Type.Object({ type: PublicKey, alg: Type.Integer() })),
    timeout,
    attestation: Type.String(),
    excludeCredentials: Type.Array(
      Type.Object({ id: Type.String(), type: PublicKey, transports: Type.Array(Type.String()) }),
    ),
    authenticatorSelection: Type.Object({
      residentKey: Type.String(),
      requireResidentKey: Type.Boolean(),
      userVerification: Type.String(),
    }),
    extensions: Type.Object({ credProps: Type.Boolean() }),
  },
  { title: 'PasskeyCreationOptions', description: 'PublicKeyCredentialCreationOptionsJSON of WebAuthn' },
)

export function toCreationOptionsWire(options: CreationOptions): Static<typeof CreationOptionsWire> {
  const { rp, user, challenge, pubKeyCredParams, timeout, attestation, excludeCredentials = [] } = options
  const { authenticatorSelection, extensions } = options
  return {
    rp: { id: rp.id!, name: rp.name },
    user,
    challenge,
    pubKeyCredParams: pubKeyCredParams.map(({ type, alg }) => ({ type, alg })),
    timeout: timeout!,
    attestation: attestation!,
    excludeCredentials: excludeCredentials.map(({ id, transports = [] }) => ({ id, type: 'public-key', transports })),
    authenticatorSelection: {
      residentKey: authenticatorSelection!.residentKey!,
      requireResidentKey: authenticatorSelection!.requireResidentKey!,
      userVerification: authenticatorSelection!.userVerification!,
    },
    extensions: { credProps: extensions!.credProps! },
  }
}

export const RequestOptionsWire = Type.Object(
  {
    rpId: Type.String(),
    challenge,
    allowCredentials: Type.Array(AnyObject, { maxItems: 0, description: 'empty: the device offers what it has' }),
    timeout,
    userVerification: Type.String(),
  },
  { title: 'PasskeyRequestOptions', description: 'PublicKeyCredentialRequestOptionsJSON of WebAuthn' },
)

export function toRequestOptionsWire(options: RequestOptions): Static<typeof RequestOptionsWire> {
  const { rpId, challenge, timeout, userVerification } = options
  return {
    rpId: rpId!,
    challenge,
    allowCredentials: [],
    timeout: timeout!,
    userVerification: userVerification!,
  }
}
