import { defineEvent } from '#platform/events'

/** Money went back to a buyer, for good. */
export const refundSucceeded = defineEvent<{ refundId: string; orderId: number }>('refund.succeeded')
