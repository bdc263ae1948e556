/**
 * What this process counts and times, and what is asked when somebody reads it. To note something costs some ten
 * nanoseconds; prom-client, which writes the text, is loaded when it is first asked for.
 */
export { type Family, type Metrics, openMetrics, type Sample } from './open-metrics.ts'
export type { RequestKind, RequestMeter } from './request-tallies.ts'
