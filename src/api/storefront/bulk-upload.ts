/** POST /api/products/bulk-upload/: many products in a file, all or none of them (SF-225…SF-236). */
import { Type } from 'typebox'
import { type ImportResult, importProducts, readProductSheet } from '#commerce/assortment'
import { Refusal } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'
import { viewerOf } from '../http/access.ts'
import { SheetForm, takeSheet } from '../http/sent-sheets.ts'
import type { Routes, Server } from '../http/server.ts'
import { takingForms } from '../http/uploads.ts'
import { Fault } from './faults.wire.ts'
import { type Sayings, saysError } from './refusals.ts'

const UploadedWire = Type.Object(
  { status: Type.String(), message: Type.String() },
  { title: 'StorefrontUploadedProducts' },
)

/** What is wrong with the file as a whole is said in its own words. */
const says: Sayings = {
  invalid_fields: saysError('No file was sent: send it as the part "file"'),
  file_refused: ({ text }) => ({ body: { error: text } }),
  rows_at_fault: ({ text, errors }) => ({ body: { error: text, errors } }),
}

export const bulkUploadRoutes: Routes = (server, app) => takingForms(server, (scope) => uploadRoute(scope, app))

function uploadRoute(server: Server, app: App): void {
  server.post(
    '/products/bulk-upload/',
    {
      schema: {
        operationId: 'storefrontUploadProducts',
        tags: ['storefront products'],
        summary: 'Add the products of a CSV or Excel file, or none where a row is at fault',
        body: SheetForm,
        response: {
          201: UploadedWire,
          400: Fault,
          401: Fault,
          403: Fault,
          408: Fault,
          409: Fault,
          413: Fault,
          415: Fault,
        },
      },
      // Of a file of five hundred rows.
      config: { access: 'staff', sqlBudget: 48, says },
    },
    async (request, reply) => {
      const order = { isDryRun: false, startedBy: viewerOf(request).accountId }
      const result = await takeSheet(request, (pieces) => importProducts(app, readProductSheet(pieces), order)).catch(
        sayOwnWords,
      )
      if (result.errors > 0) throw rowsAtFault(result)
      if (result.status !== 'done') throw new Refusal('conflict', 'import_failed', 'The import was given up')
      return reply.code(201).send({ status: 'success', message: 'Products uploaded successfully' })
    },
  )
}

function sayOwnWords(error: unknown): never {
  const isOfFile =
    error instanceof Refusal && error.kind === 'invalid' && /^(?:sheet_|column_|not_a_|form_)/.test(error.code)
  throw isOfFile ? new Refusal('invalid', 'file_refused', error.message, { text: error.message }) : error
}

/** Every row at fault is named, but for those beyond the first thousand; of them it is said how many errors there are. */
function rowsAtFault({ errors, firstErrors, rowsAtFault: rows }: ImportResult): Refusal {
  const told = new Map(rows.map((row) => [row, [] as string[]]))
  for (const { row, message } of firstErrors) told.get(row)?.push(message)
  const lines = [...told].map(([row, messages]) => `Row ${row}${messages.length > 0 ? `: ${messages.join(', ')}` : ''}`)
  const more = errors > firstErrors.length ? `; ${errors} errors in all` : ''
  return new Refusal('invalid', 'rows_at_fault', 'Rows are at fault', {
    text: `No product was saved. ${lines.join('; ')}${more}`,
    errors: firstErrors,
  })
}
