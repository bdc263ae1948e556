/** What was bought: for whoever wants to know whether somebody knows an article. */
import { sql } from 'kysely'
import type { Db } from '#platform/database'

/**
 * Whether an account has a product in an order, of any surface, that is paid or delivered, and was neither cancelled nor paid
 * back as a whole (NX-094). One statement.
 */
export async function hasBought(db: Db, accountId: number, productId: number): Promise<boolean> {
  const { rows } = await sql`
    select from orders.orders "order" join orders.lines line on line.order_id = "order".id
    where "order".account_id = ${accountId} and line.product_id = ${productId}
      and "order".status not in ('cancelled', 'refunded') and "order".payment_status <> 'refunded'
      and ("order".status = 'delivered' or "order".payment_status in ('paid', 'partially_refunded'))
    limit 1`.execute(db)
  return rows.length > 0
}

/** Whether an account has placed an order that was not cancelled. One statement. */
export async function hasOrdered(db: Db, accountId: number): Promise<boolean> {
  const { rows } = await sql`
    select from orders.orders where account_id = ${accountId} and status <> 'cancelled' limit 1`.execute(db)
  return rows.length > 0
}
