/** What an interaction tells of a taste (MP-153). A rating counts what it gives. */
export const WEIGHTS = { VIEW: 1, WISHLIST: 2, CART: 3, PURCHASE: 5 } as const

/** Of so many things somebody liked the newest count. */
export const TASTES_MAX = 100
/** Of two things that somebody liked the older one counts so many times the newer one: the first recommendation follows the last step. */
export const FADING = 0.8
/** What so few people have in common is believed half. */
export const BELIEVED_HALF = 3
/** Of each product so many others are kept. */
export const NEIGHBOURS_MAX = 100
