/**
 * Reports of what should not have happened, told to whoever listens: in the background, bounded, the same one not again
 * and again, never in the way of the request. Invariant: no secret and no address of a person leaves with a report.
 */
export { type ErrorContext, type ErrorReports, openErrorReports } from './error-reports.ts'
export type { ErrorReport, ErrorSink } from './report.ts'
export { sentrySink } from './sentry.ts'
export { webhookSink } from './webhook.ts'
