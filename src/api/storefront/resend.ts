/** /api/users/resend-verification-email/ (SF-090…SF-105). */
import { resendVerification } from '#commerce/notifications'
import { bearerToken } from '../http/access.ts'
import { visitOf } from '../http/device.ts'
import type { Routes } from '../http/server.ts'
import { resendSays } from './account-refusals.ts'
import { Fault } from './faults.wire.ts'
import { ResendWire, ResentWire, toResentWire } from './resend.wire.ts'

export const resendRoutes: Routes = (server, app) => {
  server.post(
    '/users/resend-verification-email/',
    {
      schema: {
        operationId: 'storefrontResendVerification',
        tags: ['storefront accounts'],
        summary:
          'Have another verification mail sent, by the verification token, an access token or the encrypted token',
        body: ResendWire,
        response: { 200: ResentWire, 400: Fault, 401: Fault, 403: Fault, 429: Fault, 500: Fault },
      },
      config: { access: 'token', sqlBudget: 17, says: resendSays },
    },
    async (request) =>
      toResentWire(await resendVerification(app, bearerToken(request), visitOf('storefront', request))),
  )
}
