import { type Static, Type } from 'typebox'
import { keptUntil, REPORT_NAMES, type ReportFile } from '#commerce/analytics'
import { PageOf } from '../http/paging.ts'
import { Choice, Day, Nullable, Time } from '../http/wire.ts'

export const ReportFileWire = Type.Object(
  {
    id: Type.Integer(),
    report: Choice(REPORT_NAMES),
    format: Choice(['csv', 'xlsx']),
    start_date: Day,
    end_date: Day,
    group_by: Type.String(),
    status: Choice(['waiting', 'ready', 'failed']),
    bytes: Nullable(Type.Integer()),
    url: Nullable(Type.String({ description: 'where it is fetched, once it is ready' })),
    created_at: Time,
    finished_at: Nullable(Time),
    expires_at: Time,
  },
  { $id: 'ReportFile' },
)
export const ReportFilePageWire = PageOf(ReportFileWire)

export function toReportFileWire(report: ReportFile, publicUrl: string): Static<typeof ReportFileWire> {
  return {
    id: report.id,
    report: report.report,
    format: report.format,
    start_date: report.fromDay,
    end_date: report.untilDay,
    group_by: report.span,
    status: report.status,
    bytes: report.bytes,
    url: report.status === 'ready' ? `${publicUrl}/api/v1/analytics/reports/${report.id}/file/` : null,
    created_at: report.createdAt.toISOString(),
    finished_at: report.finishedAt?.toISOString() ?? null,
    expires_at: keptUntil(report).toISOString(),
  }
}
