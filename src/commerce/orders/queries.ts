/** All SQL of the orders module. */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'
import { missing } from '#platform/refusal.ts'
import type { Order, OrderDraft, OrderStatus, PaymentStatus } from './order.ts'

export async function insertOrder(
  tx: Tx,
  draft: OrderDraft,
  entries: HistoryEntry[],
  now: Date,
): Promise<{ id: number; lineIds: number[] }> {
  const history = entries.map(({ status, paymentStatus, note, actor, actorId }, index) => ({
    ...{ status, payment_status: paymentStatus, note, actor, actor_id: actorId },
    milestone: index === 0 ? 'placed' : null,
  }))
  const of = <Value>(column: (line: OrderDraft['lines'][number]) => Value) => draft.lines.map(column)
  const { rows } = await sql<{ id: number; lineIds: number[] }>`
    with placed as (
      insert into orders.orders (number, account_id, email, channel, status, payment_status, currency,
        subtotal_minor, discount_minor, tax_minor, tax_percent, tax_included, shipping_minor, total_minor, coupon_code, explanation,
        address_id, shipping_address, billing_address, shipping_method, payment_method, notes, payment_due_at, placed_at, updated_at)
      values (${draft.number}, ${draft.accountId}, ${draft.email}, ${draft.channel}, ${draft.status}, ${draft.paymentStatus},
        ${draft.currency}, ${draft.subtotalMinor}, ${draft.discountMinor}, ${draft.taxMinor}, ${draft.taxPercent},
        ${draft.taxIncluded}, ${draft.shippingMinor}, ${draft.totalMinor}, ${draft.couponCode}, ${JSON.stringify(draft.explanation)}::jsonb,
        ${draft.addressId}, ${JSON.stringify(draft.shippingAddress)}::jsonb,
        ${JSON.stringify(draft.billingAddress)}::jsonb, ${draft.shippingMethod}, ${draft.paymentMethod}, ${draft.notes},
        ${draft.paymentDueAt}, ${now}, ${now})
      returning id, status, payment_status
    ), told as (
      insert into orders.history (order_id, status, payment_status, note, actor, actor_id, happened_at, milestone)
      select placed.id, entry.status, entry.payment_status, entry.note, entry.actor, entry.actor_id, ${now}::timestamptz,
        entry.milestone
      from placed, jsonb_to_recordset(${JSON.stringify(history)}::jsonb) as entry (status orders.order_status,
        payment_status orders.payment_status, note text, actor text, actor_id bigint, milestone orders.milestone)
    ), lines as (
      insert into orders.lines (order_id, position, product_id, variant_id, name, sku, quantity, unit_price_minor,
        line_total_minor, discount_minor, tax_minor, snapshot)
      select placed.id, line.place - 1, line.product_id, line.variant_id, line.name, line.sku, line.quantity,
        line.unit_price_minor, line.unit_price_minor * line.quantity, line.discount_minor, line.tax_minor, line.snapshot::jsonb
      -- Read column by column, half of what it takes to take objects apart.
      from placed, rows from (
        unnest(${of(({ productId }) => productId)}::bigint[], ${of(({ variantId }) => variantId)}::bigint[],
          ${of(({ name }) => name)}::text[], ${of(({ sku }) => sku)}::text[], ${of(({ quantity }) => quantity)}::int[],
          ${of(({ unitPriceMinor }) => unitPriceMinor)}::bigint[], ${of(({ discountMinor }) => discountMinor)}::bigint[],
          ${of(({ taxMinor }) => taxMinor)}::bigint[]),
        json_array_elements(${JSON.stringify(of(({ snapshot }) => snapshot))}::json)
      ) with ordinality as line (product_id, variant_id, name, sku, quantity, unit_price_minor, discount_minor, tax_minor,
        snapshot, place)
      returning id, position
    )
    select (select id from placed) as id, json_agg(lines.id order by lines.position) as line_ids from lines`.execute(tx)
  return rows[0]!
}

