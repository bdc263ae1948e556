import type { Tx } from '#platform/database'
import { invalidFields } from '#platform/refusal.ts'
import { discountsOf, faultOf, type Redemption } from './coupon.ts'
import { deleteRedemption, insertRedemption } from './queries.ts'

/** `discounts` are the shares of the lines in what is taken off, in the order of the goods; `baseMinor` is what it is taken of. */
export type Redeemed = {
  code: string
  description: string
  baseMinor: number
  discounts: number[]
  freeShipping: boolean
  /** Whoever has ordered before may not use it: the caller knows. */
  firstOrderOnly: boolean
}

/**
 * Uses a coupon for an order: counts it, notes who used it, and says what it is worth. One statement. Refuses
 * (`coupon_code`) with the reason of V1-272; the caller's transaction then takes the counting back.
 */
export async function redeemCoupon(tx: Tx, redemption: Redemption, now: Date): Promise<Redeemed> {
  const found = await insertRedemption(tx, redemption, now)
  if (!found) throw invalidFields({ coupon_code: 'coupon_unknown' })
  const { coupon, usesByAccount, isUsedUp } = found
  const { goods, currency } = redemption
  const fault = faultOf(coupon, { goods, currency, usesByAccount, isUsedUp, now })
  if (fault) throw invalidFields({ coupon_code: fault })
  return {
    code: coupon.code,
    description: coupon.description,
    ...discountsOf(coupon, goods),
    freeShipping: coupon.discountType === 'free_shipping',
    firstOrderOnly: coupon.firstOrderOnly,
  }
}

/** Gives back the use of an order that was cancelled before payment. A second call finds nothing (V1-273). */
export async function giveCouponBack(tx: Tx, orderNumber: string): Promise<void> {
  await deleteRedemption(tx, orderNumber)
}
