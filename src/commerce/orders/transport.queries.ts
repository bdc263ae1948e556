/** SQL of how an order travels: what its parcels tell it. */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'
import type { Order, OrderAddress } from './order.ts'

/** Notes how the parcel goes, and what that costs the shop where it is said; where there are several, the last one counts. */
export async function noteTransport(
  tx: Tx,
  orderId: number,
  {
    carrier,
    trackingNumber,
    estimatedDelivery,
    transportCostMinor = null,
  }: Pick<Order, 'carrier' | 'trackingNumber' | 'estimatedDelivery'> & { transportCostMinor?: number | null },
  now: Date,
): Promise<void> {
  await sql`
    update orders.orders set carrier = ${carrier}, tracking_number = ${trackingNumber},
      estimated_delivery = ${estimatedDelivery}, transport_cost_minor = coalesce(${transportCostMinor}, transport_cost_minor),
      updated_at = ${now}
    where id = ${orderId}`.execute(tx)
}

/** How many units of what an order holds. */
export async function listLineUnits(db: Db, orderId: number): Promise<{ id: number; quantity: number }[]> {
  const { rows } = await sql<{ id: number; quantity: number }>`
    select id, quantity from orders.lines where order_id = ${orderId} order by position`.execute(db)
  return rows
}

/** Where an order goes. A bill that went to the same address goes there too. */
export async function setShippingAddress(
  tx: Tx,
  orderId: number,
  address: OrderAddress,
  addressId: number | null,
): Promise<void> {
  await sql`
    update orders.orders set shipping_address = ${JSON.stringify(address)}::jsonb, address_id = ${addressId},
      billing_address = case when billing_address = shipping_address then ${JSON.stringify(address)}::jsonb else billing_address end
    where id = ${orderId}`.execute(tx)
}
