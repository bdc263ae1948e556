/** /api/users/email-verify/: the link of the verification mail (SF-080…SF-089). */
import { verifyEmailByLink } from '#commerce/identity'
import { visitOf } from '../http/device.ts'
import type { Routes } from '../http/server.ts'
import { verificationSays } from './account-refusals.ts'
import { LinkInPath, LinkQuery, VerifiedWire } from './email-verification.wire.ts'
import { Fault } from './faults.wire.ts'

const VERIFIED = {
  message: 'Email verified successfully!',
  detail: 'Your account has been activated and email verified.',
}
const tags = ['storefront accounts']
const response = { 200: VerifiedWire, 400: Fault }
const config = { access: 'public', sqlBudget: 8, says: verificationSays } as const

export const emailVerificationRoutes: Routes = (server, app) => {
  server.get(
    '/users/email-verify/',
    {
      // Asking for the headers of a link must not use it up.
      exposeHeadRoute: false,
      schema: {
        operationId: 'storefrontVerifyEmail',
        tags,
        summary: 'Verify an e-mail by the link of the mail',
        querystring: LinkQuery,
        response,
      },
      config,
    },
    async (request) => {
      await verifyEmailByLink(app, request.query, visitOf('storefront', request))
      return VERIFIED
    },
  )

  server.get(
    '/users/email-verify/:uidb64/:token/',
    {
      exposeHeadRoute: false,
      schema: {
        operationId: 'storefrontVerifyEmailByPath',
        tags,
        summary: 'The same, for links of the old form',
        params: LinkInPath,
        response,
      },
      config,
    },
    async (request) => {
      const { uidb64: uid, token } = request.params
      await verifyEmailByLink(app, { uid, token }, visitOf('storefront', request))
      return VERIFIED
    },
  )
}
