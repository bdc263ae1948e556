/** SQL of how an order travels: what its parcels tell it. */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'
import type { Order } from './order.ts'

/** Notes how the parcel goes; where there are several, the last one counts. */
export async function noteTransport(
  tx: Tx,
  orderId: number,
  { carrier, trackingNumber, estimatedDelivery }: Pick<Order, 'carrier' | 'trackingNumber' | 'estimatedDelivery'>,
  now: Date,
): Promise<void> {
  await sql`
    update orders.orders set carrier = ${carrier}, tracking_number = ${trackingNumber},
      estimated_delivery = ${estimatedDelivery}, updated_at = ${now}
    where id = ${orderId}`.execute(tx)
}

/** How many units of what an order holds. */
export async function listLineUnits(db: Db, orderId: number): Promise<{ id: number; quantity: number }[]> {
  const { rows } = await sql<{ id: number; quantity: number }>`
    select id, quantity from orders.lines where order_id = ${orderId} order by position`.execute(db)
  return rows
}
