/** /accounts/: coming and going (MP-025…MP-035). */
import { findProfile } from '#commerce/customers'
import { phoneName, refreshTokens, type SignedIn, signIn, signOut } from '#commerce/identity'
import { invalidFields, Refusal } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'
import { bearerToken, viewerOf } from '../http/access.ts'
import { visitOf } from '../http/device.ts'
import { Done, Err, toOk } from '../http/envelope.ts'
import type { Routes, Server } from '../http/server.ts'
import {
  LoggedInWire,
  LoginWire,
  LogoutWire,
  RefreshWire,
  TokensWire,
  toRefreshed,
  toSignedIn,
} from './sign-in.wire.ts'

const tags = ['marketplace accounts']

export const signInRoutes: Routes = (server, app) => {
  loginRoute(server, app)
  refreshRoute(server, app)
  logoutRoute(server, app)
}

function loginRoute(server: Server, app: App): void {
  server.post(
    '/login/',
    {
      schema: {
        operationId: 'marketplaceLogIn',
        tags,
        summary: 'Log in by phone and password; with a second factor on, /accounts/2fa/verify/ completes it',
        body: LoginWire,
        response: { 200: LoggedInWire, 400: Err, 401: Err, 429: Err },
      },
      // Nine; two more where a second factor is wanted.
      config: { access: 'public', sqlBudget: 11 },
    },
    async (request) => {
      const { phone, password } = request.body
      const coming = signIn(app, { name: phoneName(phone), password }, visitOf('marketplace', request))
      const came = await orChallenge(coming)
      if ('account' in came) return presentSignedIn(app, came)
      const challenge = { two_factor_required: true, challenge_token: came.challengeToken }
      return toOk(app, 'Two-factor authentication is required.', challenge)
    },
  )
}

/** The right password is half of the way, and no refusal on this surface (MP-048). */
async function orChallenge(coming: Promise<SignedIn>): Promise<SignedIn | { challengeToken: string }> {
  try {
    return await coming
  } catch (error) {
    if (!(error instanceof Refusal && error.code === 'second_factor_required')) throw error
    return { challengeToken: String(error.details.challengeToken) }
  }
}

/** Tokens and user for who was let in, by whatever number of factors. */
export async function presentSignedIn(app: App, came: SignedIn) {
  const { dateOfBirth } = await findProfile(app.db, came.account.id)
  return toSignedIn(app, came, dateOfBirth)
}

function refreshRoute(server: Server, app: App): void {
  server.post(
    '/token-refresh/',
    {
      schema: {
        operationId: 'marketplaceRefreshTokens',
        tags,
        summary: 'Exchange a refresh token for a new pair; it works once, and is sent in the body or as Bearer',
        body: RefreshWire,
        response: { 200: TokensWire, 400: Err, 401: Err, 429: Err },
      },
      config: { access: 'token', sqlBudget: 5 },
    },
    async (request) => {
      const token = request.body.refresh_token || bearerToken(request)
      if (!token) throw invalidFields({ refresh_token: 'required' })
      return toRefreshed(app, await refreshTokens(app, token, visitOf('marketplace', request)))
    },
  )
}

function logoutRoute(server: Server, app: App): void {
  server.post(
    '/logout/',
    {
      // Whatever else was sent does not keep anybody from leaving.
      attachValidation: true,
      schema: {
        operationId: 'marketplaceLogOut',
        tags,
        summary: 'Log out: the session of the access token ends, and with it its refresh token',
        body: LogoutWire,
        response: { 200: Done, 401: Err, 403: Err },
      },
      config: { access: 'user', sqlBudget: 6 },
    },
    async (request) => {
      const { refresh_token: refresh } = (request.body ?? {}) as { refresh_token?: unknown }
      const shown = { viewer: viewerOf(request), refresh: typeof refresh === 'string' ? refresh : undefined }
      await signOut(app, shown, visitOf('marketplace', request))
      return toOk(app, 'Logged out successfully.', {})
    },
  )
}
