/** SQL of returns. */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'
import { missing } from '#platform/refusal.ts'
import type { Return, ReturnLine, ReturnStatus } from './return.ts'

const RETURN = sql`sent_back.id, sent_back.order_id, sent_back.status, sent_back.reason, sent_back.note, sent_back.refund_minor,
  sent_back.refund_id, sent_back.requested_at, sent_back.updated_at, "order".number as order_number, "order".currency,
  "order".account_id, (
    select json_agg(json_build_object('lineId', sent.line_id, 'quantity', sent.quantity, 'refundMinor', sent.refund_minor,
      'name', line.name, 'sku', line.sku) order by line.position)
    from orders.return_lines sent join orders.lines line on line.id = sent.line_id
    where sent.return_id = sent_back.id) as lines`
const RETURNS = sql`select ${RETURN} from orders.returns sent_back join orders.orders "order" on "order".id = sent_back.order_id`

type NewReturn = { orderId: number; reason: string; refundMinor: number; lines: ReturnLine[] }

export async function insertReturn(tx: Tx, wish: NewReturn, now: Date): Promise<number> {
  const { orderId, reason, refundMinor, lines } = wish
  const { rows } = await sql<{ id: number }>`
    with asked as (
      insert into orders.returns (order_id, status, reason, refund_minor, requested_at, updated_at)
      values (${orderId}, 'requested', ${reason}, ${refundMinor}, ${now}, ${now}) returning id
    ), sent as (
      insert into orders.return_lines (return_id, line_id, quantity, refund_minor)
      select asked.id, line.* from asked, unnest(${lines.map(({ lineId }) => lineId)}::bigint[],
        ${lines.map(({ quantity }) => quantity)}::int[], ${lines.map((line) => line.refundMinor)}::bigint[]) as line
    )
    select id from asked`.execute(tx)
  return rows[0]!.id
}

/** When an order arrived, and how many units of each line are in a return that was not rejected. The caller has locked the order. */
export async function findReturned(
  tx: Tx,
  orderId: number,
): Promise<{ deliveredAt: Date | null; units: Record<number, number> }> {
  const { rows } = await sql<{ deliveredAt: Date | null; units: Record<number, number> | null }>`
    select (select max(happened_at) from orders.history where order_id = ${orderId} and status = 'delivered') as delivered_at, (
      select json_object_agg(line_id, units) from (
        select sent.line_id, sum(sent.quantity) as units
        from orders.return_lines sent join orders.returns sent_back on sent_back.id = sent.return_id
        where sent_back.order_id = ${orderId} and sent_back.status <> 'rejected' group by sent.line_id) as sums) as units`.execute(
    tx,
  )
  const { deliveredAt, units } = rows[0]!
  return { deliveredAt, units: units ?? {} }
}

/** A return; refuses `return_not_found`. */
export async function getReturn(db: Db, id: number): Promise<Return> {
  const { rows } = await sql<Return>`${RETURNS} where sent_back.id = ${id}`.execute(db)
  if (!rows[0]) throw missing('return')
  return rows[0]
}

/** All that an account has sent back, or wants to, oldest first. */
export async function listReturnsOfBuyer(db: Db, accountId: number): Promise<Return[]> {
  const { rows } = await sql<Return>`${RETURNS} where "order".account_id = ${accountId} order by sent_back.id`.execute(
    db,
  )
  return rows
}

/** A page of the returns of everybody, or of an order, newest first, and how many there are. */
export async function listReturns(
  db: Db,
  { status, orderId }: { status?: ReturnStatus | null; orderId?: number },
  { limit, offset }: { limit: number; offset: number },
): Promise<{ rows: Return[]; count: number }> {
  // Only what is asked for stands there: one plan for all would look through everybody's returns for those of an order.
  const ofStatus = status ? sql`sent_back.status = ${status}` : sql`true`
  const ofOrder = orderId === undefined ? sql`true` : sql`sent_back.order_id = ${orderId}`
  const matching = sql`${ofStatus} and ${ofOrder}`
  const { rows } = await sql<Return>`
    ${RETURNS} where ${matching} order by sent_back.requested_at desc, sent_back.id desc limit ${limit} offset ${offset}`.execute(
    db,
  )
  const counted = await sql<{ count: number }>`
    select count(*) as count from orders.returns sent_back where ${matching}`.execute(db)
  return { rows, count: counted.rows[0]!.count }
}

type Change = { status: ReturnStatus; note?: string | undefined; refund?: { id: string | null; amountMinor: number } }

/** The caller has locked the order. */
export async function updateReturn(tx: Tx, id: number, { status, note, refund }: Change, now: Date): Promise<void> {
  await sql`
    update orders.returns set status = ${status}, note = coalesce(${note ?? null}, note),
      refund_id = coalesce(${refund?.id ?? null}::uuid, refund_id),
      refund_minor = coalesce(${refund?.amountMinor ?? null}::bigint, refund_minor), updated_at = ${now}
    where id = ${id}`.execute(tx)
}

/** The money for what a return brought has gone back. */
export async function markReturnRefunded(tx: Tx, refundId: string): Promise<void> {
  await sql`update orders.returns set status = 'refunded' where refund_id = ${refundId}`.execute(tx)
}
