/** /api/products/inventory/transactions/: what changes stock, and the ledger of it, for the shop and sellers (MP-100…MP-105). */
import type { Static } from 'typebox'
import { findImplicitVariants } from '#commerce/catalog'
import { listLedger, type Posting, postMovement } from '#commerce/inventory'
import { invalidFields, Refusal } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'
import { viewerOf } from '../http/access.ts'
import { toOk } from '../http/envelope.ts'
import { renameFields } from '../http/envelope-refusals.ts'
import { type Alongside, answerOnce } from '../http/idempotency.ts'
import { sellerOf } from '../http/ownership.ts'
import { pageWanted, toPage } from '../http/paging.ts'
import type { Routes, Server } from '../http/server.ts'
import { Fault } from './refusals.ts'
import {
  readLedgerFilter,
  TransactionAnswerWire,
  TransactionInputWire,
  TransactionPageWire,
  TransactionQuery,
  toPosting,
  toTransactionWire,
} from './stock-transactions.wire.ts'

const TRANSACTIONS = '/products/inventory/transactions/'
const tags = ['inventory']
const access = 'seller'

export const stockTransactionRoutes: Routes = (server, app) => {
  listRoute(server, app)
  postRoute(server, app)
}

function listRoute(server: Server, app: App): void {
  server.get(
    TRANSACTIONS,
    {
      schema: {
        operationId: 'sharedListStockTransactions',
        tags,
        summary: "What changed stock, the newest first; a seller sees his own products'",
        querystring: TransactionQuery,
        response: { 200: TransactionPageWire, 400: Fault, 401: Fault, 403: Fault, 404: Fault },
      },
      config: { access, sqlBudget: 5 },
    },
    async (request) => {
      const wanted = pageWanted(request.query)
      const filter = { ...readLedgerFilter(request.query), ...sellerOf(request) }
      const listed = await listLedger(app.db, filter, wanted)
      const ids = listed.rows.map(({ variantId }) => variantId)
      const implicit = await findImplicitVariants(app.db, ids)
      return toPage(request, app.config.PUBLIC_URL, wanted, listed, (entry) =>
        toTransactionWire(entry, !implicit.has(entry.variantId)),
      )
    },
  )
}

function postRoute(server: Server, app: App): void {
  server.post(
    TRANSACTIONS,
    {
      schema: {
        operationId: 'sharedPostStockTransaction',
        tags,
        summary: 'Change the stock of a variant at the default place',
        body: TransactionInputWire,
        response: { 201: TransactionAnswerWire, 400: Fault, 401: Fault, 403: Fault, 409: Fault },
      },
      config: { access, sqlBudget: 10 },
    },
    async (request, reply) => {
      const posting = { ...toPosting(request.body, viewerOf(request).accountId), ...sellerOf(request) }
      return answerOnce(app, request, reply, 201, asItIs, (alongside) =>
        postOnce(app, request.body, posting, alongside),
      )
    },
  )
}

type Input = Static<typeof TransactionInputWire>
type Answer = Static<typeof TransactionAnswerWire>
const asItIs = (answer: Answer): Answer => answer

/** The answer is worded once: what is kept of it and what is given are the same to the millisecond. */
async function postOnce(app: App, input: Input, posting: Posting, alongside: Alongside<Answer>): Promise<Answer> {
  let answer: Answer | undefined
  try {
    await postMovement(app, posting, async (tx, entry) => {
      const implicit = await findImplicitVariants(tx, [entry.variantId])
      const told = toTransactionWire(entry, !implicit.has(entry.variantId))
      answer = toOk(app, 'Stock transaction recorded successfully.', told, 201)
      await alongside(tx, answer)
    })
  } catch (error) {
    throw inWordsOf(input, error)
  }
  return answer!
}

const NAMES = { product_id: 'product', variant_id: 'product_variant', quantity_delta: 'quantity' }

/** What the core says of its own fields and signs, said of those of the wire. */
function inWordsOf({ transaction_type, quantity }: Input, error: unknown): unknown {
  if (!(error instanceof Refusal) || !error.details.fields) return error
  const isTooFew = transaction_type !== 'ADJUSTMENT' && quantity < 1
  const fields = { ...error.details.fields, ...(isTooFew && { quantity_delta: { code: 'minimum', limit: 1 } }) }
  return renameFields(invalidFields(fields), NAMES)
}
