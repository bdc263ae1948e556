/** /api/v1/users/me/: what the shop knows of me, to take along and to have forgotten (V1-151). */
import { closeAccount, exportAccount } from '#commerce/privacy'
import { viewerOf } from '../http/access.ts'
import { visitOf } from '../http/device.ts'
import type { Routes } from '../http/server.ts'
import { Nothing, Problem } from '../http/wire.ts'
import { AccountExportWire, CloseAccountWire } from './account-data.wire.ts'

const tags = ['users']
const access = 'user'

export const accountDataRoutes: Routes = (server, app) => {
  server.delete(
    '/users/me/',
    {
      schema: {
        operationId: 'closeAccount',
        tags,
        summary: 'Close my account for good; what is personal goes',
        body: CloseAccountWire,
        response: { 204: Nothing, 400: Problem, 401: Problem, 409: Problem, 429: Problem },
      },
      config: { access, sqlBudget: 37 },
    },
    async (request, reply) => {
      const holder = { ...visitOf('v1', request), accountId: viewerOf(request).accountId }
      await closeAccount(app, holder, request.body.password)
      return reply.code(204).send()
    },
  )

  server.get(
    '/users/me/export/',
    {
      schema: {
        operationId: 'exportAccount',
        tags,
        summary: 'Everything that the shop knows of me',
        response: { 200: AccountExportWire, 401: Problem },
      },
      config: { access, sqlBudget: 27 },
    },
    async (request, reply) => {
      const { accountId } = viewerOf(request)
      reply.header('Content-Disposition', `attachment; filename="account-${accountId}.json"`)
      reply.header('Cache-Control', 'no-store')
      return exportAccount(app, accountId)
    },
  )
}
