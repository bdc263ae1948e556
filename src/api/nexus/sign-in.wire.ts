import { Type } from 'typebox'
import { UserWire } from './me.wire.ts'

/** A text that is no e-mail is answered like an unknown one (NX-051). */
export const SignInWire = Type.Object({
  email: Type.String({ minLength: 1, pattern: '\\S' }),
  password: Type.String({ minLength: 1 }),
})
export const SecondFactorWire = Type.Object({
  challenge_token: Type.String({ minLength: 1, maxLength: 100, description: 'of the refusal of the sign-in' }),
  code: Type.String({ minLength: 1, maxLength: 100, description: 'of the authenticator, or a recovery code' }),
})
export const SignedInWire = Type.Object(
  { access: Type.String(), refresh: Type.String(), user: UserWire },
  { title: 'NexusSignedIn' },
)

export const RefreshWire = Type.Object({ refresh: Type.String({ minLength: 1 }) })
export const TokensWire = Type.Object({ access: Type.String(), refresh: Type.String() }, { title: 'Tokens' })
