import { addToCart } from '#commerce/cart'
import { advanceOrder, cancelOrder, placeOrder, receiveGatewayEvent, startPayment } from '#commerce/checkout'
import type { Order } from '#commerce/orders'
import type { Gateway, GatewayEvent, OnlineProvider } from '#commerce/payments'
import type { Db } from '#platform/database'
import { connectSubscriptions } from '#platform/events'
import type { App } from '../commerce/app.ts'
import { subscriptions } from '../commerce/subscriptions.ts'
import type { Stored } from './load-catalog.ts'
import { type Happening, inTime, type PlannedOrder } from './plan-orders.ts'

export type Buyers = { accountId: number; email: string; addressId: number }[]

/**
 * Plays the past of the sample shop through, deed by deed in the order of time, by the same use cases that customers
 * and staff go through: so the figures, the stock and the payments are what they would be. Nobody is written to.
 */
export async function playHistory(app: App, orders: PlannedOrder[], stored: Stored, buyers: Buyers): Promise<void> {
  const now = app.now().getTime()
  const quiet = silence(app)
  const placed = new Map<PlannedOrder, Placed>()
  for (const happening of inTime(orders)) {
    const then = new Date(now - happening.hoursAgo * 3_600_000)
    const past: App = { ...quiet, now: () => then }
    if (happening.deed === 'place') placed.set(happening.order, await place(past, happening.order, stored, buyers))
    else await follow(past, happening, placed.get(happening.order)!)
  }
}

type Placed = { order: Order; accountId: number; reference: string }

/** The shop without those who react to events later: no letters, no notices, and no gateway is asked. */
function silence(app: App): App {
  const db = app.db.$extendTables<Record<never, never>>() as Db
  connectSubscriptions(
    db,
    subscriptions.map((subscription) => ({ ...subscription, after: {} })),
    app.jobs,
  )
  const [stripe, paypal, razorpay, builtin] = (['stripe', 'paypal', 'razorpay', 'builtin'] as const).map(pastGateway)
  const gateways = { stripe: stripe!, paypal: paypal!, razorpay: razorpay!, builtin: builtin! }
  return { ...app, db, gateways }
}

/** A gateway that agrees to everything, and believes what it is told. */
function pastGateway(provider: OnlineProvider): Gateway {
  const named = (id: string) =>
    provider === 'stripe' ? `pi_sample_${id.slice(0, 13)}` : `SAMPLE-${id.slice(0, 13).toUpperCase()}`
  return {
    mode: 'simulated',
    createIntent: async ({ paymentId }) => ({
      reference: named(paymentId),
      status: 'pending',
      clientSecret: null,
      approvalUrl: null,
    }),
    conclude: async () => ({ outcome: 'waiting' }),
    cancelIntent: async () => ({ outcome: 'waiting' }),
    refund: async ({ refundId }) => ({ reference: named(refundId), status: 'succeeded' }),
    readEvent: async (_headers, rawBody) => JSON.parse(rawBody) as GatewayEvent,
  }
}

/** Fills the cart, orders, and for an online method begins to pay. */
async function place(app: App, planned: PlannedOrder, stored: Stored, buyers: Buyers): Promise<Placed> {
  const { lines, channel, shippingMethod, paymentMethod, couponCode } = planned
  const { accountId, email, addressId } = buyers[planned.customer]!
  for (const { sku, quantity } of lines) {
    const { productId, variantId } = stored.variants.get(sku)!
    await addToCart(app, { accountId }, { productId, variantId, quantity })
  }
  const checkout = {
    shippingAddressId: addressId,
    shippingMethod,
    paymentMethod,
    notes: '',
    ...(couponCode ? { couponCode } : {}),
  }
  const order = await placeOrder(app, { accountId, email, channel }, checkout)
  if (paymentMethod === 'cod') return { order, accountId, reference: '' }
  const wish = { order: { number: order.number }, provider: paymentMethod, returnUrl: null }
  const { providerReference } = await startPayment(app, accountId, wish)
  return { order, accountId, reference: providerReference! }
}

/** What became of the order afterwards. */
async function follow(app: App, { deed, order: planned }: Happening, placed: Placed): Promise<void> {
  const { number, totalMinor } = placed.order
  const provider = planned.paymentMethod === 'paypal' ? 'paypal' : 'stripe'
  const tell = (outcome: GatewayEvent['outcome'], refundedMinor?: number) => {
    const event = {
      provider,
      id: `evt_sample_${number}_${outcome}`,
      type: 'sample',
      reference: placed.reference,
      outcome,
      refundedMinor,
    }
    return receiveGatewayEvent(app, provider, {}, JSON.stringify(event))
  }
  switch (deed) {
    case 'pay':
      return tell('succeeded')
    case 'fail':
      return tell('failed')
    case 'refund':
      return tell('refunded')
    case 'refund part':
      return tell('refunded', Math.round(totalMinor / 4))
    case 'ship':
      return void (await advanceOrder(
        app,
        { number },
        { status: 'shipped', note: 'Handed to Souk Post', actor: 'staff' },
      ))
    case 'deliver':
      return void (await advanceOrder(app, { number }, { status: 'delivered', note: 'Delivered', actor: 'staff' }))
    case 'cancel':
      return void (await cancelOrder(
        app,
        { number },
        { accountId: placed.accountId },
        { reason: 'Ordered by mistake', actor: 'customer' },
      ))
    case 'expire':
      return void (await cancelOrder(
        app,
        { number },
        { accountId: null },
        { reason: 'Not paid in time', actor: 'system' },
      ))
  }
}
