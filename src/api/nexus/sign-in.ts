/** /api/auth/: coming and going (NX-030…NX-046). */
import { completeSignIn, emailName, endSessionOfRefreshToken, refreshTokens, signIn } from '#commerce/identity'
import type { App } from '../../commerce/app.ts'
import { visitOf } from '../http/device.ts'
import type { Routes, Server } from '../http/server.ts'
import { MessageWire, Problem, ProblemOfCode } from '../http/wire.ts'
import { toUserWire } from './me.wire.ts'
import { RefreshWire, SecondFactorWire, SignedInWire, SignInWire, TokensWire } from './sign-in.wire.ts'

const tags = ['nexus auth']

export const signInRoutes: Routes = (server, app) => {
  signInRoute(server, app)
  secondFactorRoute(server, app)
  refreshRoute(server, app)
  signOutRoute(server, app)
}

function signInRoute(server: Server, app: App): void {
  server.post(
    '/login/',
    {
      schema: {
        operationId: 'nexusSignIn',
        tags,
        summary: 'Sign in',
        body: SignInWire,
        response: { 200: SignedInWire, 400: Problem, 401: Problem, 403: Problem, 429: Problem },
      },
      config: { access: 'public', sqlBudget: 8 },
    },
    async (request) => {
      const { email, password } = request.body
      const { account, tokens } = await signIn(app, { name: emailName(email), password }, visitOf('nexus', request))
      return { ...tokens, user: toUserWire(account) }
    },
  )
}

function secondFactorRoute(server: Server, app: App): void {
  server.post(
    '/two-factor/',
    {
      schema: {
        operationId: 'nexusCompleteSignIn',
        tags,
        summary: 'Complete a sign-in with the second factor',
        body: SecondFactorWire,
        response: { 200: SignedInWire, 400: ProblemOfCode, 401: Problem, 403: Problem, 429: Problem },
      },
      config: { access: 'public', sqlBudget: 13 },
    },
    async (request) => {
      const { challenge_token: challengeToken, code } = request.body
      const { account, tokens } = await completeSignIn(app, { challengeToken, code }, visitOf('nexus', request))
      return { ...tokens, user: toUserWire(account) }
    },
  )
}

function refreshRoute(server: Server, app: App): void {
  server.post(
    '/token/refresh/',
    {
      schema: {
        operationId: 'nexusRefreshTokens',
        tags,
        summary: 'Exchange a refresh token for a new pair; it works once',
        body: RefreshWire,
        response: { 200: TokensWire, 400: Problem, 401: Problem },
      },
      config: { access: 'public', sqlBudget: 4 },
    },
    async (request) => refreshTokens(app, request.body.refresh, visitOf('nexus', request)),
  )
}

function signOutRoute(server: Server, app: App): void {
  server.post(
    '/logout/',
    {
      schema: {
        operationId: 'nexusSignOut',
        tags,
        summary: 'Sign out: ends the session of the refresh token',
        body: RefreshWire,
        response: { 200: MessageWire, 400: Problem },
      },
      config: { access: 'token', sqlBudget: 6 },
    },
    async (request) => {
      await endSessionOfRefreshToken(app, request.body.refresh, visitOf('nexus', request))
      return { message: 'Logged out successfully.' }
    },
  )
}
