/** POST /api/orders/orders/: from the cart to an order (MP-120…MP-124, MP-130). */
import type { Static } from 'typebox'
import { type Checkout, placeOrder } from '#commerce/checkout'
import type { Viewer } from '#commerce/identity'
import { firstEntriesOf } from '#commerce/orders'
import { type FieldCodes, invalidFields, Refusal } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'
import { viewerOf } from '../http/access.ts'
import { toBuyer } from '../http/buyer.ts'
import { Err, toOk } from '../http/envelope.ts'
import { type Alongside, answerOnce } from '../http/idempotency.ts'
import type { Server } from '../http/server.ts'
import { checkBody } from '../http/validation.ts'
import { OrderAnswerWire, PlaceOrderWire, ShippingAddressWire, toOrderAddress, toOrderWire } from './orders.wire.ts'

type Answer = Static<typeof OrderAnswerWire>
const asItIs = (answer: Answer): Answer => answer

export function placeOrderRoute(server: Server, app: App): void {
  server.post(
    '/orders/orders/',
    {
      schema: {
        operationId: 'marketplacePlaceOrder',
        tags: ['marketplace orders'],
        summary: 'Make an order of the cart',
        body: PlaceOrderWire,
        response: { 201: OrderAnswerWire, 400: Err, 401: Err, 403: Err, 409: Err },
      },
      config: { access: 'user', sqlBudget: 14 },
    },
    async (request, reply) => {
      const viewer = viewerOf(request)
      const checkout = readCheckout(request.body)
      return answerOnce(app, request, reply, 201, asItIs, (alongside) => placeOnce(app, viewer, checkout, alongside))
    },
  )
}

/** The answer is worded once: what is kept of it and what is given are the same to the millisecond. */
async function placeOnce(app: App, viewer: Viewer, checkout: Checkout, alongside: Alongside<Answer>): Promise<Answer> {
  let answer: Answer | undefined
  try {
    await placeOrder(app, toBuyer(viewer, 'marketplace'), checkout, async (tx, order) => {
      const history = firstEntriesOf(order, order.placedAt)
      const told = toOrderWire(order, history, app.config.PUBLIC_URL)
      answer = toOk(app, 'Order created successfully.', told, 201)
      await alongside(tx, answer)
    })
  } catch (error) {
    throw inWordsOfCart(error)
  }
  return answer!
}

type Short = { productId: number; requested: number; available: number }

/** MP-124: what is short, by the names of the wire. */
function inWordsOfCart(error: unknown): unknown {
  if (!(error instanceof Refusal) || !['out_of_stock', 'not_sellable'].includes(error.code)) return error
  const items = (error.details.items as Short[]).map(({ productId, requested, available }) => ({
    product_id: productId,
    requested,
    available,
  }))
  return new Refusal('conflict', 'short_of_stock', 'Too few of something', { items })
}

function readCheckout(body: Static<typeof PlaceOrderWire>): Checkout {
  return {
    shippingAddress: toOrderAddress(readAddress(body.shipping_address)),
    shippingMethod: 'standard',
    paymentMethod: body.payment_method ?? 'stripe',
    ...(body.coupon_code && { couponCode: body.coupon_code }),
    notes: body.notes ?? '',
  }
}

/** All that is wrong with an address stands under its one name (MP-120). */
function readAddress(sent: unknown): Static<typeof ShippingAddressWire> {
  if (sent === undefined) throw invalidFields({ shipping_address: 'required' })
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent))
    throw invalidFields({ shipping_address: 'not_object' })
  try {
    return checkBody(ShippingAddressWire, sent) as Static<typeof ShippingAddressWire>
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw invalidFields({ shipping_address: placed(error.details.fields ?? {}) })
  }
}

const placed = (fields: FieldCodes) =>
  Object.entries(fields).flatMap(([inner, faults]) =>
    [faults].flat().map((fault) => (typeof fault === 'string' ? { code: fault, inner } : { ...fault, inner })),
  )
