/** /accounts/: what the shop knows of me, to take along and to have forgotten (MP-049). */
import { closeAccount, exportAccount } from '#commerce/privacy'
import { viewerOf } from '../http/access.ts'
import { visitOf } from '../http/device.ts'
import { Done, Err, toOk } from '../http/envelope.ts'
import type { Routes } from '../http/server.ts'
import { AccountExportWire, DeleteAccountWire } from './account-data.wire.ts'

const tags = ['marketplace accounts']
const access = 'user'

export const accountDataRoutes: Routes = (server, app) => {
  server.get(
    '/export/',
    {
      schema: {
        operationId: 'marketplaceExportAccount',
        tags,
        summary: 'Everything that the shop knows of me',
        response: { 200: AccountExportWire, 401: Err, 403: Err },
      },
      config: { access, sqlBudget: 27 },
    },
    async (request) => {
      const known = await exportAccount(app, viewerOf(request).accountId)
      return toOk(app, 'Account data exported successfully.', known)
    },
  )

  server.post(
    '/delete/',
    {
      schema: {
        operationId: 'marketplaceDeleteAccount',
        tags,
        summary: 'Close my account for good; what is personal goes',
        body: DeleteAccountWire,
        response: { 200: Done, 400: Err, 401: Err, 403: Err, 409: Err, 429: Err },
      },
      config: { access, sqlBudget: 37 },
    },
    async (request) => {
      const holder = { ...visitOf('marketplace', request), accountId: viewerOf(request).accountId }
      await closeAccount(app, holder, request.body.password)
      return toOk(app, 'Account deleted successfully.', {})
    },
  )
}
