/** Coupons as an idea: when one may be used, and what it is worth. */
import { percentOf, shareOut } from '#platform/money.ts'
import type { PromotionsCoupons } from './tables.ts'

/**
 * A coupon as it is stored. `percent` ("10.0000") belongs to a percentage, `amountMinor` with `currency` to a fixed
 * discount; limits that are null do not limit.
 */
export type Coupon = Omit<PromotionsCoupons, 'id' | 'usedCount' | 'createdAt' | 'removedAt'>

/** A line that is bought: what it costs, and what a coupon may ask of it. */
export type Goods = { productId: number; categoryPath: number[]; amountMinor: number }
/** The use of a coupon by an order. */
export type Redemption = { code: string; accountId: number; orderNumber: string; goods: Goods[]; currency: string }

/** Why a coupon cannot be used (V1-272); of who ordered before only the caller knows. */
export type CouponFault =
  | 'coupon_unknown'
  | 'coupon_expired'
  | 'coupon_not_active_yet'
  | 'coupon_used_up'
  | 'coupon_already_used'
  | 'coupon_below_minimum'
  | 'coupon_for_other_goods'
  | 'coupon_for_first_order'

export type Purchase = { goods: Goods[]; currency: string; usesByAccount: number; isUsedUp: boolean; now: Date }

/** The first rule that a purchase breaks; undefined where the coupon may be used. */
export function faultOf(coupon: Coupon, purchase: Purchase): CouponFault | undefined {
  const { goods, currency, usesByAccount, isUsedUp, now } = purchase
  if (!coupon.isActive || (coupon.currency !== null && coupon.currency !== currency)) return 'coupon_unknown'
  if (coupon.validFrom && coupon.validFrom > now) return 'coupon_not_active_yet'
  if (coupon.validTo && coupon.validTo <= now) return 'coupon_expired'
  if (isUsedUp) return 'coupon_used_up'
  if (coupon.usageLimitPerAccount !== null && usesByAccount >= coupon.usageLimitPerAccount) return 'coupon_already_used'
  if (coupon.minOrderMinor !== null && worthOf(goods) < coupon.minOrderMinor) return 'coupon_below_minimum'
  if (!goods.some((each) => isFor(coupon, each))) return 'coupon_for_other_goods'
  return undefined
}

/** Whether a coupon counts for a line: it may be for some products, or for categories with all below them (V1-270). */
export function isFor({ productIds, categoryIds }: Coupon, { productId, categoryPath }: Goods): boolean {
  if (productIds.length === 0 && categoryIds.length === 0) return true
  return productIds.includes(productId) || categoryIds.some((id) => categoryPath.includes(id))
}

/** What a coupon takes off, line by line, and of what: never more than the goods that it is for cost (V1-273). */
export function discountsOf(coupon: Coupon, goods: Goods[]): { baseMinor: number; discounts: number[] } {
  const weights = goods.map((each) => (isFor(coupon, each) ? each.amountMinor : 0))
  const baseMinor = weights.reduce((sum, amountMinor) => sum + amountMinor, 0)
  const wanted = coupon.percent !== null ? percentOf(baseMinor, Number(coupon.percent)) : (coupon.amountMinor ?? 0)
  const discountMinor = Math.min(wanted, coupon.maxDiscountMinor ?? wanted, baseMinor)
  return { baseMinor, discounts: shareOut(discountMinor, weights) }
}

export const worthOf = (goods: Goods[]): number => goods.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
