/** /api/token/: tokens for programs (SF-030…SF-038). */
import { anyName, renewAccess, signIn } from '#commerce/identity'
import { visitOf } from '../http/device.ts'
import type { Routes } from '../http/server.ts'
import { refreshSays, tokenSays } from './account-refusals.ts'
import { bringVisitorCart } from './bring-visitor-cart.ts'
import { Fault } from './faults.wire.ts'
import { AccessTokenWire, CredentialsWire, RefreshTokenWire, TokenPairWire } from './tokens.wire.ts'

const tags = ['storefront accounts']
const access = 'public'

export const tokenRoutes: Routes = (server, app) => {
  server.post(
    '/token/',
    {
      schema: {
        operationId: 'storefrontCreateTokens',
        tags,
        summary: 'Get a pair of tokens for a name and a password',
        body: CredentialsWire,
        response: { 200: TokenPairWire, 400: Fault, 401: Fault, 403: Fault, 429: Fault },
      },
      config: { access, sqlBudget: 19, says: tokenSays },
    },
    async (request) => {
      const { username, password } = request.body
      const { account, tokens } = await signIn(
        app,
        { name: anyName(username), password },
        visitOf('storefront', request),
      )
      await bringVisitorCart(app, request, account.id)
      return tokens
    },
  )

  server.post(
    '/token/refresh/',
    {
      schema: {
        operationId: 'storefrontRenewAccess',
        tags,
        summary: 'Get another access token; the refresh token stays the same',
        body: RefreshTokenWire,
        response: { 200: AccessTokenWire, 400: Fault, 401: Fault },
      },
      config: { access, sqlBudget: 1, says: refreshSays },
    },
    async (request) => ({ access: await renewAccess(app, request.body.refresh) }),
  )
}
