/** /api/v1/inventory/adjustments/, transfers/ and transactions/: what changes stock, and the ledger of it (V1-352…354). */
import { listLedger, postMovement, transferStock } from '#commerce/inventory'
import type { App } from '../../commerce/app.ts'
import { viewerOf } from '../http/access.ts'
import { answerOnce } from '../http/idempotency.ts'
import { pageWanted, toPage } from '../http/paging.ts'
import type { Routes, Server } from '../http/server.ts'
import { Problem } from '../http/wire.ts'
import {
  AdjustmentWire,
  TransactionPageWire,
  TransactionQuery,
  TransactionWire,
  TransferInputWire,
  TransferWire,
  toLedgerFilter,
  toPosting,
  toTransactionWire,
  toTransferOrder,
  toTransferWire,
} from './inventory-movements.wire.ts'

const tags = ['inventory']
const access = 'staff'
const refused = { 400: Problem, 401: Problem, 403: Problem }

export const inventoryMovementRoutes: Routes = (server, app) => {
  adjustRoute(server, app)
  transferRoute(server, app)
  listRoute(server, app)
}

function adjustRoute(server: Server, app: App): void {
  server.post(
    '/inventory/adjustments/',
    {
      schema: {
        operationId: 'adjustStock',
        tags,
        summary: 'Change the stock of a variant at a location',
        body: AdjustmentWire,
        response: { 201: TransactionWire, ...refused, 409: Problem },
      },
      config: { access, sqlBudget: 9 },
    },
    async (request, reply) => {
      const posting = toPosting(request.body, viewerOf(request).accountId)
      return answerOnce(app, request, reply, 201, toTransactionWire, (alongside) =>
        postMovement(app, posting, alongside),
      )
    },
  )
}

function transferRoute(server: Server, app: App): void {
  server.post(
    '/inventory/transfers/',
    {
      schema: {
        operationId: 'transferStock',
        tags,
        summary: 'Move units from one location to another, all or none',
        body: TransferInputWire,
        response: { 201: TransferWire, ...refused, 409: Problem },
      },
      config: { access, sqlBudget: 9 },
    },
    async (request, reply) => {
      const order = toTransferOrder(request.body, viewerOf(request).accountId)
      return answerOnce(app, request, reply, 201, toTransferWire, (alongside) => transferStock(app, order, alongside))
    },
  )
}

function listRoute(server: Server, app: App): void {
  server.get(
    '/inventory/transactions/',
    {
      schema: {
        operationId: 'listStockTransactions',
        tags,
        summary: 'What changed stock, the newest first; nothing in it is ever changed',
        querystring: TransactionQuery,
        response: { 200: TransactionPageWire, ...refused, 404: Problem },
      },
      config: { access, sqlBudget: 5 },
    },
    async (request) => {
      const wanted = pageWanted(request.query)
      const listed = await listLedger(app.db, toLedgerFilter(request.query), wanted)
      return toPage(request, app.config.PUBLIC_URL, wanted, listed, toTransactionWire)
    },
  )
}