type Change = {
  id: number
  status: OrderStatus
  paymentStatus: PaymentStatus
  awaitsPayment: boolean
  note: string
  actor: string
  actorId: number | null
  /** What this is in the life of the order, where it is told by it. */
  milestone: 'completed' | 'cancelled' | null
}

export async function updateOrder(tx: Tx, change: Change, now: Date): Promise<void> {
  await sql`
    with changed as (
      update orders.orders set status = ${change.status}, payment_status = ${change.paymentStatus}, updated_at = ${now},
        payment_due_at = case when ${change.awaitsPayment} then payment_due_at end
      where id = ${change.id}
      returning id, status, payment_status
    )
    insert into orders.history (order_id, status, payment_status, note, actor, actor_id, happened_at, milestone)
    select id, status, payment_status, ${change.note}, ${change.actor}, ${change.actorId}::bigint, ${now},
      ${change.milestone}::orders.milestone
    from changed`.execute(tx)
}

const LINES = sql`(
  select json_agg(json_build_object('id', line.id, 'productId', line.product_id, 'variantId', line.variant_id,
    'name', line.name, 'sku', line.sku, 'quantity', line.quantity, 'unitPriceMinor', line.unit_price_minor,
    'lineTotalMinor', line.line_total_minor, 'discountMinor', line.discount_minor, 'taxMinor', line.tax_minor, 'snapshot', line.snapshot) order by line.position)
  from orders.lines line where line.order_id = "order".id)`

const ORDER = sql`"order".id, "order".number, "order".account_id, "order".email, "order".channel, "order".status,
  "order".payment_status, "order".currency, "order".subtotal_minor, "order".discount_minor, "order".tax_minor,
  "order".tax_percent, "order".tax_included, "order".shipping_minor, "order".total_minor, "order".coupon_code, "order".explanation,
  "order".address_id, "order".shipping_address, "order".billing_address, "order".shipping_method, "order".payment_method,
  "order".notes, "order".carrier, "order".tracking_number, "order".estimated_delivery, "order".placed_at, "order".updated_at,
  ${LINES} as lines`

/** An order by its id; refuses `order_not_found`. */
export async function getOrder(db: Db, id: number): Promise<Order> {
  const { rows } = await sql<Order>`select ${ORDER} from orders.orders "order" where id = ${id}`.execute(db)
  if (!rows[0]) throw missing('order')
  return rows[0]
}

/** Who looks: an account sees its own orders; `accountId: null` is staff and sees all. */
export type OrderScope = { accountId: number | null }

/** An order by its number, if the viewer may see it; refuses `order_not_found`, which is also what a stranger gets. */
export async function getOrderByNumber(db: Db, number: string, { accountId }: OrderScope): Promise<Order> {
  const { rows } = await sql<Order>`
    select ${ORDER} from orders.orders "order"
    where number = ${number} and (${accountId}::bigint is null or account_id = ${accountId})`.execute(db)
  if (!rows[0]) throw missing('order')
  return rows[0]
}

/** What names an order: its id, or its number. */
export type OrderRef = { id: number } | { number: string }
const isNamed = (ref: OrderRef) => ('id' in ref ? sql`id = ${ref.id}` : sql`number = ${ref.number}`)

/** An order by either, if the viewer may see it; refuses `order_not_found`. */
export async function getOrderBy(db: Db, ref: OrderRef, { accountId }: OrderScope): Promise<Order> {
  const { rows } = await sql<Order>`
    select ${ORDER} from orders.orders "order"
    where ${isNamed(ref)} and (${accountId}::bigint is null or account_id = ${accountId})`.execute(db)
  if (!rows[0]) throw missing('order')
  return rows[0]
}

export type LockedOrder = Pick<
  Order,
  | 'id'
  | 'number'
  | 'accountId'
  | 'status'
  | 'paymentStatus'
  | 'currency'
  | 'totalMinor'
  | 'couponCode'
  | 'paymentMethod'
  | 'channel'
