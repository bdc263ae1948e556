/** /api/users/password-reset/ and /api/users/password_reset/: another password by mail (SF-115…SF-137). */
import { emailName, requestPasswordReset, resetPasswordByLink } from '#commerce/identity'
import { missing } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'
import { visitOf } from '../http/device.ts'
import type { Routes, Server } from '../http/server.ts'
import { fieldFaults, soundFields } from '../http/validation.ts'
import { resetRequestSays, resetSays } from './account-refusals.ts'
import { LinkInPath, LinkQuery } from './email-verification.wire.ts'
import { Fault, MessageWire } from './faults.wire.ts'
import { ResetRequestWire, ResetWire, toReset, toResetFaults } from './password-reset.wire.ts'

const tags = ['storefront accounts']
const access = 'public'
/** Both spellings lead to both deeds (C-10). */
const spellings = [
  ['/users/password_reset/', 'Underscore'],
  ['/users/password-reset/', ''],
] as const

export const passwordResetRoutes: Routes = (server, app) => {
  for (const [path, spelling] of spellings) {
    requestRoute(server, app, path, spelling)
    confirmRoute(server, app, `${path}confirm/`, spelling)
    confirmByPathRoute(server, app, `${path}confirm/:uidb64/:token/`, spelling)
  }
}

function requestRoute(server: Server, app: App, path: string, spelling: string): void {
  server.post(
    path,
    {
      schema: {
        operationId: `storefrontRequestPasswordReset${spelling}`,
        tags,
        summary: 'Ask for a mail by which the password can be replaced',
        body: ResetRequestWire,
        response: { 200: MessageWire, 400: Fault, 404: Fault },
      },
      config: { access, sqlBudget: 7, says: resetRequestSays },
    },
    async (request) => {
      const isKnown = await requestPasswordReset(app, emailName(request.body.email), visitOf('storefront', request))
      if (!isKnown) throw missing('account')
      return { message: 'Password reset e-mail has been sent.' }
    },
  )
}

const DONE = { message: 'Password has been reset successfully' }
const response = { 200: MessageWire, 400: Fault, 429: Fault }
const config = { access, sqlBudget: 14, says: resetSays } as const

function confirmRoute(server: Server, app: App, path: string, spelling: string): void {
  server.post(
    path,
    {
      attachValidation: true,
      schema: {
        operationId: `storefrontResetPassword${spelling}`,
        tags,
        summary: 'Replace the password by the link of the mail; its parts stand in the body or the query',
        querystring: LinkQuery,
        body: ResetWire,
        response,
      },
      config,
    },
    async (request) => {
      const faults = fieldFaults(request)
      const input = toReset({ body: soundFields(request.body, faults), query: request.query })
      await resetPasswordByLink(app, input, visitOf('storefront', request), toResetFaults(faults))
      return DONE
    },
  )
}

function confirmByPathRoute(server: Server, app: App, path: string, spelling: string): void {
  server.post(
    path,
    {
      attachValidation: true,
      schema: {
        operationId: `storefrontResetPasswordByPath${spelling}`,
        tags,
        summary: 'The same, for links of the old form',
        params: LinkInPath,
        body: ResetWire,
        response,
      },
      config,
    },
    async (request) => {
      const { uid: _uid, token: _token, ...faults } = fieldFaults(request)
      const input = toReset({ body: soundFields(request.body, faults), query: {}, path: request.params })
      await resetPasswordByLink(app, input, visitOf('storefront', request), toResetFaults(faults))
      return DONE
    },
  )
}
