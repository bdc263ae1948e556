/** The admin's JSON: /api/admin/{app}/{model}/, a declaration a model (SF-451). It says no as the storefront does. */
import type { Routes } from '../http/server.ts'
import { addResource } from './add-resource.ts'
import { auditResource } from './audit.ts'
import { addFigures } from './figures/index.ts'
import { orderImportRoutes } from './order-import.ts'
import { orderResource } from './orders.ts'
import { refundResource } from './refunds.ts'
import { userResource } from './users.ts'

export const adminRoutes: Routes = async (server, app) => {
  await orderImportRoutes(server, app)
  addResource(server, app, orderResource)
  addResource(server, app, refundResource)
  addResource(server, app, userResource)
  addFigures(server, app)
  addResource(server, app, auditResource)
}
