import { hasOrdered } from '#commerce/orders'
import { type CouponFault, weighCoupon } from '#commerce/promotions'
import type { Db } from '#platform/database'
import { type Cart, type CartCoupon, isForSale } from './cart.ts'

/** What a coupon would do for what is in a cart (V1-271); it is not used by that. One statement, two for a coupon of first orders. */
export async function weighFor(
  db: Db,
  cart: Pick<Cart, 'lines' | 'currency'>,
  accountId: number | null,
  code: string,
  now: Date,
): Promise<CartCoupon> {
  const goods = cart.lines
    .filter(({ offer }) => isForSale(offer, cart.currency))
    .map(({ offer, quantity, unitPriceMinor }) => ({
      productId: offer.productId,
      categoryPath: offer.categoryPath,
      amountMinor: quantity * unitPriceMinor,
    }))
  const weighed = await weighCoupon(db, { code, accountId, goods, currency: cart.currency }, now)
  const refuse = (fault: CouponFault): CartCoupon => ({ code, fault })
  if (weighed.fault) return refuse(weighed.fault)
  const { coupon, baseMinor, discounts } = weighed
  if (coupon.firstOrderOnly && accountId !== null && (await hasOrdered(db, accountId)))
    return refuse('coupon_for_first_order')
  const discountMinor = discounts.reduce((sum, part) => sum + part, 0)
  return { code: coupon.code, description: coupon.description, baseMinor, discountMinor, coupon }
}
