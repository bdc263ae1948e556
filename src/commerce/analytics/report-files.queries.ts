/** SQL of the reports that are drawn up in the background. */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'
import { missing } from '#platform/refusal.ts'
import type { Span } from './days.ts'
import type { ReportFormat } from './report-file.ts'
import type { ReportName, ReportWish } from './report-lines.ts'
import type { AnalyticsReports } from './tables.ts'

/** A report without what is in it; `bytes` is how much that is. */
export type ReportFile = Omit<AnalyticsReports, 'content' | 'report' | 'format' | 'span'> & {
  report: ReportName
  format: ReportFormat
  span: Span
  bytes: number | null
}

const REPORT = sql`id, asked_by, report, format, from_day, until_day, span, status, created_at, finished_at,
  octet_length(content) as bytes`

export async function insertReport(
  tx: Tx,
  askedBy: number,
  { report, format, span, days }: ReportWish & { format: ReportFormat },
  now: Date,
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into analytics.reports (asked_by, report, format, from_day, until_day, span, created_at)
    values (${askedBy}, ${report}, ${format}, ${days.from}, ${days.until}, ${span}, ${now}) returning id`.execute(tx)
  return rows[0]!.id
}

/** A report; refuses `report_not_found`. */
export async function getReport(db: Db, id: number): Promise<ReportFile> {
  const { rows } = await sql<ReportFile>`select ${REPORT} from analytics.reports where id = ${id}`.execute(db)
  if (!rows[0]) throw missing('report')
  return rows[0]
}

export async function readReportContent(db: Db, id: number): Promise<Buffer | null> {
  const { rows } = await sql<{ content: Buffer | null }>`
    select content from analytics.reports where id = ${id}`.execute(db)
  return rows[0]?.content ?? null
}

/** A page of the reports, the newest first. */
export async function listReports(
  db: Db,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ rows: ReportFile[]; count: number }> {
  const { rows } = await sql<ReportFile>`
    select ${REPORT} from analytics.reports order by id desc limit ${limit} offset ${offset}`.execute(db)
  const counted = await sql<{ count: number }>`select count(*)::int as count from analytics.reports`.execute(db)
  return { rows, count: counted.rows[0]!.count }
}

export async function countWaitingReports(tx: Tx): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from analytics.reports where status = 'waiting'`.execute(tx)
  return rows[0]!.count
}

/** The report is drawn up, unless it was meanwhile. */
export async function settleReport(tx: Tx, id: number, content: Buffer, now: Date): Promise<void> {
  await sql`
    update analytics.reports set status = 'ready', content = ${content}, finished_at = ${now}
    where id = ${id} and status = 'waiting'`.execute(tx)
}

/** Whether there was one. */
export async function removeReport(tx: Tx, id: number): Promise<boolean> {
  const { rows } = await sql`delete from analytics.reports where id = ${id} returning id`.execute(tx)
  return rows.length > 0
}

export async function failReportsBefore(tx: Tx, before: Date, now: Date): Promise<void> {
  await sql`
    update analytics.reports set status = 'failed', finished_at = ${now}
    where status = 'waiting' and created_at < ${before}`.execute(tx)
}

export async function deleteReportsBefore(tx: Tx, before: Date): Promise<void> {
  await sql`delete from analytics.reports where created_at < ${before}`.execute(tx)
}

/** A list of customers still names who is to be forgotten, or does so once it is drawn up; it can be asked for anew (SF-507). */
export async function forgetReportsOfCustomers(tx: Tx): Promise<void> {
  await sql`delete from analytics.reports where report = 'customers'`.execute(tx)
}