> & { paymentDueAt: Date | null }

/** Locks an order for a change, by id or number, within a scope; refuses `order_not_found`. */
export async function lockOrder(
  tx: Tx,
  ref: OrderRef,
  { accountId }: OrderScope = { accountId: null },
): Promise<LockedOrder> {
  const { rows } = await sql<LockedOrder>`
    select id, number, account_id, channel, status, payment_status, currency, total_minor, coupon_code, payment_method,
      payment_due_at
    from orders.orders
    where ${isNamed(ref)} and (${accountId}::bigint is null or account_id = ${accountId})
    for update`.execute(tx)
  if (!rows[0]) throw missing('order')
  return rows[0]
}

export type OrderFilter = OrderScope & {
  /** Any of these. */
  statuses?: OrderStatus[]
  paymentStatus?: PaymentStatus
  from?: Date
  /** Exclusive. */
  until?: Date
  ordering: { by: 'placedAt' | 'totalMinor'; descending: boolean }
}

/** A page of orders with their lines, and how many there are. */
export async function listOrders(db: Db, filter: OrderFilter, page: { limit: number; offset: number }) {
  const { accountId, statuses = null, paymentStatus = null, from = null, until = null, ordering } = filter
  const column = ordering.by === 'totalMinor' ? sql`total_minor` : sql`placed_at`
  const direction = ordering.descending ? sql`desc` : sql`asc`
  const matching = sql`
    (${accountId}::bigint is null or account_id = ${accountId})
    and (${statuses}::orders.order_status[] is null or status = any(${statuses}))
    and (${paymentStatus}::orders.payment_status is null or payment_status = ${paymentStatus})
    and (${from}::timestamptz is null or placed_at >= ${from})
    and (${until}::timestamptz is null or placed_at < ${until})`
  const { rows } = await sql<Order>`
    select ${ORDER} from orders.orders "order" where ${matching}
    order by ${column} ${direction}, id ${direction} limit ${page.limit} offset ${page.offset}`.execute(db)
  const counted = await sql<{ count: number }>`
    select count(*) as count from orders.orders where ${matching}`.execute(db)
  return { rows, count: counted.rows[0]!.count }
}

export type HistoryEntry = {
  status: OrderStatus
  paymentStatus: PaymentStatus
  note: string
  actor: string
  /** The account of whoever did it; null where the shop or a gateway did. */
  actorId: number | null
  happenedAt: Date
}

/** What happened to an order, oldest first. */
export async function listOrderHistory(db: Db, orderId: number): Promise<HistoryEntry[]> {
  const histories = await findHistories(db, [orderId])
  return histories.get(orderId) ?? []
}

/** The same of several orders, by their ids. One statement. */
export async function findHistories(db: Db, orderIds: number[]): Promise<Map<number, HistoryEntry[]>> {
  const { rows } = await sql<HistoryEntry & { orderId: number }>`
    select order_id, status, payment_status, note, actor, actor_id, happened_at from orders.history
    where order_id = any(${orderIds}::bigint[]) order by id`.execute(db)
  return Map.groupBy(rows, ({ orderId }) => orderId)
}

/** Orders whose time to be paid has passed, oldest first. */
export async function findOverdueOrders(db: Db, now: Date, limit: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from orders.orders where payment_due_at < ${now} order by payment_due_at limit ${limit}`.execute(db)
  return rows.map(({ id }) => id)
}

/** Whether an order shows this picture of a product, by either of its addresses: the buyer goes on seeing it (MP-122). */
export async function isPictureInOrders(
  db: Db,
  productId: number,
  [one, other]: readonly [string, string],
): Promise<boolean> {
  const { rows } = await sql`
    select from orders.lines where product_id = ${productId} and snapshot->>'image' in (${one}, ${other}) limit 1`.execute(
    db,
  )
  return rows.length > 0
}
