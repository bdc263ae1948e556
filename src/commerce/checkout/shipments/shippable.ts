import type { OrderStatus } from '#commerce/orders'
import { Refusal } from '#platform/refusal.ts'

/** Whether parcels of such an order may leave: what is not paid and not to be paid at the door is pending. */
export const isShippable = (status: OrderStatus): boolean => status === 'processing' || status === 'shipped'

/** Refuses `not_shippable`, with the status. */
export function refuseUnshippable(status: OrderStatus): void {
  if (!isShippable(status)) throw notShippable(status)
}

export const notShippable = (status: OrderStatus) =>
  new Refusal('conflict', 'not_shippable', 'The order cannot be shipped', { status })
