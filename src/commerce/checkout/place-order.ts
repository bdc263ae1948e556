import { findOffers, type Offer } from '#commerce/browse'
import { type CartOwner, takeLines } from '#commerce/cart'
import { takeStock } from '#commerce/inventory'
import {
  draftOrder,
  newOrderNumber,
  type Order,
  type OrderDraft,
  orderPaid,
  orderPlaced,
  priceOrder,
} from '#commerce/orders'
import { insertPayment, type Provider } from '#commerce/payments'
import { redeemCoupon } from '#commerce/promotions'
import { listMethods, quotesFor, type ShippingMethod } from '#commerce/shipping'
import { inTransaction, type Tx } from '#platform/database'
import { publish } from '#platform/events'
import { invalidFields, Refusal } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import { type AddressChoice, resolveAddresses } from './resolve-addresses.ts'

export type Buyer = { accountId: number; email: string | null; channel: OrderDraft['channel'] }
export type Checkout = AddressChoice & {
  shippingMethod: string
  paymentMethod: Provider
  couponCode?: string
  notes: string
}
/** A line of the cart as it is agreed: today's price and name. */
type PricedLine = { offer: Offer; quantity: number }

/**
 * Makes an order of the buyer's cart: the cart is emptied, stock is taken, the coupon is used, all or nothing.
 * `alongside` runs last in the same transaction. Refuses an empty cart (`empty_cart`), an article that is no longer
 * sold or not there in that number (`not_sellable`, `out_of_stock`), unknown addresses, shipping methods, coupons.
 * V1-300…302; about a dozen statements, however many lines there are.
 */
export async function placeOrder(
  app: App,
  buyer: Buyer,
  checkout: Checkout,
  alongside: (tx: Tx, order: Order) => Promise<void> = async () => {},
): Promise<Order> {
  const now = app.now()
  const methods = await listMethods(app.db)
  return inTransaction(app.db, async (tx) => {
    const lines = await takePricedLines(tx, { accountId: buyer.accountId }, now)
    const addresses = await resolveAddresses(tx, buyer.accountId, checkout)
    const draft = await priceDraft(tx, app, { buyer, checkout, lines, addresses, methods, now })
    const order = await draftOrder(tx, draft, now)
    if (checkout.paymentMethod === 'cod' && order.paymentStatus !== 'paid') await notePaymentOnDelivery(tx, order, now)
    await publish(tx, orderPlaced({ orderId: order.id }))
    if (order.paymentStatus === 'paid') await publish(tx, orderPaid({ orderId: order.id }))
    // Last, because other buyers of the same articles wait from here until the commit.
    await takeStock(tx, lines.map(toStockLine), order.number, now)
    await alongside(tx, order)
    return order
  })
}

/** Empties the cart. Its rows stay locked: a second checkout of the same cart waits here, and finds it empty. */
async function takePricedLines(tx: Tx, owner: CartOwner, now: Date): Promise<PricedLine[]> {
  const taken = await takeLines(tx, owner, now)
  if (taken.length === 0) throw new Refusal('invalid', 'empty_cart', 'The cart is empty')
  const offers = await findOffers(
    tx,
    taken.map((line) => line.variantId),
  )
  const currency = offers.find((offer) => offer.variantId === taken[0]!.variantId)?.currency
  return taken.map(({ variantId, quantity }) => {
    const offer = offers.find((each) => each.variantId === variantId)
    // An article whose currency was changed since it was put in cannot be sold together with the others.
    if (!offer?.isSellable || offer.currency !== currency) {
      const name = offer ? nameOf(offer) : 'an article'
      throw new Refusal('conflict', 'not_sellable', `${name} is no longer sold`, { name })
    }
    return { offer, quantity }
  })
}

type Drafting = {
  buyer: Buyer
  checkout: Checkout
  lines: PricedLine[]
  addresses: Pick<OrderDraft, 'shippingAddress' | 'billingAddress'>
  methods: ShippingMethod[]
  now: Date
}

async function priceDraft(tx: Tx, app: App, drafting: Drafting): Promise<OrderDraft> {
  const { buyer, checkout, lines, addresses, methods, now } = drafting
  const number = newOrderNumber()
  const currency = lines[0]!.offer.currency
  const orderLines = lines.map(toOrderLine)
  const subtotalMinor = orderLines.reduce((sum, line) => sum + line.quantity * line.unitPriceMinor, 0)
  const coupon = checkout.couponCode
    ? await redeemCoupon(
        tx,
        { code: checkout.couponCode, accountId: buyer.accountId, orderNumber: number, subtotalMinor, currency },
        now,
      )
    : undefined
  const shipping = chooseShipping(methods, checkout.shippingMethod, {
    subtotalMinor: subtotalMinor - (coupon?.discountMinor ?? 0),
    currency,
    country: addresses.shippingAddress.country,
  })
  const figures = priceOrder(orderLines, {
    discountMinor: coupon?.discountMinor ?? 0,
    shippingMinor: coupon?.freeShipping ? 0 : shipping.rateMinor,
    taxPercent: app.config.TAX_RATE,
  })
  return {
    ...figures,
    ...addresses,
    ...statusOf(checkout.paymentMethod, figures.totalMinor, app.config.ORDER_PAYMENT_TIMEOUT_MINUTES, now),
    number,
    accountId: buyer.accountId,
    email: buyer.email,
    channel: buyer.channel,
    currency,
    couponCode: coupon?.code ?? null,
    shippingMethod: shipping.code,
    paymentMethod: checkout.paymentMethod,
    notes: checkout.notes,
    lines: orderLines,
  }
}

/** Where an order begins: nothing to pay is paid, cash on delivery is worked at once, the rest waits for money (V1-313). */
function statusOf(method: Provider, totalMinor: number, timeoutMinutes: number, now: Date) {
  if (totalMinor === 0) return { status: 'processing', paymentStatus: 'paid', paymentDueAt: null } as const
  if (method === 'cod') return { status: 'processing', paymentStatus: 'pending', paymentDueAt: null } as const
  const paymentDueAt = new Date(now.getTime() + timeoutMinutes * 60_000)
  return { status: 'pending', paymentStatus: 'pending', paymentDueAt } as const
}

function chooseShipping(methods: ShippingMethod[], code: string, parcel: Parameters<typeof quotesFor>[1]) {
  const quote = quotesFor(methods, parcel).find((each) => each.code === code)
  if (!quote) throw invalidFields({ shipping_method: { code: 'not_choice', value: code } })
  return quote
}

async function notePaymentOnDelivery(tx: Tx, order: Order, now: Date): Promise<void> {
  const { id: orderId, number: orderNumber, accountId, totalMinor: amountMinor, currency } = order
  await insertPayment(tx, { orderId, orderNumber, accountId, provider: 'cod', amountMinor, currency }, now)
}

const nameOf = (offer: Offer) => (offer.variantName ? `${offer.productName} (${offer.variantName})` : offer.productName)

const toStockLine = ({ offer, quantity }: PricedLine) => ({
  productId: offer.productId,
  variantId: offer.variantId,
  sku: offer.sku,
  name: nameOf(offer),
  quantity,
})

/** The snapshot keeps what a buyer saw. */
const toOrderLine = ({ offer, quantity }: PricedLine): OrderDraft['lines'][number] => ({
  productId: offer.productId,
  variantId: offer.variantId,
  name: nameOf(offer),
  sku: offer.sku,
  quantity,
  unitPriceMinor: offer.priceMinor,
  snapshot: {
    name: offer.productName,
    slug: offer.productSlug,
    variant: offer.variantName,
    attributes: offer.attributes,
    image: offer.image,
  },
})
