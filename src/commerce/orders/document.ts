/** Invoices and credit notes as ideas. Their numbers have no gap within a year. */
import type { Order } from './order.ts'
import type { Seller } from './seller.ts'
import type { OrdersDocuments } from './tables.ts'

export type DocumentKind = OrdersDocuments['kind']
/** `amountMinor` holds the tax. An invoice is of the whole order; the credit notes of an order are never more than its invoice. */
export type Document = Omit<OrdersDocuments, 'issuer'> & { issuer: Seller }

/** What the number of a document begins with: INV-2026-000001. */
export const NUMBER_PREFIX: Record<DocumentKind, string> = { invoice: 'INV', credit_note: 'CN' }

type Invoiced = Pick<Order, 'status' | 'paymentStatus' | 'paymentMethod'>

/** An order is invoiced once it is firm: paid, or to be paid on delivery. What was cancelled before that never is. */
export function isInvoiceable({ status, paymentStatus, paymentMethod }: Invoiced): boolean {
  if (status === 'cancelled') return false
  return paymentMethod === 'cod' || !['pending', 'failed'].includes(paymentStatus)
}

/**
 * What the credit notes of an order should make together, in minor units: what was invoiced, less what the shop has kept of it.
 * Of an order that goes on, what is not paid yet is still owed.
 */
export function creditDue(order: Pick<Order, 'status' | 'paymentStatus' | 'totalMinor'>, keptMinor: number): number {
  const isOver = order.status === 'cancelled' || ['partially_refunded', 'refunded'].includes(order.paymentStatus)
  return isOver ? Math.max(0, order.totalMinor - keptMinor) : 0
}

/** The tax in the next credit note: those of an order together have its tax, once all of it is credited. */
export function taxCredited(
  order: Pick<Order, 'totalMinor' | 'taxMinor'>,
  creditedMinor: number,
  amountMinor: number,
): number {
  const until = (minor: number) => Math.round((order.taxMinor * minor) / order.totalMinor)
  return until(creditedMinor + amountMinor) - until(creditedMinor)
}
