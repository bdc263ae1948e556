/**
 * Promotions: coupons, and who used them. Owns the schema "promotions".
 * Invariant: the counter of a coupon is the number of its redemptions, and never above its limit.
 */
export type { Coupon, CouponFault, Goods } from './coupon.ts'
export { listCoupons, type StoredCoupon } from './coupons.queries.ts'
export { changeCoupon, createCoupon, getCoupon, removeCoupon, type Weighed, weighCoupon } from './coupons.ts'
export { addCoupon } from './queries.ts'
export { giveCouponBack, type Redeemed, redeemCoupon } from './redeem-coupon.ts'
