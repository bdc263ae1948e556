/**
 * Back office: what staff looks through, in lists and sheets, over all modules. Owns no table, and only reads.
 * Invariant: a list, its count, its dates and its sheet choose the same rows.
 */
export { type AccountFilters, type AccountRow, accountListing } from './accounts.queries.ts'
export { type AuditRow, type AuditRowFilters, auditListing } from './audit.queries.ts'
export { type ActivityFilters, type ActivityRow, activityListing } from './figures/activities.queries.ts'
export {
  analyzeEndpoints,
  analyzeUsers,
  type EndpointAnalysis,
  type UserAnalysis,
} from './figures/api-analysis.queries.ts'
export { type ApiEventFilters, type ApiEventRow, apiEventListing } from './figures/api-events.queries.ts'
export { type CartLeftFilters, type CartLeftRow, cartLeftListing } from './figures/carts-left.queries.ts'
export {
  type CustomerValueFilters,
  type CustomerValueRow,
  customerValueListing,
} from './figures/customer-values.queries.ts'
export { type ErrorFilters, type ErrorRow, errorListing } from './figures/errors.queries.ts'
export { type FunnelFilters, type FunnelRow, funnelListing } from './figures/funnel.queries.ts'
export { type OrderDayFilters, type OrderDayRow, orderDayListing } from './figures/order-days.queries.ts'
export {
  type Milestone,
  type OrderEventFilters,
  type OrderEventRow,
  orderEventListing,
} from './figures/order-events.queries.ts'
export { type ProductDayFilters, type ProductDayRow, productDayListing } from './figures/product-days.queries.ts'
export { type SearchFilters, type SearchRow, searchListing } from './figures/searches.queries.ts'
export type { TimeFilters } from './figures/shared-columns.queries.ts'
export { type Span, type VisitDayFilters, type VisitDayRow, visitListing } from './figures/visit-days.queries.ts'
export { countByDate, findNewestId, findRow, listRows, listRowsAfter, readRows } from './listing.queries.ts'
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
