/** /api/v1/products/imports/ and …/export/: products in files, for staff. */
import { Type } from 'typebox'
import {
  exportProducts,
  findImport,
  findImportErrors,
  findImports,
  type ProductImport,
  queueImport,
  readProductSheet,
} from '#commerce/assortment'
import { missing } from '#platform/refusal.ts'
import { writeCsv, writeXlsx } from '#platform/sheets'
import type { App } from '../../commerce/app.ts'
import { viewerOf } from '../http/access.ts'
import { PageQuery, pageWanted, toPage } from '../http/paging.ts'
import { SheetForm, takeSheet } from '../http/sent-sheets.ts'
import type { Routes, Server } from '../http/server.ts'
import { SHEET_TYPES } from '../http/sheet-types.ts'
import { takingForms } from '../http/uploads.ts'
import { Choice, IdInPath, Problem } from '../http/wire.ts'
import {
  ImportErrorPageWire,
  ImportPageWire,
  ImportWire,
  toImportErrorWire,
  toImportInListWire,
  toImportWire,
} from './product-files.wire.ts'

const LIST = '/products/imports/'
const tags = ['products']
const access = 'staff'
const FIRST_ERRORS = { limit: 100, offset: 0 }

export const productFileRoutes: Routes = async (server, app) => {
  await takingForms(server, (scope) => startRoute(scope, app))
  listRoute(server, app)
  readRoute(server, app)
  errorsRoute(server, app)
  exportRoute(server, app)
}

function startRoute(server: Server, app: App): void {
  server.post(
    LIST,
    {
      schema: {
        operationId: 'startProductImport',
        tags,
        summary: 'Bring in the products of a CSV or Excel file, all or none; a job checks and writes them',
        querystring: Type.Object({
          dry_run: Type.Optional(Type.Boolean({ description: 'only check', default: false })),
        }),
        body: SheetForm,
        response: {
          202: ImportWire,
          400: Problem,
          401: Problem,
          403: Problem,
          408: Problem,
          409: Problem,
          413: Problem,
          415: Problem,
        },
      },
      // Of a file of five hundred rows.
      config: { access, sqlBudget: 14 },
    },
    async (request, reply) => {
      const order = { isDryRun: request.query.dry_run ?? false, startedBy: viewerOf(request).accountId }
      const queued = await takeSheet(request, (pieces) => queueImport(app, readProductSheet(pieces), order))
      return reply.code(202).send(await present(app, queued))
    },
  )
}

function listRoute(server: Server, app: App): void {
  server.get(
    LIST,
    {
      schema: {
        operationId: 'listProductImports',
        tags,
        summary: 'The imports of the last thirty days, the newest first',
        querystring: Type.Object(PageQuery),
        response: { 200: ImportPageWire, 401: Problem, 403: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 3 },
    },
    async (request) => {
      const wanted = pageWanted(request.query)
      return toPage(request, app.config.PUBLIC_URL, wanted, await findImports(app.db, wanted), toImportInListWire)
    },
  )
}

function readRoute(server: Server, app: App): void {
  server.get(
    '/products/imports/:id/',
    {
      schema: {
        operationId: 'getProductImport',
        tags,
        summary: 'How far an import has come, and the first errors of its file',
        params: IdInPath,
        response: { 200: ImportWire, 401: Problem, 403: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 3 },
    },
    async (request) => present(app, await getImport(app, request.params.id)),
  )
}

function errorsRoute(server: Server, app: App): void {
  server.get(
    '/products/imports/:id/errors/',
    {
      schema: {
        operationId: 'listProductImportErrors',
        tags,
        summary: 'What is wrong with the rows of a file, in their order',
        params: IdInPath,
        querystring: Type.Object(PageQuery),
        response: { 200: ImportErrorPageWire, 401: Problem, 403: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 3 },
    },
    async (request) => {
      const wanted = pageWanted(request.query)
      const { id, errors: count } = await getImport(app, request.params.id)
      const rows = await findImportErrors(app.db, id, wanted)
      return toPage(request, app.config.PUBLIC_URL, wanted, { rows, count }, toImportErrorWire)
    },
  )
}

function exportRoute(server: Server, app: App): void {
  server.get(
    '/products/export/',
    {
      schema: {
        operationId: 'exportProducts',
        tags,
        summary: 'All products of the house in a file that can be brought in again',
        querystring: Type.Object({ format: Type.Optional(Choice(['csv', 'xlsx'])) }),
        response: {
          200: Type.Unsafe<unknown>({ type: 'string', format: 'binary', description: 'the file' }),
          400: Problem,
          401: Problem,
          403: Problem,
        },
      },
      config: { access, sqlBudget: 2 },
    },
    async (request, reply) => {
      const { format = 'csv' } = request.query
      const rows = exportProducts(app.db)
      reply.header('Content-Disposition', `attachment; filename="products.${format}"`).type(SHEET_TYPES[format])
      return reply.send(format === 'csv' ? writeCsv(rows, { bom: true }) : writeXlsx(rows))
    },
  )
}

async function getImport(app: App, id: number): Promise<ProductImport> {
  const found = await findImport(app.db, id)
  if (!found) throw missing('import')
  return found
}

async function present(app: App, found: ProductImport) {
  const errors = found.errors > 0 ? await findImportErrors(app.db, found.id, FIRST_ERRORS) : []
  return toImportWire(found, errors)
}
