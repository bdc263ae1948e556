/** Coupons as staff keeps them (V1-270), and what one would be worth (V1-271). */
import { type Db, inTransaction, violatedConstraint } from '#platform/database'
import { invalidFields, missing } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import { type Coupon, type CouponFault, discountsOf, faultOf, type Goods } from './coupon.ts'
import { findCoupon, findCouponByCode, removeStoredCoupon, type StoredCoupon, updateCoupon } from './coupons.queries.ts'
import { addCoupon } from './queries.ts'

/** Refuses a code that another coupon has (`code`: `coupon_code_taken`), and one that ends before it begins (`valid_to`: `dates_reversed`). */
export async function createCoupon(app: App, coupon: Coupon): Promise<StoredCoupon> {
  refuseReversed(coupon)
  await inTransaction(app.db, (tx) => addCoupon(tx, coupon)).catch(refuseTaken)
  return (await findCouponByCode(app.db, coupon.code, null))!
}

/** Refuses `coupon_not_found`. */
export async function getCoupon(db: Db, id: number): Promise<StoredCoupon> {
  const coupon = await findCoupon(db, id)
  if (!coupon) throw missing('coupon')
  return coupon
}

/** Refuses as `createCoupon`, and a limit below what was used already (`usage_limit`: `below_used`). */
export async function changeCoupon(app: App, id: number, changes: Partial<Coupon>): Promise<StoredCoupon> {
  await inTransaction(app.db, async (tx) => {
    const { id: _id, usedCount, createdAt: _at, ...coupon } = await getCoupon(tx, id)
    const changed = { ...coupon, ...changes }
    refuseReversed(changed)
    if (changed.usageLimit !== null && changed.usageLimit < usedCount)
      throw invalidFields({ usage_limit: { code: 'minimum', limit: usedCount } })
    await updateCoupon(tx, id, changed)
  }).catch(refuseTaken)
  return getCoupon(app.db, id)
}

/** What was redeemed stays redeemed. Refuses `coupon_not_found`. */
export async function removeCoupon(app: App, id: number): Promise<void> {
  const removed = await inTransaction(app.db, (tx) => removeStoredCoupon(tx, id, app.now()))
  if (!removed) throw missing('coupon')
}

export type CouponUse = { code: string; accountId: number | null; goods: Goods[]; currency: string }
/** What a coupon would do for a cart: its shares by line, in the order of the goods, or why it does nothing. */
export type Weighed =
  | { fault: CouponFault }
  | { fault: undefined; coupon: StoredCoupon; baseMinor: number; discounts: number[] }

/** Looks what a coupon would take off; it is not used by that. One statement. */
export async function weighCoupon(
  db: Db,
  { code, accountId, goods, currency }: CouponUse,
  now: Date,
): Promise<Weighed> {
  const coupon = await findCouponByCode(db, code, accountId)
  if (!coupon) return { fault: 'coupon_unknown' }
  const isUsedUp = coupon.usageLimit !== null && coupon.usedCount >= coupon.usageLimit
  const fault = faultOf(coupon, { goods, currency, usesByAccount: coupon.usesByAccount, isUsedUp, now })
  return fault ? { fault } : { fault, coupon, ...discountsOf(coupon, goods) }
}

function refuseReversed({ validFrom, validTo }: Pick<Coupon, 'validFrom' | 'validTo'>): void {
  if (validFrom && validTo && validTo <= validFrom) throw invalidFields({ valid_to: 'dates_reversed' })
}

function refuseTaken(error: unknown): never {
  if (violatedConstraint(error) === 'coupons_code_key') throw invalidFields({ code: 'coupon_code_taken' })
  throw error
}
