import { inTransaction } from '#platform/database'
import type { App } from '../app.ts'
import { type Document, isInvoiceable } from './document.ts'
import { insertDocument, listDocuments } from './documents.queries.ts'
import type { Order } from './order.ts'
import { lockOrder } from './queries.ts'
import { sellerOf } from './seller.ts'

/**
 * The invoice of an order, issued with the next number of the year where it has none; nothing while the order is not firm. An
 * order has one invoice, however often and by how many at once this is asked.
 */
export async function issueInvoice(app: App, order: Order): Promise<Document | undefined> {
  const issued = invoiceOf(await listDocuments(app.db, order.id))
  if (issued || !isInvoiceable(order)) return issued
  const { id: orderId, totalMinor: amountMinor, taxMinor } = order
  return inTransaction(app.db, async (tx) => {
    const locked = await lockOrder(tx, { id: orderId })
    const meanwhile = invoiceOf(await listDocuments(tx, orderId))
    if (meanwhile || !isInvoiceable(locked)) return meanwhile
    const invoice = { kind: 'invoice', orderId, refundId: null, amountMinor, taxMinor } as const
    return insertDocument(tx, { ...invoice, issuer: sellerOf(app.config) }, app.now())
  })
}

export const invoiceOf = (documents: Document[]): Document | undefined =>
  documents.find(({ kind }) => kind === 'invoice')
