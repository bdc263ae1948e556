/** Coupons as an idea: when one may be used, and what it is worth. */
import { percentOf } from '#platform/money.ts'
import type { PromotionsCoupons } from './tables.ts'

/**
 * A coupon as it is stored. `percent` ("10.0000") belongs to a percentage, `amountMinor` with `currency` to a fixed
 * discount; limits that are null do not limit.
 */
export type Coupon = Omit<PromotionsCoupons, 'id' | 'usedCount'>

/** The use of a coupon by an order. */
export type Redemption = {
  code: string
  accountId: number
  orderNumber: string
  subtotalMinor: number
  currency: string
}

/** Why a coupon cannot be used (V1-272). */
export type CouponFault =
  | 'coupon_unknown'
  | 'coupon_expired'
  | 'coupon_not_active_yet'
  | 'coupon_used_up'
  | 'coupon_already_used'
  | 'coupon_below_minimum'

export type Purchase = { subtotalMinor: number; currency: string; usesByAccount: number; isUsedUp: boolean; now: Date }

/** The first rule that a purchase breaks; undefined where the coupon may be used. */
export function faultOf(coupon: Coupon, purchase: Purchase): CouponFault | undefined {
  const { subtotalMinor, currency, usesByAccount, isUsedUp, now } = purchase
  if (!coupon.isActive || (coupon.currency !== null && coupon.currency !== currency)) return 'coupon_unknown'
  if (coupon.validFrom && coupon.validFrom > now) return 'coupon_not_active_yet'
  if (coupon.validTo && coupon.validTo <= now) return 'coupon_expired'
  if (isUsedUp) return 'coupon_used_up'
  if (coupon.usageLimitPerAccount !== null && usesByAccount >= coupon.usageLimitPerAccount) return 'coupon_already_used'
  if (coupon.minOrderMinor !== null && subtotalMinor < coupon.minOrderMinor) return 'coupon_below_minimum'
  return undefined
}

/** What a coupon takes off the goods, in minor units: never more than they cost (V1-273). */
export function discountOf(coupon: Coupon, subtotalMinor: number): number {
  const wanted = coupon.percent !== null ? percentOf(subtotalMinor, Number(coupon.percent)) : (coupon.amountMinor ?? 0)
  return Math.min(wanted, coupon.maxDiscountMinor ?? wanted, subtotalMinor)
}
