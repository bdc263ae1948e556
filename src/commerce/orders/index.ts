/**
 * Orders: what was agreed with a buyer, and what became of it. Owns the schema "orders".
 * Invariant: total = subtotal - discount + tax + shipping, to the minor unit; what was agreed never changes.
 */

export { type Channel, type ChannelTerms, termsOf } from './channel.ts'
export { getCreditNotePdf, issueCreditNote } from './credit-note.ts'
export { decideReturn, lockReturn } from './decide-return.ts'
export type { Document } from './document.ts'
export { listDocuments } from './documents.queries.ts'
export { orderCancelled, orderPaid, orderPlaced, refundCredited, returnDecided } from './events.ts'
export {
  forgetBuyersOfEndedOrders,
  listHistoryOfBuyer,
  markForgetsBuyer,
} from './forgotten-buyers.queries.ts'
export { getInvoicePdf, type PdfFile } from './invoice.ts'
export { issueInvoice } from './issue-invoice.ts'
export { draftOrder, firstEntriesOf, moveOrder } from './lifecycle.ts'
export { addOrderNote, listOrderNotes, type OrderNote } from './notes.queries.ts'
export {
  canAdvance,
  canBeCancelled,
  explainOrder,
  isSoldBy,
  ORDER_STATUSES,
  type Order,
  type OrderAddress,
  type OrderDraft,
  type OrderLine,
  type OrderStatus,
  PAYMENT_STATUSES,
  type PaymentStatus,
  type Snapshot,
  stepsBetween,
} from './order.ts'
export { newOrderNumber } from './order-number.ts'
export { findOrderedVariants } from './ordered-variants.queries.ts'
export { describeVariant, listAddressLines, listTotals, paperWords } from './paper-parts.ts'
export { type LineToPrice, type PriceStep, priceOrder, type SumStep, taxContained } from './price-order.ts'
export { hasBought, hasOrdered } from './purchases.queries.ts'
export {
  findHistories,
  findOverdueOrders,
  getOrder,
  getOrderBy,
  getOrderByNumber,
  type HistoryEntry,
  isPictureInOrders,
  type LockedOrder,
  listOrderHistory,
  listOrders,
  lockOrder,
  type OrderFilter,
  type OrderRef,
  type OrderScope,
} from './queries.ts'
export { type ReturnWish, requestReturn } from './request-return.ts'
export { RETURN_STATUSES, type Return, worthOfUnits } from './return.ts'
export {
  getReturn,
  listReturns,
  listReturnsOfBuyer,
  markReturnRefunded,
  updateReturn,
} from './returns.queries.ts'
export { sellerOf } from './seller.ts'
export { listLineUnits, noteTransport, setShippingAddress } from './transport.queries.ts'
