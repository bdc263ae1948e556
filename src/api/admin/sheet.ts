/** What a list shows, in a file: the same filters and the same search (SF-466, SF-485). */
import { Type } from 'typebox'
import { invalidFields } from '#platform/refusal.ts'
import { writeCsv, writeXls, writeXlsx } from '#platform/sheets'
import type { App } from '../../commerce/app.ts'
import type { Server } from '../http/server.ts'
import { SHEET_TYPES } from '../http/sheet-types.ts'
import { Fault } from '../storefront/faults.wire.ts'
import { type Sayings, saysError } from '../storefront/refusals.ts'
import { type Query, queryOf, readChoice } from './choice.ts'
import type { Resource, Sheet } from './resource.ts'

const writers = { csv: writeCsv, xls: writeXls, xlsx: writeXlsx }

/** What is wrong with a file as a whole. */
const sheetSays: Sayings = {
  sheet_too_many_rows: ({ limit }) =>
    saysError(`An .xls file has no more than ${limit} rows: choose fewer, or another format.`)({}),
}

export function addSheet<Row, Filters>(
  server: Server,
  app: App,
  resource: Resource<Row, Filters>,
  { filename, formats, write }: Sheet<Filters>,
): void {
  const { path, noun, says } = resource
  const parameters = Type.Object({
    ...queryOf(resource, false).properties,
    format: Type.Optional(Type.String({ description: `${formats.join(', ')}; the first one where it is not said` })),
  })
  server.get(
    `/admin/${path}/export/`,
    {
      schema: {
        operationId: `exportAdmin${noun.many}`,
        tags: ['admin'],
        summary: `What the list of ${path} shows, as a file`,
        querystring: parameters,
        response: { 200: Type.String({ format: 'binary' }), 400: Fault, 401: Fault, 403: Fault },
      },
      // A statement for each thousand rows.
      config: { access: 'staff', sqlBudget: 200, says: { ...says, ...sheetSays } },
    },
    async (request, reply) => {
      const query = request.query as Query
      const format = formats.find((each) => each === (query.format ?? formats[0]))
      if (!format) throw invalidFields({ format: { code: 'not_choice', value: query.format } })
      const rows = write(app.db, readChoice(resource, query))
      reply.header('Content-Disposition', `attachment; filename="${filename}.${format}"`).type(SHEET_TYPES[format])
      return reply.send((await writers[format](rows)) as never)
    },
  )
}
