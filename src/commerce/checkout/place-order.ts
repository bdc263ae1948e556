import { holdCart } from '#commerce/cart'
import { takeStock } from '#commerce/inventory'
import {
  draftOrder,
  newOrderNumber,
  type Order,
  type OrderDraft,
  type OrderStatus,
  orderPaid,
  orderPlaced,
  type PaymentStatus,
} from '#commerce/orders'
import { insertPayment, type Payment, type Provider } from '#commerce/payments'
import { listMethods } from '#commerce/shipping'
import { inTransaction, type Tx } from '#platform/database'
import { publish } from '#platform/events'
import type { App } from '../app.ts'
import { type Agreed, type AgreedLine, agreeOn, nameOf, priceLines, takeAgreedLines } from './price-draft.ts'
import { type AddressChoice, resolveAddresses } from './resolve-addresses.ts'

/** `placedBy` is who orders for the buyer, if not himself. `name` and `phone` stand in an address that names nobody. */
export type Buyer = {
  accountId: number
  email: string | null
  name?: string
  phone?: string | null
  channel: OrderDraft['channel']
  placedBy?: { actor: string; actorId: number }
}
export type Checkout = AddressChoice & {
  shippingMethod: string
  paymentMethod: Provider
  /** How the buyer means to pay with the gateway that comes with the shop: card, upi … */
  paymentBy?: string
  /** The gateway that comes with the shop takes the money as the order is placed (C-34). */
  isPaidAtOnce?: boolean
  couponCode?: string
  /** Where none is named, the one that was entered into the cart counts: on the surface that can enter and remove it (V1-255). */
  usesCartCoupon?: true
  /** What is ordered, where it is not what is in the cart: the cart stays as it is. */
  items?: { variantId: number; quantity: number }[]
  notes: string
}

/** With the payment that was noted along with it: of cash on delivery, or of what was paid at once. */
export type PlacedOrder = Order & { payment: Payment | undefined }

/**
 * Makes an order of the buyer's cart: the cart is emptied, stock is taken, the coupon is used, all or nothing.
 * `alongside` runs last in the same transaction. Refuses an empty cart (`empty_cart`), an article that is no longer
 * sold or not there in that number (`not_sellable`, `out_of_stock`), unknown addresses, shipping methods, coupons.
 * V1-300…302, SF-290…307, MP-120…124; about a dozen statements, however many lines there are.
 */
export async function placeOrder(
  app: App,
  buyer: Buyer,
  checkout: Checkout,
  alongside: (tx: Tx, order: PlacedOrder) => Promise<void> = async () => {},
): Promise<PlacedOrder> {
  const now = app.now()
  const methods = await listMethods(app.db)
  return inTransaction(app.db, async (tx) => {
    const { lines, couponCode: entered } = await takeGoods(tx, app, buyer, checkout, now)
    const couponCode = checkout.couponCode ?? (checkout.usesCartCoupon ? entered : null)
    const addresses = await resolveAddresses(tx, buyer, checkout)
    const number = newOrderNumber()
    const { country, postal_code: postalCode } = addresses.shippingAddress
    const figures = await priceLines(
      tx,
      app,
      { number, buyer, checkout, couponCode, lines, place: { country, postalCode }, methods },
      now,
    )
    const beginning = beginningOf(checkout, figures.totalMinor, app.config.ORDER_PAYMENT_TIMEOUT_MINUTES, now)
    const { accountId, email, channel } = buyer
    const { paymentMethod, notes } = checkout
    const draft = { ...figures, ...addresses, ...beginning, number, accountId, email, channel, paymentMethod, notes }
    const order = await draftOrder(tx, draft, now, buyer.placedBy)
    const payment = await notePayment(tx, order, checkout, now)
    const ofOrder = { orderId: order.id }
    await publish(tx, orderPlaced(ofOrder), ...(order.paymentStatus === 'paid' ? [orderPaid(ofOrder)] : []))
    // Last, because other buyers of the same articles wait from here until the commit.
    await takeStock(tx, lines.map(toStockLine), order.number, now)
    const placed = { ...order, payment }
    await alongside(tx, placed)
    return placed
  })
}

/** Either way the cart is locked: whoever orders for the same buyer, or the buyer himself, waits here. */
async function takeGoods(tx: Tx, app: App, { accountId }: Buyer, { items }: Checkout, now: Date): Promise<Agreed> {
  if (!items) return takeAgreedLines(tx, { accountId }, now)
  await holdCart(tx, accountId, app.config.CURRENCY, now)
  return { lines: await agreeOn(tx, items), couponCode: null }
}

type Beginning = { status: OrderStatus; paymentStatus: PaymentStatus; paymentDueAt: Date | null }

/** Where an order begins: nothing to pay is paid, cash on delivery is worked at once, the rest waits for money (V1-313). */
function beginningOf(checkout: Checkout, totalMinor: number, timeoutMinutes: number, now: Date): Beginning {
  if (totalMinor === 0 || checkout.isPaidAtOnce)
    return { status: 'processing', paymentStatus: 'paid', paymentDueAt: null }
  if (checkout.paymentMethod === 'cod') return { status: 'processing', paymentStatus: 'pending', paymentDueAt: null }
  const paymentDueAt = new Date(now.getTime() + timeoutMinutes * 60_000)
  return { status: 'pending', paymentStatus: 'pending', paymentDueAt }
}

/** What nobody is asked for: the money that comes with the order, or at the door. */
async function notePayment(
  tx: Tx,
  order: Order,
  { paymentBy = '' }: Checkout,
  now: Date,
): Promise<Payment | undefined> {
  const isPaid = order.paymentStatus === 'paid'
  const { id: orderId, number: orderNumber, accountId, totalMinor: amountMinor, currency } = order
  if (amountMinor === 0 || (!isPaid && order.paymentMethod !== 'cod')) return undefined
  const provider = order.paymentMethod as Provider
  const status = isPaid ? 'succeeded' : 'pending'
  const payment = {
    orderId,
    orderNumber,
    accountId,
    provider,
    amountMinor,
    currency,
    method: paymentBy,
    status,
  } as const
  return insertPayment(tx, payment, now)
}

const toStockLine = ({ offer, quantity }: AgreedLine) => ({
  productId: offer.productId,
  variantId: offer.variantId,
  sku: offer.sku,
  name: nameOf(offer),
  quantity,
})
