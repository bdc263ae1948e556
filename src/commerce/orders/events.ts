import { defineEvent } from '#platform/events'

export const orderPlaced = defineEvent<{ orderId: number }>('order.placed')
export const orderPaid = defineEvent<{ orderId: number }>('order.paid')
export const orderCancelled = defineEvent<{ orderId: number }>('order.cancelled')
/** Of what was given back, the books know: a credit note was written where one was due. */
export const refundCredited = defineEvent<{ refundId: string; orderId: number }>('refund.credited')
/** Staff has said what becomes of the goods that a buyer wants to send back. */
export const returnDecided = defineEvent<{ returnId: number }>('return.decided')
