/** /api/users/logout/ (SF-110…SF-114). */
import { leaveByBoth } from '#commerce/identity'
import { bearerToken } from '../http/access.ts'
import { visitOf } from '../http/device.ts'
import type { Routes } from '../http/server.ts'
import { fieldFaults } from '../http/validation.ts'
import { logoutSays } from './account-refusals.ts'
import { Fault, MessageWire } from './faults.wire.ts'
import { RefreshTokenWire } from './tokens.wire.ts'

export const logoutRoutes: Routes = (server, app) => {
  server.post(
    '/users/logout/',
    {
      // Who is not signed in hears of that, whatever he sent.
      attachValidation: true,
      schema: {
        operationId: 'storefrontLogOut',
        tags: ['storefront accounts'],
        summary: 'Log out: ends the session of the refresh token',
        body: RefreshTokenWire,
        // 205 with a body, as the document has it; a client may leave it unread.
        response: { 205: MessageWire, 400: Fault, 401: Fault, 403: Fault },
      },
      config: { access: 'token', sqlBudget: 6, says: logoutSays },
    },
    async (request, reply) => {
      const refresh = 'refresh' in fieldFaults(request) ? '' : request.body.refresh
      await leaveByBoth(app, { access: bearerToken(request), refresh }, visitOf('storefront', request))
      return reply.code(205).send({ message: 'Logout successful, token invalidated.' })
    },
  )
}
