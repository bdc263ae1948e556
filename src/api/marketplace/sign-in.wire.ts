import { Type } from 'typebox'
import { accessLifetimeS, type SignedIn } from '#commerce/identity'
import type { App } from '../../commerce/app.ts'
import { Ok, toOk } from '../http/envelope.ts'
import { Nullable } from '../http/wire.ts'
import { Phone } from './registration.wire.ts'
import { toUserWire, UserWire } from './users.wire.ts'

export const LoginWire = Type.Object({ phone: Phone, password: Type.String({ minLength: 1 }) })

const Token = Type.String()
const tokenFields = {
  access_token: Token,
  refresh_token: Token,
  token_type: Type.String({ description: 'Bearer' }),
  expires_in: Type.Integer({ description: 'life of the access token, in seconds' }),
}
/** The tokens stand at the top level as well (MP-025, MP-030). */
const beside = { access_token: Token, refresh_token: Token }

export const TokensWire = Ok(Type.Object(tokenFields, { title: 'MarketplaceTokens' }), beside)
export const SignedInWire = Ok(
  Type.Object({ ...tokenFields, user: UserWire }, { title: 'MarketplaceSignedIn' }),
  beside,
)

/** Tokens and who they are for; where a second factor is on, what the way goes on with instead (MP-048). */
export const LoggedInWire = Ok(
  Type.Object(
    {
      ...Type.Partial(Type.Object({ ...tokenFields, user: UserWire })).properties,
      two_factor_required: Type.Optional(Type.Boolean()),
      challenge_token: Type.Optional(Type.String({ description: 'for /accounts/2fa/verify/' })),
    },
    { title: 'MarketplaceLogin' },
  ),
  { access_token: Type.Optional(Token), refresh_token: Type.Optional(Token) },
)

type Pair = { access: string; refresh: string }

const toTokens = ({ access, refresh }: Pair, expiresInS: number) => ({
  access_token: access,
  refresh_token: refresh,
  token_type: 'Bearer',
  expires_in: expiresInS,
})

/** The answer to who is let in. */
export function toSignedIn(app: App, { account, tokens }: SignedIn, dateOfBirth: string | null) {
  const { access_token, refresh_token, ...terms } = toTokens(tokens, accessLifetimeS('marketplace', app.config))
  const user = toUserWire(account, dateOfBirth)
  const answer = toOk(app, 'Login successful.', { access_token, refresh_token, ...terms, user })
  return { ...answer, access_token, refresh_token }
}

/** The answer to who has exchanged a refresh token. */
export function toRefreshed(app: App, { expiresInS, ...pair }: Pair & { expiresInS: number }) {
  const data = toTokens(pair, expiresInS)
  const { access_token, refresh_token } = data
  return { ...toOk(app, 'Token refreshed successfully.', data), access_token, refresh_token }
}

export const RefreshWire = Type.Object({
  refresh_token: Type.Optional(Nullable(Type.String({ description: 'wins over the one of the Authorization header' }))),
})
export const LogoutWire = Type.Object({ refresh_token: Type.Optional(Nullable(Type.String())) })
