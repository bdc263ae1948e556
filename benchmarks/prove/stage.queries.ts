/** What is to be seen in the database once a race is over. */
import { sql } from 'kysely'
import type { Db } from '#platform/database'

export async function unitsLeft(db: Db, variantId: number): Promise<number> {
  const { rows } = await sql<{ units: number }>`
    select coalesce(sum(on_hand), 0)::int as units from inventory.levels where variant_id = ${variantId}`.execute(db)
  return rows[0]!.units
}

/** The numbers of the orders that hold an article and are not cancelled, and how many units. */
export async function ordersOf(db: Db, variantId: number): Promise<{ number: string; quantity: number }[]> {
  const { rows } = await sql<{ number: string; quantity: number }>`
    select "order".number, sum(line.quantity)::int as quantity
    from orders.lines line join orders.orders "order" on "order".id = line.order_id
    where line.variant_id = ${variantId} and "order".status <> 'cancelled' group by "order".number`.execute(db)
  return rows
}

export async function unitsInCarts(db: Db, variantId: number): Promise<number> {
  const { rows } = await sql<{ units: number }>`
    select coalesce(sum(quantity), 0)::int as units from cart.lines where variant_id = ${variantId}`.execute(db)
  return rows[0]!.units
}

export async function usesOf(db: Db, code: string): Promise<number> {
  const { rows } = await sql<{
    used: number
  }>`select used_count as used from promotions.coupons where code = ${code}`.execute(db)
  return rows[0]!.used
}

export type MoneyState = {
  status: string
  paymentStatus: string
  totalMinor: number
  paidMinor: number
  givenBackMinor: number
  payments: number
  /** How often it was told that it was paid. */
  paidEvents: number
}

/** How an order stands with the money. */
export async function moneyOf(db: Db, number: string): Promise<MoneyState> {
  const { rows } = await sql<MoneyState>`
    select "order".status, "order".payment_status, "order".total_minor,
      coalesce(sum(payment.amount_minor) filter (where payment.status in ('succeeded', 'partially_refunded', 'refunded')), 0)::int
        as paid_minor,
      coalesce(sum((select sum(amount_minor) from payments.refunds refund
        where refund.payment_id = payment.id and refund.status = 'succeeded')), 0)::int as given_back_minor,
      count(payment.id)::int as payments,
      (select count(*)::int from platform.events event
        where event.name = 'order.paid' and (event.payload ->> 'orderId')::bigint = "order".id) as paid_events
    from orders.orders "order" left join payments.payments payment on payment.order_id = "order".id
    where "order".number = ${number} group by "order".id`.execute(db)
  return rows[0]!
}

/** The id of the payment that waits for an order, as soon as it is written down. */
export async function paymentOf(db: Db, number: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select id from payments.payments where order_number = ${number} order by created_at limit 1`.execute(db)
  return rows[0]?.id
}

/** Who lost a race keeps his cart: for the next one all are empty. */
export async function emptyCarts(db: Db): Promise<void> {
  await sql`delete from cart.lines`.execute(db)
}
