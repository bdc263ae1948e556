/** /api/users/login/ (SF-070…SF-078, SF-069). */
import { anyName, completeSignIn, signInEvenUnverified } from '#commerce/identity'
import { offerResend } from '#commerce/notifications'
import type { App } from '../../commerce/app.ts'
import { visitOf } from '../http/device.ts'
import type { Routes, Server } from '../http/server.ts'
import { fieldFaults } from '../http/validation.ts'
import { loginSays } from './account-refusals.ts'
import { bringVisitorCart } from './bring-visitor-cart.ts'
import { Fault } from './faults.wire.ts'
import { LoginWire, NotLetInWire, TwoFactorWire, toChallengeAnswer, toUnverifiedWire } from './login.wire.ts'
import { TokenPairWire } from './tokens.wire.ts'

const tags = ['storefront accounts']
const access = 'public'

export const loginRoutes: Routes = (server, app) => {
  loginRoute(server, app)
  twoFactorRoute(server, app)
}

function loginRoute(server: Server, app: App): void {
  server.post(
    '/users/login/',
    {
      attachValidation: true,
      schema: {
        operationId: 'storefrontLogIn',
        tags,
        summary:
          'Log in by username, e-mail or phone; who is not verified yet is refused, with tokens to be verified by',
        body: LoginWire,
        response: { 200: TokenPairWire, 400: Fault, 403: NotLetInWire, 429: Fault },
      },
      config: { access, sqlBudget: 19, says: loginSays },
    },
    async (request, reply) => {
      const faults = fieldFaults(request)
      const { login, password } = request.body
      const input = { name: anyName(faults.login ? '' : login), password: faults.password ? '' : password }
      const came = await signInEvenUnverified(app, input, visitOf('storefront', request))
      if ('tokens' in came) {
        await bringVisitorCart(app, request, came.account.id)
        return came.tokens
      }
      return reply.code(403).send(toUnverifiedWire(came, await offerResend(app, came.account.id)))
    },
  )
}

function twoFactorRoute(server: Server, app: App): void {
  server.post(
    '/users/login/two-factor/',
    {
      schema: {
        operationId: 'storefrontCompleteLogIn',
        tags,
        summary: 'Complete a login with the second factor',
        body: TwoFactorWire,
        response: { 200: TokenPairWire, 400: Fault, 401: Fault, 403: Fault, 429: Fault },
      },
      config: { access, sqlBudget: 24, says: loginSays },
    },
    async (request) => {
      const visit = visitOf('storefront', request)
      const { account, tokens } = await completeSignIn(app, toChallengeAnswer(request.body), visit)
      await bringVisitorCart(app, request, account.id)
      return tokens
    },
  )
}
