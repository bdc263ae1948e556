import { defineEvent } from '#platform/events'

export const orderPlaced = defineEvent<{ orderId: number }>('order.placed')
export const orderPaid = defineEvent<{ orderId: number }>('order.paid')
export const orderCancelled = defineEvent<{ orderId: number }>('order.cancelled')
