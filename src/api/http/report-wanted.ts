/** A report as it is asked for: which, of which days, in which format. */
import { Type } from 'typebox'
import { REPORT_FORMATS, REPORT_NAMES, type ReportFormat, type ReportName, type ReportWish } from '#commerce/analytics'
import { invalidFields } from '#platform/refusal.ts'
import { DaysQuery, readDays, readSpan, SpanQuery } from './report-days.ts'

export const ReportFields = {
  report: Type.Optional(Type.String({ description: REPORT_NAMES.join(', ') })),
  format: Type.Optional(Type.String({ description: 'csv unless said, or xlsx' })),
  ...DaysQuery,
  ...SpanQuery,
}
type Asked = { [Field in keyof typeof ReportFields]?: string }

/** Refuses no report, one or a format that there is not, and days and spans as `readDays` and `readSpan` do. */
export function readReportWish(asked: Asked, now: Date): ReportWish & { format: ReportFormat } {
  const { report, format = 'csv' } = asked
  if (!report) throw invalidFields({ report: 'required' })
  if (!REPORT_NAMES.includes(report as ReportName))
    throw invalidFields({ report: { code: 'not_choice', value: report } })
  if (!Object.hasOwn(REPORT_FORMATS, format)) throw invalidFields({ format: { code: 'not_choice', value: format } })
  return {
    report: report as ReportName,
    format: format as ReportFormat,
    days: readDays(asked, now),
    span: readSpan(asked.group_by),
  }
}
