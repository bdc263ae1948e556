/** From what is taken out of a cart to an order with its figures, and the reasons for them. */
import { findOffers, type Offer, weightOf } from '#commerce/browse'
import { type CartOwner, takeLines } from '#commerce/cart'
import { hasOrdered, type OrderDraft, priceOrder, type SumStep, termsOf } from '#commerce/orders'
import { type Redeemed, redeemCoupon } from '#commerce/promotions'
import { gramsOf, type Place, type Quote, quotesFor, type ShippingMethod } from '#commerce/shipping'
import type { Tx } from '#platform/database'
import { invalidFields, Refusal } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import type { Buyer, Checkout } from './place-order.ts'

/** A line of the cart as it is agreed: today's price and name. */
export type AgreedLine = { offer: Offer; quantity: number }
export type Figures = ReturnType<typeof priceOrder<OrderDraft['lines'][number]>> &
  Pick<OrderDraft, 'currency' | 'couponCode' | 'shippingMethod' | 'explanation'>

/** What is in a cart as it is agreed, and the coupon that was entered there. */
export type Agreed = { lines: AgreedLine[]; couponCode: string | null }

/** Empties the cart. Its rows stay locked: a second checkout of the same cart waits here, and finds it empty. */
export async function takeAgreedLines(tx: Tx, owner: CartOwner, now: Date): Promise<Agreed> {
  const { lines, couponCode } = await takeLines(tx, owner, now)
  return { lines: await agreeOn(tx, lines), couponCode }
}

/**
 * Today's prices and names. Refuses nothing at all (`empty_cart`), and what is no longer sold (`not_sellable`, with everything that is
 * short in `items`).
 */
export async function agreeOn(tx: Tx, taken: { variantId: number; quantity: number }[]): Promise<AgreedLine[]> {
  if (taken.length === 0) throw new Refusal('invalid', 'empty_cart', 'The cart is empty')
  const offers = await findOffers(
    tx,
    taken.map((line) => line.variantId),
  )
  const offerOf = new Map(offers.map((offer) => [offer.variantId, offer]))
  const wished = taken.map(({ variantId, quantity }) => ({ variantId, offer: offerOf.get(variantId), quantity }))
  const currency = wished[0]!.offer?.currency
  // An article whose currency was changed since it was put in cannot be sold together with the others.
  const isSold = (line: Wished): line is Wished & AgreedLine =>
    Boolean(line.offer?.isSellable) && line.offer?.currency === currency
  if (wished.every(isSold)) return wished
  const { name } = toShortItem(wished.find((line) => !isSold(line))!, 0)
  const items = wished
    .map((line) => toShortItem(line, isSold(line) ? line.offer.available : 0))
    .filter(({ requested, available }) => requested > available)
  throw new Refusal('conflict', 'not_sellable', `${name} is no longer sold`, { name, items })
}

type Wished = { variantId: number; offer: Offer | undefined; quantity: number }

const toShortItem = ({ variantId, offer, quantity }: Wished, available: number) => ({
  productId: offer?.productId,
  variantId,
  name: offer ? nameOf(offer) : 'an article',
  requested: quantity,
  available,
})

export type Pricing = {
  number: string
  buyer: Buyer
  checkout: Checkout
  couponCode: string | null
  lines: AgreedLine[]
  place: Place
  methods: ShippingMethod[]
}

/** Uses the coupon, and reckons (V1-301, V1-273, SF-294). Refuses coupons and shipping methods that do not serve. */
export async function priceLines(tx: Tx, app: App, pricing: Pricing, now: Date): Promise<Figures> {
  const { number, buyer, checkout, couponCode, lines, place, methods } = pricing
  const { currency } = lines[0]!.offer
  const goods = lines.map(({ offer, quantity }) => ({
    productId: offer.productId,
    categoryPath: offer.categoryPath,
    amountMinor: quantity * offer.priceMinor,
  }))
  const coupon = couponCode
    ? await redeemCoupon(
        tx,
        { code: couponCode, accountId: buyer.accountId, orderNumber: number, goods, currency },
        now,
      )
    : undefined
  if (coupon?.firstOrderOnly && (await hasOrdered(tx, buyer.accountId)))
    throw invalidFields({ coupon_code: 'coupon_for_first_order' })
  const goodsMinor = goods.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  const discountMinor = coupon?.discounts.reduce((sum, part) => sum + part, 0) ?? 0
  const grams = gramsOf(lines.map(({ offer, quantity }) => ({ quantity, weightGrams: offer.weightGrams })))
  const parcel = { ...place, subtotalMinor: goodsMinor - discountMinor, currency, grams }
  const quote = chooseShipping(methods, checkout.shippingMethod, parcel)
  const { taxPercent, taxIncluded } = termsOf(buyer.channel, app.config)
  const figures = priceOrder(
    lines.map((line, at) => toOrderLine(line, coupon?.discounts[at] ?? 0)),
    { shippingMinor: coupon?.freeShipping ? 0 : quote.rateMinor, taxPercent, taxIncluded },
  )
  return {
    ...figures,
    currency,
    couponCode: coupon?.code ?? null,
    shippingMethod: quote.code,
    explanation: explain(figures, coupon, quote),
  }
}

function chooseShipping(methods: ShippingMethod[], code: string, parcel: Parameters<typeof quotesFor>[1]): Quote {
  const quote = quotesFor(methods, parcel).find((each) => each.code === code)
  if (!quote) throw invalidFields({ shipping_method: { code: 'not_choice', value: code } })
  return quote
}

function explain(figures: ReturnType<typeof priceOrder>, coupon: Redeemed | undefined, quote: Quote): SumStep[] {
  const { subtotalMinor, discountMinor, taxMinor, taxPercent, taxIncluded, shippingMinor } = figures
  const freeBy = shippingMinor > 0 ? null : coupon?.freeShipping && quote.rateMinor > 0 ? 'coupon' : 'subtotal'
  return [
    ...(coupon
      ? [
          {
            rule: 'coupon' as const,
            code: coupon.code,
            description: coupon.description,
            baseMinor: coupon.baseMinor,
            amountMinor: -discountMinor,
          },
        ]
      : []),
    {
      rule: 'tax',
      percent: taxPercent,
      baseMinor: subtotalMinor - discountMinor,
      amountMinor: taxMinor,
      included: taxIncluded,
    },
    { rule: 'shipping', method: quote.name, amountMinor: shippingMinor, freeBy },
  ]
}

export const nameOf = (offer: Offer) =>
  offer.variantName ? `${offer.productName} (${offer.variantName})` : offer.productName

/** The snapshot keeps what a buyer saw. Its tax is reckoned with the order's. */
const toOrderLine = ({ offer, quantity }: AgreedLine, discountMinor: number): OrderDraft['lines'][number] => ({
  productId: offer.productId,
  variantId: offer.variantId,
  name: nameOf(offer),
  sku: offer.sku,
  quantity,
  unitPriceMinor: offer.priceMinor,
  discountMinor,
  taxMinor: 0,
  snapshot: {
    name: offer.productName,
    slug: offer.productSlug,
    variant: offer.variantName,
    attributes: offer.attributes,
    image: offer.image,
    listMinor: offer.compareAtMinor,
    category: offer.categoryName,
    seller: offer.sellerName,
    sellerId: offer.sellerId,
    hsnCode: offer.hsnCode,
    weightGrams: offer.weightGrams,
    weight: weightOf({ ...offer, name: offer.variantName }),
  },
})
