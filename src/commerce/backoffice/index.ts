/**
 * Back office: what staff looks through, in lists and sheets, over all modules. Owns no table, and only reads.
 * Invariant: a list, its count, its dates and its sheet choose the same rows.
 */
export { type AccountFilters, type AccountRow, accountListing } from './accounts.queries.ts'
export { type AuditRow, type AuditRowFilters, auditListing } from './audit.queries.ts'
export { countByDate, findRow, listRows, readRows } from './listing.queries.ts'
export type { Choice, Listing, Period } from './listing.ts'
export {
  type OrderFilters,
  type OrderRow,
  type OrderSheetRow,
  type Owner,
  orderListing,
  orderSheetListing,
} from './orders.queries.ts'
export { type RefundFilters, type RefundRow, refundListing } from './refunds.queries.ts'
