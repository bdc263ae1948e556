/** /api/v1/auth/: coming and going. Sign-in, refresh, sign-out (V1-070…V1-100). */
import { emailName, refreshTokens, signIn, signOut } from '#commerce/identity'
import type { App } from '../../commerce/app.ts'
import { bearerToken } from '../http/access.ts'
import { visitOf } from '../http/device.ts'
import type { Routes, Server } from '../http/server.ts'
import { fieldFaults } from '../http/validation.ts'
import { Problem } from '../http/wire.ts'
import { bringCart } from './bring-cart.ts'
import { MessageWire } from './registration.wire.ts'
import { RefreshWire, SignedInWire, SignInHeaders, SignInWire, SignOutWire, TokensWire } from './sign-in.wire.ts'
import { toUserWire } from './users.wire.ts'

const tags = ['auth']
const access = 'public'

export const signInRoutes: Routes = (server, app) => {
  signInRoute(server, app)
  refreshRoute(server, app)
  signOutRoute(server, app)
}

function signInRoute(server: Server, app: App): void {
  server.post(
    '/auth/login/',
    {
      attachValidation: true,
      schema: {
        operationId: 'signIn',
        tags,
        summary: 'Sign in; the cart of a guest comes along',
        headers: SignInHeaders,
        body: SignInWire,
        response: { 200: SignedInWire, 400: Problem, 403: Problem, 429: Problem },
      },
      // Eight, and eleven more where the cart of a guest comes along.
      config: { access, sqlBudget: 19 },
    },
    async (request) => {
      const faults = fieldFaults(request)
      const { email, password } = request.body
      const credentials = { name: emailName(faults.email ? '' : email), password: faults.password ? '' : password }
      const { account, tokens } = await signIn(app, credentials, visitOf('v1', request))
      await bringCart(app, request, account.id)
      return { ...tokens, user: toUserWire(account) }
    },
  )
}

function refreshRoute(server: Server, app: App): void {
  server.post(
    '/auth/refresh/',
    {
      schema: {
        operationId: 'refreshTokens',
        tags,
        summary: 'Exchange a refresh token for a new pair; it works once',
        body: RefreshWire,
        response: { 200: TokensWire, 400: Problem, 401: Problem },
      },
      config: { access, sqlBudget: 4 },
    },
    async (request) => refreshTokens(app, request.body.refresh, visitOf('v1', request)),
  )
}

function signOutRoute(server: Server, app: App): void {
  server.post(
    '/auth/logout/',
    {
      attachValidation: true,
      schema: {
        operationId: 'signOut',
        tags,
        summary: 'Sign out: ends the session of the access token, or of the refresh token',
        body: SignOutWire,
        response: { 200: MessageWire, 401: Problem },
      },
      config: { access: 'token', sqlBudget: 6 },
    },
    async (request) => {
      // Whatever was sent in place of a refresh token does not keep anybody from leaving (V1-092).
      const { refresh } = (request.body ?? {}) as { refresh?: unknown }
      const shown = { access: bearerToken(request), refresh: typeof refresh === 'string' ? refresh : undefined }
      await signOut(app, shown, visitOf('v1', request))
      return { message: 'Logged out successfully.' }
    },
  )
}
