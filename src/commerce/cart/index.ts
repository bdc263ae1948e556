/**
 * Cart: what somebody means to buy, an account's or a guest's. Owns the schema "cart".
 * Invariant: an account has at most one cart, and the lines of a cart are all in one currency. A cart reserves nothing.
 */
export { type AbandonedCart, listAbandonedCarts, markReminded } from './abandoned-carts.queries.ts'
export { type AddedLine, addToCart } from './add-to-cart.ts'
export { type Cart, type CartLine, type CartWarning, type Shortage, shortagesOf } from './cart.ts'
export { changeLine, emptyCart, removeLine } from './change-lines.ts'
export { chooseVariant } from './choose-variant.ts'
export { dropFromCarts } from './drop-product.queries.ts'
export { dropStaleGuestCarts } from './drop-stale-guest-carts.ts'
export { enterCoupon, examineCoupon, removeCartCoupon } from './enter-coupon.ts'
export { cartMerged } from './events.ts'
export { fillCart } from './fill-cart.ts'
export { mergeCarts } from './merge-carts.ts'
export type { CartOwner } from './owner.ts'
export { deleteCart, lockOrInsertAccountCart as holdCart } from './queries.ts'
export { readCart } from './read-cart.ts'
export { restoreCart, restoreTokenOf } from './restore-cart.ts'
export { type TakenLine, takeLines } from './take-lines.ts'
