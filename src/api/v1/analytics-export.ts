/** /api/v1/analytics/export/: reports as a file, at once (V1-388). */
import { Type } from 'typebox'
import { linesOfReport, REPORT_FORMATS } from '#commerce/analytics'
import { ReportFields, readReportWish } from '../http/report-wanted.ts'
import type { Routes } from '../http/server.ts'
import { SHEET_TYPES } from '../http/sheet-types.ts'
import { Problem } from '../http/wire.ts'

export const analyticsExportRoutes: Routes = (server, app) => {
  server.get(
    '/analytics/export/',
    {
      schema: {
        operationId: 'exportReport',
        tags: ['analytics'],
        summary: 'A report as CSV, or as XLSX',
        querystring: Type.Object(ReportFields),
        response: { 200: Type.String({ format: 'binary' }), 400: Problem, 401: Problem, 403: Problem },
      },
      // A statement for each five thousand rows.
      config: { access: 'staff', sqlBudget: 50 },
    },
    async (request, reply) => {
      const wish = readReportWish(request.query, app.now())
      const { report, format, days } = wish
      await app.trail.flush()
      const filename = `${report}_${days.from}_${days.until}.${format}`
      reply.header('Content-Disposition', `attachment; filename="${filename}"`).type(SHEET_TYPES[format])
      return reply.send((await REPORT_FORMATS[format](linesOfReport(app, wish))) as never)
    },
  )
}
