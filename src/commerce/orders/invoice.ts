import { formatMoney } from '#platform/money.ts'
import { type Column, type Paper, renderPdf } from '#platform/pdf'
import type { App } from '../app.ts'
import type { Document } from './document.ts'
import { issueInvoice } from './issue-invoice.ts'
import type { Order, OrderLine } from './order.ts'
import {
  describeVariant,
  documentFacts,
  inWords,
  issuerOf,
  listTotals,
  orderFacts,
  parties,
  taxNameOf,
} from './paper-parts.ts'
import { type Seller, sellerOf } from './seller.ts'

export type PdfFile = { filename: string; bytes: Buffer }

/**
 * The invoice of an order as a file, named after the order (V1-311, SF-327); it is issued with this where it was not yet. It says how
 * the order stands now. Of an order that is not firm it is a pro forma, without a number.
 */
export async function getInvoicePdf(app: App, order: Order): Promise<PdfFile> {
  const invoice = await issueInvoice(app, order)
  const paper = toInvoicePaper(order, invoice, invoice?.issuer ?? sellerOf(app.config))
  return { filename: `invoice-${order.number}.pdf`, bytes: await renderPdf(paper) }
}

/** What the invoice of an order says. */
export function toInvoicePaper(order: Order, invoice: Document | undefined, seller: Seller): Paper {
  const taxName = taxNameOf(order)
  const title = invoice ? (taxName === 'GST' && seller.taxNumber ? 'Tax invoice' : 'Invoice') : 'Pro forma'
  return {
    title,
    issuer: issuerOf(seller, taxName),
    facts: [
      ...(invoice ? documentFacts('Invoice', invoice) : []),
      ...orderFacts(order),
      { label: 'Payment', value: PAYMENT_METHODS[order.paymentMethod] ?? order.paymentMethod },
      { label: 'Payment status', value: PAYMENT_STATES[order.paymentStatus] },
    ],
    blocks: parties(order),
    table: toTable(order, taxName),
    totals: listTotals(order, { sellerState: seller.state }),
    notes: [inWords(order.totalMinor, order), describeState(order, invoice)],
    footer: `${seller.name} · ${title} for order ${order.number}`,
    issuedAt: invoice?.issuedAt ?? order.placedAt,
  }
}

/** Columns that no line has anything for are left out. */
function toTable(order: Order, taxName: string): Paper['table'] {
  const money = (minor: number) => formatMoney(minor, order.currency)
  const columns: (Column & { of: (line: OrderLine) => Paper['table']['rows'][number][number] })[] = [
    { heading: 'Article', share: 37, of: (line) => ({ text: line.name, note: describeVariant(line) }) },
    { heading: 'HSN', share: 17, of: (line) => line.snapshot.hsnCode ?? '' },
    { heading: 'Weight', share: 13, align: 'right', of: (line) => line.snapshot.weight ?? '' },
    { heading: 'Qty', share: 8, align: 'right', of: (line) => String(line.quantity) },
    { heading: 'Price', share: 17, align: 'right', of: (line) => money(line.unitPriceMinor) },
    {
      heading: order.taxIncluded ? `Incl. ${taxName}` : taxName,
      ...{ share: 16, align: 'right' },
      of: (line) => (line.taxMinor > 0 ? money(line.taxMinor) : ''),
    },
    { heading: 'Amount', share: 18, align: 'right', of: (line) => money(line.lineTotalMinor) },
  ]
  const used = columns.filter(({ of }) => order.lines.some((line) => of(line) !== ''))
  return {
    columns: used.map(({ of: _of, ...column }) => column),
    rows: order.lines.map((line) => used.map(({ of }) => of(line))),
  }
}

const PAYMENT_METHODS: Record<string, string> = {
  stripe: 'Card (Stripe)',
  paypal: 'PayPal',
  razorpay: 'Razorpay',
  builtin: 'Online',
  cod: 'Cash on delivery',
}
const PAYMENT_STATES: Record<Order['paymentStatus'], string> = {
  pending: 'Not yet paid',
  paid: 'Paid',
  failed: 'Payment failed',
  partially_refunded: 'Partially refunded',
  refunded: 'Refunded',
}
const PAYMENT_SENTENCES: Record<Order['paymentStatus'], string> = {
  pending: 'This invoice has not been paid yet.',
  paid: 'This invoice has been paid in full. Thank you for your order.',
  failed: 'The last payment did not succeed: this invoice is still to be paid.',
  partially_refunded: 'This invoice was paid; a part of the amount has been refunded.',
  refunded: 'This invoice was paid; the whole amount has been refunded.',
}

function describeState(order: Order, invoice: Document | undefined): string {
  const isOpen = order.paymentStatus === 'pending' || order.paymentStatus === 'failed'
  if (order.status === 'cancelled' && isOpen) return 'This order was cancelled: nothing is to be paid.'
  if (order.paymentMethod === 'cod' && isOpen) return 'The total is to be paid on delivery.'
  if (!invoice && isOpen) return 'This is no invoice yet: you get it as soon as the order is paid.'
  return PAYMENT_SENTENCES[order.paymentStatus]
}
