/** /accounts/2fa/: a second factor, off by default (MP-048). */
import {
  completeSignIn,
  disableSecondFactor,
  enableSecondFactor,
  replaceRecoveryCodes,
  setUpSecondFactor,
} from '#commerce/identity'
import type { App } from '../../commerce/app.ts'
import { viewerOf } from '../http/access.ts'
import { visitOf } from '../http/device.ts'
import { Done, Err, toOk } from '../http/envelope.ts'
import type { Routes, Server } from '../http/server.ts'
import { presentSignedIn } from './sign-in.ts'
import { SignedInWire } from './sign-in.wire.ts'
import { CodeWire, DisableWire, RecoveryCodesWire, SetUpWire, VerifyWire } from './two-factor.wire.ts'

const tags = ['marketplace accounts']
const access = 'user'
const refused = { 400: Err, 401: Err, 403: Err, 409: Err, 429: Err }

export const twoFactorRoutes: Routes = (server, app) => {
  setUpRoute(server, app)
  codeRoutes(server, app)
  disableRoute(server, app)
  verifyRoute(server, app)
}

function setUpRoute(server: Server, app: App): void {
  server.post(
    '/2fa/setup/',
    {
      schema: {
        operationId: 'marketplaceSetUpTwoFactor',
        tags,
        summary: 'Get a secret for an authenticator; it counts once it is enabled',
        response: { 200: SetUpWire, 401: Err, 403: Err, 409: Err },
      },
      config: { access, sqlBudget: 5 },
    },
    async (request) => {
      const { secret, otpauthUrl } = await setUpSecondFactor(app, viewerOf(request).accountId)
      return toOk(app, 'Scan the code and confirm it.', { secret, otpauth_url: otpauthUrl })
    },
  )
}

/** What a code of the authenticator does for who is signed in; both answer with fresh recovery codes. */
function codeRoutes(server: Server, app: App): void {
  for (const [url, operationId, summary, message, deed] of [
    [
      '/2fa/enable/',
      'marketplaceEnableTwoFactor',
      'Switch the second factor on; my other sessions end',
      'Two-factor authentication enabled.',
      enableSecondFactor,
    ],
    [
      '/2fa/recovery-codes/',
      'marketplaceReplaceRecoveryCodes',
      'Get other recovery codes; the old ones are void',
      'Recovery codes replaced.',
      replaceRecoveryCodes,
    ],
  ] as const) {
    server.post(
      url,
      {
        schema: {
          operationId,
          tags,
          summary,
          body: CodeWire,
          response: { 200: RecoveryCodesWire, ...refused },
        },
        config: { access, sqlBudget: 18 },
      },
      async (request) => {
        const visit = visitOf('marketplace', request)
        const { recoveryCodes } = await deed(app, viewerOf(request), request.body, visit)
        return toOk(app, message, { recovery_codes: recoveryCodes })
      },
    )
  }
}

function disableRoute(server: Server, app: App): void {
  server.post(
    '/2fa/disable/',
    {
      schema: {
        operationId: 'marketplaceDisableTwoFactor',
        tags,
        summary: 'Switch the second factor off; my other sessions end',
        body: DisableWire,
        response: { 200: Done, ...refused },
      },
      config: { access, sqlBudget: 20 },
    },
    async (request) => {
      await disableSecondFactor(app, viewerOf(request), request.body, visitOf('marketplace', request))
      return toOk(app, 'Two-factor authentication disabled.', {})
    },
  )
}

function verifyRoute(server: Server, app: App): void {
  server.post(
    '/2fa/verify/',
    {
      schema: {
        operationId: 'marketplaceCompleteLogIn',
        tags,
        summary: 'Complete a login with the second factor',
        body: VerifyWire,
        response: { 200: SignedInWire, 400: Err, 401: Err, 429: Err },
      },
      config: { access: 'public', sqlBudget: 15 },
    },
    async (request) => {
      const { challenge_token: challengeToken, code } = request.body
      return presentSignedIn(app, await completeSignIn(app, { challengeToken, code }, visitOf('marketplace', request)))
    },
  )
}
