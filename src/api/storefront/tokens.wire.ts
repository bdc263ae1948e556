import { Type } from 'typebox'

export const CredentialsWire = Type.Object({
  username: Type.String({ minLength: 1, description: 'a username, an e-mail address or a phone number' }),
  password: Type.String({ minLength: 1 }),
})
export const TokenPairWire = Type.Object(
  { refresh: Type.String(), access: Type.String() },
  { title: 'StorefrontTokens' },
)

export const RefreshTokenWire = Type.Object({ refresh: Type.String({ minLength: 1 }) })
export const AccessTokenWire = Type.Object({ access: Type.String() }, { title: 'StorefrontAccess' })
