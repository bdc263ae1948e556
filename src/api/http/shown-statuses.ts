import type { OrderStatus } from '#commerce/orders'

/** The states that v1 and marketplace, which know no order that is completed, show as this one. */
export const statusesShownAs = (status: OrderStatus): OrderStatus[] =>
  status === 'delivered' ? ['delivered', 'completed'] : [status]
