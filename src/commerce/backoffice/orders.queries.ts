/** Orders as staff sees them in lists and sheets. */
import { sql } from 'kysely'
import type { Order, OrderLine } from '#commerce/orders'
import { accountsNamed } from './accounts.queries.ts'
import { type Listing, partPattern } from './listing.ts'

export type OrderFilters = {
  statuses: Order['status'][]
  paymentStatuses: Order['paymentStatus'][]
  carrier: string
  from: Date
  /** Exclusive. */
  until: Date
}
export type Owner = { accountId: number | null; username: string | null; accountEmail: string | null }
export type OrderRow = Owner &
  Pick<
    Order,
    | 'id'
    | 'number'
    | 'addressId'
    | 'totalMinor'
    | 'currency'
    | 'status'
    | 'paymentStatus'
    | 'placedAt'
    | 'carrier'
    | 'trackingNumber'
  > & { transportCostMinor: number | null; shippingMinor: number }

/** Everything about an order that stands in one line of a sheet. */
export type OrderSheetRow = OrderRow &
  Pick<Order, 'email' | 'shippingAddress' | 'paymentMethod' | 'estimatedDelivery' | 'updatedAt'> & {
    phone: string | null
    paymentId: string | null
    paidBy: string | null
    gatewayReference: string | null
    lines: Pick<OrderLine, 'quantity' | 'unitPriceMinor' | 'snapshot'>[]
  }

const source = sql`orders.orders "order" left join identity.accounts account on account.id = "order".account_id`

const columns = sql<OrderRow>`"order".id, "order".number, "order".account_id, account.username, account.email as account_email,
  "order".address_id, "order".total_minor, "order".currency, "order".status, "order".payment_status, "order".placed_at,
  "order".carrier, "order".tracking_number, "order".transport_cost_minor, "order".shipping_minor`

export const orderListing: Listing<OrderRow, OrderFilters> = {
  source,
  columns,
  id: sql`"order".id`,
  date: sql`"order".placed_at`,
  // By the index of each, and then together: in one condition neither would serve.
  search: (words) => sql`"order".id in (
    select id from orders.orders where lower(number) like ${partPattern(words)}
    union all
    select id from orders.orders where account_id in (${accountsNamed(words)}))`,
  filters: {
    statuses: (statuses) => sql`"order".status = any(${statuses}::orders.order_status[])`,
    paymentStatuses: (statuses) => sql`"order".payment_status = any(${statuses}::orders.payment_status[])`,
    carrier: (carrier) => sql`"order".carrier = ${carrier}`,
    from: (from) => sql`"order".placed_at >= ${from}`,
    until: (until) => sql`"order".placed_at < ${until}`,
  },
  orderings: {
    created_at: sql`"order".placed_at`,
    total_price: sql`"order".total_minor`,
    order_number: sql`"order".number`,
    status: sql`"order".status`,
  },
}

/** The payment that settled an order, or else its last one. */
const payment = sql`lateral (
  select payment.id, payment.method, payment.provider_reference from payments.payments payment
  where payment.order_id = "order".id
  order by payment.status in ('succeeded', 'partially_refunded', 'refunded') desc, payment.created_at desc limit 1) payment on true`

export const orderSheetListing: Listing<OrderSheetRow, OrderFilters> = {
  ...orderListing,
  source: sql`${source} left join ${payment}`,
  columns: sql<OrderSheetRow>`${columns}, "order".email, "order".shipping_address, "order".payment_method,
    "order".estimated_delivery, "order".updated_at, account.phone, payment.id as payment_id, payment.method as paid_by,
    payment.provider_reference as gateway_reference, (
      select json_agg(json_build_object('quantity', line.quantity, 'unitPriceMinor', line.unit_price_minor,
        'snapshot', line.snapshot) order by line.position)
      from orders.lines line where line.order_id = "order".id) as lines`,
}
