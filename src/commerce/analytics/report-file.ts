/** Reports that are drawn up in the background: asked for, written by a job, fetched for a week (NX-147). */
import { buffer } from 'node:stream/consumers'
import { inTransaction, type Tx } from '#platform/database'
import type { JobQueue } from '#platform/jobs'
import { Refusal } from '#platform/refusal.ts'
import { writeCsv, writeXlsx } from '#platform/sheets'
import type { App } from '../app.ts'
import {
  countWaitingReports,
  deleteReportsBefore,
  failReportsBefore,
  getReport,
  insertReport,
  type ReportFile,
  readReportContent,
  settleReport,
} from './report-files.queries.ts'
import { linesOfReport, type ReportWish } from './report-lines.ts'

export const reportWriting: JobQueue<{ reportId: number }> = { name: 'report-writing', concurrency: 1 }

export const REPORT_FORMATS = { csv: writeCsv, xlsx: writeXlsx }
export type ReportFormat = keyof typeof REPORT_FORMATS

const WAITING_MAX = 20
const DAY_MS = 86_400_000
const KEPT_MS = 7 * DAY_MS
/** Nothing is drawn up for so long: its job was lost, or failed too often. */
const GIVEN_UP_MS = DAY_MS

/** Until when a report can be fetched. */
export const keptUntil = ({ createdAt }: ReportFile): Date => new Date(createdAt.getTime() + KEPT_MS)

/** Asks for a report; a job draws it up. `alongside` runs last in the same transaction. Refuses `too_many_reports` while twenty wait. */
export function requestReport(
  app: App,
  askedBy: number,
  wish: ReportWish & { format: ReportFormat },
  alongside: (tx: Tx, report: ReportFile) => Promise<void> = async () => {},
): Promise<ReportFile> {
  return inTransaction(app.db, async (tx) => {
    if ((await countWaitingReports(tx)) >= WAITING_MAX)
      throw new Refusal('conflict', 'too_many_reports', 'Too many reports are being drawn up')
    const id = await insertReport(tx, askedBy, wish, app.now())
    await app.jobs.enqueue(tx, reportWriting, [{ reportId: id }])
    const report = await getReport(tx, id)
    await alongside(tx, report)
    return report
  })
}

/** Draws up a report that waits, for a job: run twice it is the same. One that was removed meanwhile is no fault. */
export async function writeReport(app: App, reportId: number): Promise<void> {
  const report = await getReport(app.db, reportId).catch((error) => {
    if (error instanceof Refusal) return undefined
    throw error
  })
  if (report?.status !== 'waiting') return
  await app.trail.flush()
  const { fromDay: from, untilDay: until, span, format } = report
  const lines = linesOfReport(app, { report: report.report, days: { from, until }, span })
  const content = await buffer(REPORT_FORMATS[format](lines))
  await inTransaction(app.db, (tx) => settleReport(tx, reportId, content, app.now()))
}

/** What is in a report; refuses `report_not_found`, and `report_not_ready` for one that waits, or that could not be drawn up. */
export async function fetchReport(app: App, id: number): Promise<{ report: ReportFile; content: Buffer }> {
  const report = await getReport(app.db, id)
  const content = await readReportContent(app.db, id)
  if (!content) throw new Refusal('conflict', 'report_not_ready', 'The report is not ready', { status: report.status })
  return { report, content }
}

/** Gives up what nobody has drawn up in a day, and removes what is older than a week. */
export function purgeReports(app: App): Promise<void> {
  const now = app.now()
  return inTransaction(app.db, async (tx) => {
    await failReportsBefore(tx, new Date(now.getTime() - GIVEN_UP_MS), now)
    await deleteReportsBefore(tx, new Date(now.getTime() - KEPT_MS))
  })
}
