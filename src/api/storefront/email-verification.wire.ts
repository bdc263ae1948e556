import { Type } from 'typebox'

/** Left out, they are as wrong as wrong ones. */
export const LinkQuery = Type.Object({ uid: Type.Optional(Type.String()), token: Type.Optional(Type.String()) })
export const LinkInPath = Type.Object({ uidb64: Type.String(), token: Type.String() })

export const VerifiedWire = Type.Object(
  { message: Type.String(), detail: Type.String() },
  { title: 'StorefrontVerified' },
)
