import { defineEvent } from '#platform/events'

/** A product, or what a page shows of it, is new, different or gone. */
export const productChanged = defineEvent<{ productId: number }>('catalog.product_changed')
