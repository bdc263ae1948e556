/** /api/v1/analytics/reports/: reports that are drawn up in the background, for staff (NX-147). */
import { Type } from 'typebox'
import { fetchReport, getReport, listReports, type ReportFile, removeReport, requestReport } from '#commerce/analytics'
import { inTransaction } from '#platform/database'
import { missing } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'
import { viewerOf } from '../http/access.ts'
import { answerOnce } from '../http/idempotency.ts'
import { PageQuery, pageWanted, toPage } from '../http/paging.ts'
import { ReportFields, readReportWish } from '../http/report-wanted.ts'
import type { Routes, Server } from '../http/server.ts'
import { SHEET_TYPES } from '../http/sheet-types.ts'
import { IdInPath, Nothing, Problem } from '../http/wire.ts'
import { ReportFilePageWire, ReportFileWire, toReportFileWire } from './analytics-reports.wire.ts'

const LIST = '/analytics/reports/'
const ONE = '/analytics/reports/:id/'
const tags = ['analytics']
const access = 'staff'
const refused = { 401: Problem, 403: Problem, 404: Problem }
const params = IdInPath

export const analyticsReportRoutes: Routes = (server, app) => {
  askRoute(server, app)
  readRoutes(server, app)
  removeRoute(server, app)
}

function askRoute(server: Server, app: App): void {
  server.post(
    LIST,
    {
      schema: {
        operationId: 'requestReport',
        tags,
        summary: 'Have a report drawn up; it can be fetched for a week',
        body: Type.Object(ReportFields),
        response: { 202: ReportFileWire, 400: Problem, 401: Problem, 403: Problem, 409: Problem },
      },
      config: { access, sqlBudget: 10 },
    },
    (request, reply) => {
      const { accountId } = viewerOf(request)
      const wish = readReportWish(request.body, app.now())
      const toBody = (report: ReportFile) => toReportFileWire(report, app.config.PUBLIC_URL)
      return answerOnce(app, request, reply, 202, toBody, (alongside) => requestReport(app, accountId, wish, alongside))
    },
  )
}

function readRoutes(server: Server, app: App): void {
  const { PUBLIC_URL } = app.config
  server.get(
    LIST,
    {
      schema: {
        operationId: 'listReports',
        tags,
        summary: 'The reports of the last week, the newest first',
        querystring: Type.Object(PageQuery),
        response: { 200: ReportFilePageWire, ...refused },
      },
      config: { access, sqlBudget: 3 },
    },
    async (request) => {
      const wanted = pageWanted(request.query)
      const listed = await listReports(app.db, wanted)
      return toPage(request, PUBLIC_URL, wanted, listed, (report) => toReportFileWire(report, PUBLIC_URL))
    },
  )
  server.get(
    ONE,
    {
      schema: {
        operationId: 'getReport',
        tags,
        summary: 'How it stands with a report',
        params,
        response: { 200: ReportFileWire, ...refused },
      },
      config: { access, sqlBudget: 2 },
    },
    async (request) => toReportFileWire(await getReport(app.db, request.params.id), PUBLIC_URL),
  )
  server.get(
    `${ONE}file/`,
    {
      schema: {
        operationId: 'fetchReport',
        tags,
        summary: 'What is in a report',
        params,
        response: { 200: Type.String({ format: 'binary' }), ...refused, 409: Problem },
      },
      config: { access, sqlBudget: 3 },
    },
    async (request, reply) => {
      const { report, content } = await fetchReport(app, request.params.id)
      const filename = `${report.report}_${report.fromDay}_${report.untilDay}.${report.format}`
      reply.header('Content-Disposition', `attachment; filename="${filename}"`).type(SHEET_TYPES[report.format])
      return reply.send(content as never)
    },
  )
}

function removeRoute(server: Server, app: App): void {
  server.delete(
    ONE,
    {
      schema: {
        operationId: 'removeReport',
        tags,
        summary: 'Remove a report',
        params,
        response: { 204: Nothing, ...refused },
      },
      config: { access, sqlBudget: 4 },
    },
    async (request, reply) => {
      if (!(await inTransaction(app.db, (tx) => removeReport(tx, request.params.id)))) throw missing('report')
      return reply.code(204).send()
    },
  )
}
