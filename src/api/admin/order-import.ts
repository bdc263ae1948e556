/** POST /api/admin/orders/order/import/: how orders travel, from a sheet; looked at before anything is written (SF-488). */
import { Type } from 'typebox'
import { type Carriage, type CarriageImport, type CarriageRow, importCarriages } from '#commerce/checkout'
import { type FieldCodes, invalidFields, Refusal } from '#platform/refusal.ts'
import { readSheet, readTable, spool, type TableRow } from '#platform/sheets'
import type { App } from '../../commerce/app.ts'
import { viewerOf } from '../http/access.ts'
import { phraseFields } from '../http/field-texts.ts'
import { toDay } from '../http/filters.ts'
import type { Routes, Server } from '../http/server.ts'
import { formOrJson, readForm, takingForms, UPLOAD_BYTES_MAX } from '../http/uploads.ts'
import { Choice } from '../http/wire.ts'
import { Fault } from '../storefront/faults.wire.ts'
import { statusesShownAs } from '../storefront/orders.wire.ts'
import type { Sayings } from '../storefront/refusals.ts'

const ROWS_MAX = 5000
const TEXT_MAX = 100
const columns = {
  required: ['order_number'],
  optional: ['carrier', 'tracking_number', 'estimated_delivery_date', 'status'],
} as const
type Name = (typeof columns)['required'][number] | (typeof columns)['optional'][number]

const ImportForm = Type.Object(
  { dry_run: Type.Optional(Type.String({ description: 'only look, unless it is false' })) },
  { title: 'OrderImport' },
)
const ImportedWire = Type.Object(
  {
    dry_run: Type.Boolean(),
    updated: Type.Integer(),
    rows: Type.Array(
      Type.Object({
        row: Type.Integer(),
        order_number: Type.String(),
        action: Choice(['update', 'skip', 'error']),
        errors: Type.Array(Type.String()),
      }),
    ),
  },
  { title: 'ImportedOrders' },
)

/** What is wrong with the file as a whole is said in its own words. */
const says: Sayings = {
  file_refused: ({ text }) => ({ body: { error: text } }),
  rows_at_fault: ({ body }) => ({ body: body as object }),
}

export const orderImportRoutes: Routes = (server, app) => takingForms(server, (scope) => importRoute(scope, app))

function importRoute(server: Server, app: App): void {
  server.post(
    '/admin/orders/order/import/',
    {
      schema: {
        operationId: 'importAdminOrders',
        tags: ['admin'],
        summary: 'Carry orders on as the rows of a CSV or Excel file say, all of them or none',
        body: formOrJson(ImportForm, 'file') as never,
        response: { 200: ImportedWire, 400: Fault, 401: Fault, 403: Fault, 408: Fault, 413: Fault, 415: Fault },
      },
      // Of a sheet of some hundred rows.
      config: { access: 'staff', sqlBudget: 5000, says },
    },
    async (request) => {
      const { fields, file } = await readForm(request, ImportForm, { part: 'file' })
      if (!file) throw invalidFields({ file: 'required' })
      const isDryRun = fields.dry_run?.trim().toLowerCase() !== 'false'
      const by = { actor: 'staff', actorId: viewerOf(request).accountId }
      const imported = await importCarriages(app, await readRows(file), { isDryRun, by })
      const body = toImportedWire(imported, isDryRun)
      if (!isDryRun && !imported.isDone) throw rowsAtFault(body)
      return body
    },
  )
}

async function readRows(file: Buffer): Promise<CarriageRow[]> {
  const spooled = await spool(
    (async function* () {
      yield file
    })(),
    UPLOAD_BYTES_MAX,
  )
  try {
    const rows: CarriageRow[] = []
    for await (const row of readTable(readSheet(spooled.path), columns)) {
      if (rows.length === ROWS_MAX) throw new Refusal('invalid', 'sheet_too_long', `At most ${ROWS_MAX} rows at once`)
      rows.push(readRow(row))
    }
    return rows
  } catch (error) {
    const isOfFile = error instanceof Refusal && /^(?:sheet_|column_|not_a_)/.test(error.code)
    throw isOfFile ? new Refusal('invalid', 'file_refused', error.message, { text: error.message }) : error
  } finally {
    await spooled.remove()
  }
}

/** Empty cells say nothing. */
function readRow({ row, values }: TableRow<Name>): CarriageRow {
  const faults: FieldCodes = {}
  const cell = (name: Name) => {
    const text = values[name].trim()
    if (text.length > TEXT_MAX) faults[name] = { code: 'maxLength', limit: TEXT_MAX }
    return text
  }
  const [carrier, trackingNumber, day, shown] = [
    cell('carrier'),
    cell('tracking_number'),
    cell('estimated_delivery_date').slice(0, 10),
    cell('status'),
  ]
  const status = shown ? statusesShownAs(shown)?.[0] : undefined
  if (shown && !status) faults.status = { code: 'not_choice', value: shown }
  if (day && !toDay(day)) faults.estimated_delivery_date = 'not_date'
  const carriage: Carriage = {
    ...(carrier && { carrier }),
    ...(trackingNumber && { trackingNumber }),
    ...(day && { estimatedDelivery: day }),
    ...(status && { status }),
  }
  return { row, orderNumber: cell('order_number').toUpperCase(), carriage, faults }
}

function toImportedWire({ rows, isDone }: CarriageImport, isDryRun: boolean) {
  const updates = rows.filter(({ action }) => action === 'update').length
  return {
    dry_run: isDryRun,
    updated: isDone || isDryRun ? updates : 0,
    rows: rows.map(({ row, orderNumber, action, faults }) => ({
      row,
      order_number: orderNumber,
      action,
      errors: Object.values(phraseFields(faults)).flat(),
    })),
  }
}

const rowsAtFault = (imported: ReturnType<typeof toImportedWire>) =>
  new Refusal('invalid', 'rows_at_fault', 'Rows are at fault', {
    body: { ...imported, error: 'Rows are at fault: nothing was written.' },
  })
