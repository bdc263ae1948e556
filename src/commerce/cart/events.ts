import { defineEvent } from '#platform/events'

/** The cart of a guest, which is gone by now, went into that of the account that the guest turned out to be. */
export const cartMerged = defineEvent<{ cartId: number; accountId: number }>('cart.merged')
