/** An order as a line of a sheet (SF-484, SF-486, SF-487). */
import type { OrderSheetRow } from '#commerce/backoffice'
import { toPaymentNumber } from '#commerce/payments'
import { toDecimal } from '#platform/money.ts'
import type { Cell } from '#platform/sheets'
import { toOrderSummaryWire } from '../storefront/orders.wire.ts'

type Column = (row: OrderSheetRow) => Cell

const money = (minor: number, { currency }: OrderSheetRow) => toDecimal(minor, currency)
const plain = (text: string | null): Cell => ({ plain: text ?? '' })
const day = (text: string | null): Cell => plain(text)

/** By the names of their columns. */
const cells = {
  id: (row) => row.id,
  order_number: (row) => row.number,
  status: (row) => toOrderSummaryWire(row).status,
  created_at: (row) => plain(row.placedAt.toISOString()),
  updated_at: (row) => plain(row.updatedAt.toISOString()),
  username: (row) => row.username ?? '',
  user__username: (row) => row.username ?? '',
  email: (row) => row.accountEmail ?? row.email ?? '',
  user__email: (row) => row.accountEmail ?? row.email ?? '',
  // A telephone number begins with + and is nobody's formula.
  phone: (row) => plain(phoneOf(row)),
  user_phone: (row) => plain(phoneOf(row)),
  payment_status: (row) => toOrderSummaryWire(row).payment_status,
  payment_method: (row) => row.paidBy || row.paymentMethod,
  transaction_id: (row) => (row.paymentId ? toPaymentNumber(row.paymentId) : ''),
  razorpay_order_id: (row) => row.gatewayReference ?? '',
  shipping_name: ({ shippingAddress }) => shippingAddress.full_name,
  shipping_address_line1: ({ shippingAddress }) => shippingAddress.address_line1,
  shipping_address_line2: ({ shippingAddress }) => shippingAddress.address_line2,
  shipping_city: ({ shippingAddress }) => shippingAddress.city,
  shipping_state: ({ shippingAddress }) => shippingAddress.state,
  shipping_postal_code: ({ shippingAddress }) => shippingAddress.postal_code,
  shipping_country: ({ shippingAddress }) => shippingAddress.country,
  carrier: (row) => row.carrier ?? '',
  shipping_cost: (row) => money(row.transportCostMinor ?? row.shippingMinor, row),
  tracking_number: (row) => row.trackingNumber ?? '',
  estimated_delivery_date: (row) => day(row.estimatedDelivery),
  order_items: (row) => describeItems(row),
  order_items_details: (row) => describeItems(row),
  total_price: (row) => money(row.totalMinor, row),
  total_weight: (row) => totalKilograms(row),
  item_count: (row) => countUnits(row),
  order_items_count: (row) => countUnits(row),
} satisfies Record<string, Column>

type Name = keyof typeof cells

/** The columns of the action `export_orders_csv`, in their order. */
export const COMPREHENSIVE: readonly Name[] = [
  ...(['order_number', 'status', 'created_at', 'updated_at', 'username', 'email', 'phone', 'payment_status'] as const),
  ...([
    'payment_method',
    'transaction_id',
    'shipping_name',
    'shipping_address_line1',
    'shipping_address_line2',
  ] as const),
  ...([
    'shipping_city',
    'shipping_state',
    'shipping_postal_code',
    'shipping_country',
    'carrier',
    'shipping_cost',
  ] as const),
  ...([
    'tracking_number',
    'estimated_delivery_date',
    'order_items',
    'total_price',
    'total_weight',
    'item_count',
  ] as const),
]

/** The columns of an export with a choice of format, in their order. */
export const DETAILED: readonly Name[] = [
  ...(['id', 'order_number', 'user__username', 'user__email', 'user_phone', 'status', 'payment_status'] as const),
  ...(['payment_method', 'razorpay_order_id', 'total_price', 'shipping_cost', 'created_at', 'updated_at'] as const),
  ...([
    'shipping_name',
    'shipping_address_line1',
    'shipping_address_line2',
    'shipping_city',
    'shipping_state',
  ] as const),
  ...(['shipping_postal_code', 'shipping_country', 'carrier', 'tracking_number', 'estimated_delivery_date'] as const),
  ...(['order_items_count', 'order_items_details', 'total_weight'] as const),
]

/** The header, and a line for each order. */
export async function* toOrderSheet(
  rows: AsyncIterable<OrderSheetRow>,
  columns: readonly Name[],
): AsyncGenerator<readonly Cell[]> {
  yield columns
  for await (const row of rows) yield columns.map((column) => cells[column](row))
}

const phoneOf = ({ phone, shippingAddress }: OrderSheetRow) => shippingAddress.phone ?? phone
const countUnits = ({ lines }: OrderSheetRow) => lines.reduce((sum, { quantity }) => sum + quantity, 0)

/** Tea (200g) x 2 @ 599.99; … */
function describeItems(row: OrderSheetRow): string {
  return row.lines
    .map(({ quantity, unitPriceMinor, snapshot }) => {
      const weight = snapshot.weight ?? snapshot.variant
      return `${snapshot.name}${weight ? ` (${weight})` : ''} x ${quantity} @ ${money(unitPriceMinor, row)}`
    })
    .join('; ')
}

/** In kilograms with three decimals, by the labels of what was ordered. */
function totalKilograms({ lines }: OrderSheetRow): string {
  const grams = lines.reduce(
    (sum, { quantity, snapshot }) => sum + quantity * gramsOfLabel(snapshot.weight ?? snapshot.variant),
    0,
  )
  return (grams / 1000).toFixed(3)
}

const UNIT_GRAMS: Record<string, number> = { g: 1, gm: 1, gms: 1, gram: 1, grams: 1, kg: 1000, kgs: 1000 }

/** 100gms, 200g, 1.5kg; any other label says nothing of a weight. */
export function gramsOfLabel(label: string): number {
  const [, amount, unit = ''] = /^\s*(\d{1,6}(?:\.\d{1,6})?)\s*([a-z]+)\s*$/i.exec(label) ?? []
  return amount === undefined ? 0 : Number(amount) * (UNIT_GRAMS[unit.toLowerCase()] ?? 0)
}
