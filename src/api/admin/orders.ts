/** /api/admin/orders/order/: orders for staff (SF-480…SF-489). */
import { type Static, Type } from 'typebox'
import { type OrderFilters, type OrderRow, orderListing, orderSheetListing, readRows } from '#commerce/backoffice'
import { type Carriage, carryOrder } from '#commerce/checkout'
import { getOrder } from '#commerce/orders'
import { findPaymentsOfOrder } from '#commerce/payments'
import { type FieldCodes, invalidFields } from '#platform/refusal.ts'
import { writeCsv } from '#platform/sheets'
import type { App } from '../../commerce/app.ts'
import { openAmounts } from '../http/amounts.ts'
import { toDay } from '../http/filters.ts'
import { SHEET_TYPES } from '../http/sheet-types.ts'
import { paymentStatusesShownAs, statusesShownAs } from '../storefront/orders.wire.ts'
import { COMPREHENSIVE, DETAILED, toOrderSheet } from './order-sheet.ts'
import { AdminOrderWire, OrderChangesWire, OrderRowWire, toAdminOrderWire, toOrderRowWire } from './orders.wire.ts'
import { change, type Resource } from './resource.ts'

const DAY_MS = 86_400_000

export const orderResource: Resource<OrderRow, OrderFilters> = {
  path: 'orders/order',
  noun: { one: 'Order', many: 'Orders' },
  listing: orderListing,
  usual: '-created_at',
  filters: {
    statuses: { name: 'status', read: statusesShownAs, code: 'not_choice' },
    paymentStatuses: { name: 'payment_status', read: paymentStatusesShownAs, code: 'not_choice' },
    carrier: { name: 'carrier', read: (text) => text, code: 'invalid' },
    from: { name: 'created_at__gte', read: toMoment, code: 'not_date', description: 'YYYY-MM-DD, or a moment' },
    until: { name: 'created_at__lte', read: toMomentAfter, code: 'not_date', description: 'inclusive' },
  },
  row: OrderRowWire,
  toRow: toOrderRowWire,
  detail: AdminOrderWire,
  toDetail: async (app, row) =>
    toAdminOrderWire(row, await getOrder(app.db, row.id), await findPaymentsOfOrder(app.db, row.id)),
  detailBudget: 2,
  change: change<OrderRow, typeof OrderChangesWire>({
    summary: 'Carry an order on, and note how it travels',
    body: OrderChangesWire,
    sqlBudget: 30,
    apply: (app, row, body, viewer, alongside) => {
      const by = { actor: 'staff', actorId: viewer.accountId }
      return carryOrder(app, { id: row.id }, readCarriage(row, body), by, alongside)
    },
  }),
  sheet: {
    filename: 'orders',
    formats: ['csv', 'xls', 'xlsx'],
    write: (db, choice) => toOrderSheet(readRows(db, orderSheetListing, choice), DETAILED),
  },
  actions: [
    {
      name: 'export_orders_csv',
      summary: 'Some orders, or all, as CSV',
      operationId: 'exportOrdersComprehensively',
      sqlBudget: 200,
      answer: Type.String({ format: 'binary' }),
      run: async (app: App, reply, choice) => {
        const filename = `orders_comprehensive_export_${app.now().toISOString().slice(0, 10)}.csv`
        reply.header('Content-Disposition', `attachment; filename="${filename}"`).type(SHEET_TYPES.csv)
        return reply.send(writeCsv(toOrderSheet(readRows(app.db, orderSheetListing, choice), COMPREHENSIVE)))
      },
    },
  ],
}

/** A day, or a moment; undefined for what is neither. */
function toMoment(text: string): Date | undefined {
  const day = toDay(text)
  if (day) return day
  const moment = new Date(/^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(text) ? text : Number.NaN)
  return Number.isNaN(moment.getTime()) ? undefined : moment
}

/** The first moment that does not count any more: of a day the next one. */
function toMomentAfter(text: string): Date | undefined {
  const day = toDay(text)
  if (day) return new Date(day.getTime() + DAY_MS)
  const moment = toMoment(text)
  return moment && new Date(moment.getTime() + 1)
}

/** What is to be done, in the words of the commerce side. Refuses dates and amounts that are none. */
function readCarriage(row: OrderRow, body: Static<typeof OrderChangesWire>): Carriage {
  const { status, carrier, tracking_number, estimated_delivery_date: day, shipping_cost } = body
  const faults: FieldCodes = {}
  if (day && !toDay(day)) faults.estimated_delivery_date = 'not_date'
  const transportCostMinor = openAmounts(row.currency, faults).nullable('shipping_cost', shipping_cost)
  if (Object.keys(faults).length > 0) throw invalidFields(faults)
  return {
    ...(status !== undefined && { status: toOrderStatus(status) }),
    ...(carrier !== undefined && { carrier: carrier?.trim() || null }),
    ...(tracking_number !== undefined && { trackingNumber: tracking_number?.trim() || null }),
    ...(day !== undefined && { estimatedDelivery: day || null }),
    ...(transportCostMinor !== undefined && { transportCostMinor }),
  }
}

/** Of the states that are shown alike, the one that staff can bring an order to. */
export const toOrderStatus = (shown: string) => statusesShownAs(shown)![0]!
