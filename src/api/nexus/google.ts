/** /api/auth/google/: sign-in with Google (NX-077). */
import { beginGoogleSignIn, completeGoogleSignIn, GOOGLE_SIGN_IN_S, signInWithGoogle } from '#commerce/identity'
import type { App } from '../../commerce/app.ts'
import { readCookie, securesCookies } from '../http/cookies.ts'
import { visitOf } from '../http/device.ts'
import type { Routes, Server } from '../http/server.ts'
import { Nothing, Problem } from '../http/wire.ts'
import {
  GoogleReturnWire,
  GoogleSignInWire,
  SignedInWithGoogleWire,
  toGoogleProof,
  toSignedInWithGoogleWire,
} from './google.wire.ts'

const tags = ['nexus auth']
const PATH = '/api/auth/google/'

export const googleRoutes: Routes = (server, app) => {
  signInRoute(server, app)
  loginRoute(server, app)
  callbackRoute(server, app)
}

function signInRoute(server: Server, app: App): void {
  server.post(
    '/google/',
    {
      schema: {
        operationId: 'nexusSignInWithGoogle',
        tags,
        summary: 'Sign in by an id token of Google, or by a code for one',
        body: GoogleSignInWire,
        response: { 200: SignedInWithGoogleWire, 400: Problem, 401: Problem, 403: Problem, 503: Problem },
      },
      config: { access: 'public', sqlBudget: SQL_BUDGET },
    },
    async (request) =>
      toSignedInWithGoogleWire(await signInWithGoogle(app, toGoogleProof(request.body), visitOf('nexus', request))),
  )
}

/** Six for who is known; the others are for an account that has to be taken over first. */
const SQL_BUDGET = 20

function loginRoute(server: Server, app: App): void {
  server.get(
    '/google/login/',
    {
      schema: {
        operationId: 'nexusBeginGoogleSignIn',
        tags,
        summary: 'Go to Google to sign in',
        response: { 302: Nothing, 503: Problem },
      },
      config: { access: 'public', sqlBudget: 0, holdsTokens: true },
    },
    async (_request, reply) => {
      const { url, sealedState } = await beginGoogleSignIn(app, redirectUri(app))
      return reply.header('Set-Cookie', cookie(app, sealedState, GOOGLE_SIGN_IN_S)).redirect(url, 302)
    },
  )
}

function callbackRoute(server: Server, app: App): void {
  server.get(
    '/google/callback/',
    {
      schema: {
        operationId: 'nexusCompleteGoogleSignIn',
        tags,
        summary: 'Come back from Google, and be signed in',
        querystring: GoogleReturnWire,
        response: { 200: SignedInWithGoogleWire, 400: Problem, 401: Problem, 403: Problem, 503: Problem },
      },
      config: { access: 'public', sqlBudget: SQL_BUDGET, holdsTokens: true },
    },
    async (request, reply) => {
      // Whatever comes of it: it was good for one return.
      reply.header('Set-Cookie', cookie(app, '', 0))
      const { state, code } = request.query
      const sealedState = readCookie(request.headers.cookie, cookieName(app))
      const sent = { sealedState, state, code, redirectUri: redirectUri(app) }
      return toSignedInWithGoogleWire(await completeGoogleSignIn(app, sent, visitOf('nexus', request)))
    },
  )
}

const redirectUri = ({ config }: App): string => `${config.PUBLIC_URL}${PATH}callback/`

const isSecure = ({ config }: App): boolean => securesCookies(config)
/** A browser takes this beginning only from who sends it by TLS (ASVS 3.3.1). */
const cookieName = (app: App): string => (isSecure(app) ? '__Secure-google-sign-in' : 'google-sign-in')

/** `Lax`: it comes along when Google sends the browser back, and not with what other pages ask for. */
function cookie(app: App, value: string, maxAgeS: number): string {
  const kept = `${cookieName(app)}=${value}; Max-Age=${maxAgeS}; Path=${PATH}; HttpOnly; SameSite=Lax`
  return isSecure(app) ? `${kept}; Secure` : kept
}
