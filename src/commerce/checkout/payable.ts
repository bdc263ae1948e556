import type { OrderStatus, PaymentStatus } from '#commerce/orders'

/** Whether money is wanted for an order: it is neither paid nor called off. */
export const isPayable = (order: { status: OrderStatus; paymentStatus: PaymentStatus }): boolean =>
  ['pending', 'failed'].includes(order.paymentStatus) && !['cancelled', 'refunded'].includes(order.status)
