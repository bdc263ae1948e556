/** The cart as it is shown: current prices, totals, and what changed since something was put in. No database here. */
import type { Offer } from '#commerce/browse'
import type { PriceStep } from '#commerce/orders'
import type { CouponFault, StoredCoupon } from '#commerce/promotions'

/** A guest cart expires this long after it was last changed (V1-258). */
export const GUEST_CART_DAYS = 30
/** Of one variant in one cart. */
export const QUANTITY_MAX = 999

export type CartLine = {
  id: number
  variantId: number
  quantity: number
  /** What one costs now: the price of the offer (V1-257). */
  unitPriceMinor: number
  /** What one cost when it was put in. */
  addedPriceMinor: number
  addedAt: Date
}

/** What the buyer should know. A surface phrases it; amounts are in minor units of the currency. */
export type CartWarning =
  | { code: 'price_changed'; name: string; fromMinor: number; toMinor: number; currency: string }
  | { code: 'unavailable'; name: string }
  | { code: 'too_few_left'; name: string; available: number }
  /** Left behind when two carts were merged: a cart holds one currency (V1-259). */
  | { code: 'other_currency'; name: string; currency: string }
  | { code: 'coupon_not_applied'; name: string; reason: CouponFault }

export type Cart = {
  /** Null where there is no cart yet. */
  id: number | null
  /** A guest's token; null for an account, and where no cart is. */
  token: string | null
  currency: string
  lines: (CartLine & { offer: Offer })[]
  subtotalMinor: number
  discountMinor: number
  /** The code that its owner has entered, whether it takes anything off at the moment or not. */
  coupon: string | null
  /** Its coupon takes care of the transport. */
  shipsFree: boolean
  totalMinor: number
  /** Which rule gave which amount. What tax and transport cost is known once it is known where it goes. */
  explanation: PriceStep[]
  /** Units, over all lines. */
  itemCount: number
  warnings: CartWarning[]
  createdAt: Date | null
  updatedAt: Date | null
}

export type StoredLine = { id: number; variantId: number; quantity: number; unitPriceMinor: number; addedAt: Date }
export type StoredCart = {
  id: number
  token: string | null
  /** Null for a guest's. */
  accountId: number | null
  currency: string
  couponCode: string | null
  lines: StoredLine[]
  createdAt: Date
  updatedAt: Date
}

/** What the code in a cart is worth at the moment, or why it is worth nothing. */
export type CartCoupon =
  | { code: string; fault: CouponFault }
  | { code: string; description: string; baseMinor: number; discountMinor: number; coupon: StoredCoupon }

/**
 * A stored cart with the offers of today. Lines whose article is no longer sold stay in sight, with a warning, but count
 * in no total: they cannot be ordered. Lines of which too few are left do count: the buyer has to lower them. `coupon` is what the code
 * in it is worth, where there is one.
 */
export function presentCart(stored: StoredCart, offers: Offer[], coupon?: CartCoupon): Cart {
  const offerOf = new Map(offers.map((offer) => [offer.variantId, offer]))
  const lines = stored.lines.flatMap(({ id, variantId, quantity, unitPriceMinor: addedPriceMinor, addedAt }) => {
    const offer = offerOf.get(variantId)
    // Deleted this instant: its line is about to go as well.
    if (!offer) return []
    return [{ id, variantId, quantity, unitPriceMinor: offer.priceMinor, addedPriceMinor, addedAt, offer }]
  })
  const counted = lines.filter(({ offer }) => isForSale(offer, stored.currency))
  const subtotalMinor = counted.reduce((sum, line) => sum + line.quantity * line.unitPriceMinor, 0)
  const discountMinor = coupon && 'discountMinor' in coupon ? coupon.discountMinor : 0
  return {
    id: stored.id,
    token: stored.token,
    currency: stored.currency,
    lines,
    subtotalMinor,
    discountMinor,
    coupon: stored.couponCode,
    shipsFree: coupon !== undefined && 'coupon' in coupon && coupon.coupon.discountType === 'free_shipping',
    totalMinor: subtotalMinor - discountMinor,
    explanation: [...counted.map(priceStepOf), ...(coupon ? [couponStepOf(coupon)] : [])],
    itemCount: lines.reduce((sum, line) => sum + line.quantity, 0),
    warnings: [
      ...lines.flatMap((line) => warningsOf(line, stored.currency)),
      ...(coupon && 'fault' in coupon
        ? [{ code: 'coupon_not_applied' as const, name: coupon.code, reason: coupon.fault }]
        : []),
    ],
    createdAt: stored.createdAt,
    updatedAt: stored.updatedAt,
  }
}

const priceStepOf = ({ offer, quantity }: Cart['lines'][number]): PriceStep => ({
  rule: 'price',
  name: offer.variantName ? `${offer.productName} (${offer.variantName})` : offer.productName,
  quantity,
  unitMinor: offer.priceMinor,
  listMinor: offer.compareAtMinor,
  amountMinor: quantity * offer.priceMinor,
})

const couponStepOf = (coupon: CartCoupon): PriceStep =>
  'fault' in coupon
    ? { rule: 'coupon_not_applied', code: coupon.code, reason: coupon.fault }
    : {
        rule: 'coupon',
        code: coupon.code,
        description: coupon.description,
        baseMinor: coupon.baseMinor,
        amountMinor: -coupon.discountMinor,
      }

/** What is shown where nobody has put anything in yet (V1-250). */
export function emptyCartIn(currency: string): Cart {
  return {
    id: null,
    token: null,
    currency,
    lines: [],
    subtotalMinor: 0,
    discountMinor: 0,
    coupon: null,
    shipsFree: false,
    totalMinor: 0,
    explanation: [],
    itemCount: 0,
    warnings: [],
    createdAt: null,
    updatedAt: null,
  }
}

export type Shortage = { offer: Offer; requested: number; available: number }

/** The lines that cannot be ordered as they are; of what is no longer sold there are none (SF-280, SF-282). */
export function shortagesOf({ lines, currency }: Cart): Shortage[] {
  return lines
    .map(({ offer, quantity }) => {
      const available = isForSale(offer, currency) ? offer.available : 0
      return { offer, requested: quantity, available }
    })
    .filter(({ requested, available }) => requested > available)
}

/** Whether a line with this offer can be bought in a cart of that currency: an article may have changed its own. */
export function isForSale(offer: Offer, currency: string): boolean {
  return offer.isSellable && offer.currency === currency
}

function warningsOf({ quantity, addedPriceMinor, offer }: Cart['lines'][number], currency: string): CartWarning[] {
  const name = offer.productName
  if (!isForSale(offer, currency)) return [{ code: 'unavailable', name }]
  const warnings: CartWarning[] = []
  if (offer.priceMinor !== addedPriceMinor) {
    warnings.push({ code: 'price_changed', name, fromMinor: addedPriceMinor, toMinor: offer.priceMinor, currency })
  }
  if (quantity > offer.available) warnings.push({ code: 'too_few_left', name, available: offer.available })
  return warnings
}
