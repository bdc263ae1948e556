/**
 * Analytics: what happens in the shop, for who looks back on it. Owns the schema "analytics"; listens, and reads others' tables.
 * Invariant: an event is written once, however often its job runs; a figure is what docs/figures.md says, whoever asks for it.
 */
export { listActivitiesOf } from './activities.queries.ts'
export { closeDays } from './close-days.ts'
export { predictValue, SEGMENTS, type Segment, segmentOf } from './customer-value.ts'
export { type Days, lastDays, SPANS, type Span, toDay } from './days.ts'
export type { NotedError } from './errors.queries.ts'
export { forgetVisitor } from './forget-visitor.queries.ts'
export type { Interaction, InteractionKind } from './interactions.queries.ts'
export { keepMonths } from './keep-months.ts'
export { noteSignIn, noteSignOut } from './note-activity.ts'
export { noteAbandonedCarts, noteCartMerged } from './note-carts-left.ts'
export { noteCheckout, notePurchase, refreshCustomerValue, refreshCustomerValues } from './note-order.ts'
export { listProductFigures, type ProductFigures } from './product-figures.queries.ts'
export {
  type RankedCustomer,
  type RankedProduct,
  type RankedSearch,
  rankCustomers,
  rankProducts,
  rankSearches,
} from './rankings.queries.ts'
export {
  fetchReport,
  keptUntil,
  purgeReports,
  REPORT_FORMATS,
  type ReportFormat,
  reportWriting,
  requestReport,
  writeReport,
} from './report-file.ts'
export { getReport, listReports, type ReportFile, removeReport } from './report-files.queries.ts'
export { linesOfReport, REPORT_NAMES, type ReportName, type ReportWish } from './report-lines.ts'
export type { SalesPeriod } from './reports.queries.ts'
export { readOverview, readSales } from './reports.ts'
export type { TrackedRequest } from './requests.queries.ts'
export { readSummary, SUMMARY_PERIODS, type Summary, type SummaryPeriod } from './summary.ts'
export { openTrail, type Trail } from './trail.ts'
