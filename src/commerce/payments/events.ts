import { defineEvent } from '#platform/events'

/** Money went back to a buyer, for good. */
export const refundSucceeded = defineEvent<{ refundId: string; orderId: number }>('refund.succeeded')

/** A payment came to nothing: counted, for those who watch the shop; nobody reacts to it. */
export const PAYMENT_FAILED = 'payment.failed'
