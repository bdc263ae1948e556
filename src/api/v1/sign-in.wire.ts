import { Type } from 'typebox'
import { Nullable } from '../http/wire.ts'
import { UserWire } from './users.wire.ts'

export const SignInWire = Type.Object({
  email: Type.String(),
  password: Type.String(),
  cart_token: Type.Optional(
    Nullable(Type.String({ description: 'the cart of a guest, to be merged into that of the user' })),
  ),
})
export const SignInHeaders = Type.Object({
  'x-cart-token': Type.Optional(Type.String({ description: 'as cart_token' })),
})

export const TokensWire = Type.Object({ access: Type.String(), refresh: Type.String() }, { title: 'Tokens' })
export const SignedInWire = Type.Object(
  { access: Type.String(), refresh: Type.String(), user: UserWire },
  { title: 'SignedIn' },
)

export const SignOutWire = Type.Object({ refresh: Type.Optional(Nullable(Type.String())) })
export const RefreshWire = Type.Object({ refresh: Type.String({ minLength: 1 }) })
