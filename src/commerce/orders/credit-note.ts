import type { Db, Tx } from '#platform/database'
import { formatMoney } from '#platform/money.ts'
import { type Paper, renderPdf } from '#platform/pdf'
import { missing } from '#platform/refusal.ts'
import { creditDue, type Document, taxCredited } from './document.ts'
import { insertDocument, listDocuments, listDocumentsBeside } from './documents.queries.ts'
import type { PdfFile } from './invoice.ts'
import { invoiceOf } from './issue-invoice.ts'
import type { Order } from './order.ts'
import { documentFacts, inWords, issuerOf, listTaxes, orderFacts, parties, taxNameOf } from './paper-parts.ts'
import { getOrder, type OrderScope } from './queries.ts'

/**
 * Credits what an invoice is too much by, once money went back or the order was cancelled; `keptMinor` is what the shop has kept of what
 * was paid. Of a refund no more than it gave back. The caller has locked the order. Nothing where there is no invoice, or all is credited
 * already: this may run again.
 */
export async function issueCreditNote(
  tx: Tx,
  order: Order,
  { keptMinor, refund }: { keptMinor: number; refund: { id: string; amountMinor: number } | undefined },
  now: Date,
): Promise<Document | undefined> {
  const documents = await listDocuments(tx, order.id)
  const invoice = invoiceOf(documents)
  if (!invoice) return undefined
  const creditedMinor = documents.reduce((sum, each) => sum + (each === invoice ? 0 : each.amountMinor), 0)
  const dueMinor = creditDue(order, keptMinor) - creditedMinor
  const amountMinor = Math.min(dueMinor, refund?.amountMinor ?? dueMinor)
  if (amountMinor <= 0 || documents.some(({ refundId }) => refund && refundId === refund.id)) return undefined
  const taxMinor = taxCredited(order, creditedMinor, amountMinor)
  const { issuer } = invoice
  const note = { kind: 'credit_note', orderId: order.id, refundId: refund?.id ?? null } as const
  return insertDocument(tx, { ...note, amountMinor, taxMinor, issuer }, now)
}

/** A credit note as a file, by its number, if the viewer may see its order; refuses `credit_note_not_found`. */
export async function getCreditNotePdf(db: Db, number: string, scope: OrderScope): Promise<PdfFile> {
  const documents = await listDocumentsBeside(db, number, scope)
  const note = documents.find((each) => each.kind === 'credit_note' && each.number === number)
  if (!note) throw missing('credit_note')
  const invoice = invoiceOf(documents)!
  const order = await getOrder(db, note.orderId)
  return { filename: `${note.number}.pdf`, bytes: await renderPdf(toCreditNotePaper(order, note, invoice)) }
}

/** What a credit note says: which invoice it lowers, and by how much. */
export function toCreditNotePaper(order: Order, note: Document, invoice: Document): Paper {
  const { issuer, amountMinor, taxMinor } = note
  const money = (minor: number) => formatMoney(minor, order.currency)
  const netMinor = amountMinor - taxMinor
  const what = order.status === 'cancelled' ? 'Cancelled order' : 'Refund for order'
  return {
    title: 'Credit note',
    issuer: issuerOf(issuer, taxNameOf(order)),
    facts: [
      ...documentFacts('Credit note', note),
      { label: 'For invoice', value: invoice.number },
      ...orderFacts(order),
    ],
    blocks: parties(order),
    table: {
      columns: [
        { heading: 'For', share: 80 },
        { heading: 'Amount', share: 20, align: 'right' },
      ],
      rows: [[`${what} ${order.number}`, money(netMinor)]],
    },
    totals: [
      { label: 'Without tax', value: money(netMinor) },
      ...listTaxes(order, taxMinor, { sellerState: issuer.state }),
      { label: 'Credited', value: money(amountMinor), due: true },
    ],
    notes: [inWords(amountMinor, order), `This lowers invoice ${invoice.number} by that amount.`],
    footer: `${issuer.name} · Credit note for order ${order.number}`,
    issuedAt: note.issuedAt,
  }
}
