/** Razorpay on this machine, as its documentation describes its HTTP: orders, payments to capture, refunds, signed webhooks. */
import { createHmac } from 'node:crypto'
import { type Answer, type Asked, type Double, nextNumber, openDouble, type Webhook } from './double.ts'

const KEY = { id: 'rzp_test_double', secret: 'secret-of-the-double' }
const WEBHOOK_SECRET = 'webhook-secret-of-the-double'
export const RAZORPAY_SETTINGS = {
  RAZORPAY_KEY_ID: KEY.id,
  RAZORPAY_KEY_SECRET: KEY.secret,
  RAZORPAY_WEBHOOK_SECRET: WEBHOOK_SECRET,
}

type Order = { id: string; amount: number; currency: string; receipt: string; status: string; capture: string }
type Payment = {
  id: string
  order_id: string
  amount: number
  currency: string
  status: string
  amount_refunded: number
  notes: { payment_id: string }
}
type Refund = { id: string; payment_id: string; amount: number; status: string; receipt: string }
export type RazorpayDouble = Double & {
  orders: Order[]
  payments: Payment[]
  refunds: Refund[]
  refundStatus: string
  /** The buyer pays: authorized, for us to capture. */
  authorize(orderId: string): Payment
  forgetKeys(): void
  event(type: string, payload: object, over?: { id?: string }): Webhook
  /** The payload of an event about the last payment of an order. */
  payloadOf(orderId: string): object
}

type State = Pick<RazorpayDouble, 'orders' | 'payments' | 'refunds' | 'refundStatus'> & { keys: Map<string, Refund> }

export async function openRazorpayDouble(): Promise<RazorpayDouble> {
  const state: State = { orders: [], payments: [], refunds: [], refundStatus: 'processed', keys: new Map() }
  const double = await openDouble((asked) => work(state, asked))
  const own = {
    authorize: (orderId: string) => {
      const { amount, currency, receipt } = state.orders.find(({ id }) => id === orderId)!
      const made = { id: newId('pay'), order_id: orderId, amount, currency, status: 'authorized', amount_refunded: 0 }
      // As the page says from which the buyer comes.
      const payment: Payment = { ...made, notes: { payment_id: receipt } }
      state.payments.push(payment)
      return payment
    },
    forgetKeys: () => state.keys.clear(),
    event: sign,
    payloadOf: (orderId: string) => ({
      payment: { entity: state.payments.findLast(({ order_id }) => order_id === orderId) },
    }),
  }
  return Object.assign(state, double, own)
}

const fault = (description: string, status = 400): Answer => ({
  status,
  body: {
    error: { code: 'BAD_REQUEST_ERROR', description, source: 'business', step: 'NA', reason: 'input_validation' },
  },
})
const newId = (kind: string) => `${kind}_${String(nextNumber()).padStart(14, '0')}`
const list = (items: object[]): Answer => ({ body: { entity: 'collection', count: items.length, items } })

function work(state: State, { method, path, query, headers, text }: Asked): Answer {
  const basic = `Basic ${Buffer.from(`${KEY.id}:${KEY.secret}`).toString('base64')}`
  if (headers.authorization !== basic) return fault('Authentication failed', 401)
  const body = text === '' ? {} : JSON.parse(text)
  if (path === '/v1/orders' && method === 'POST') return createOrder(state, body)
  if (path === '/v1/orders') return list(state.orders.filter(({ receipt }) => receipt === query.get('receipt')))
  const [, orderId] = /^\/v1\/orders\/(\w+)\/payments$/.exec(path) ?? []
  if (orderId) {
    if (!state.orders.some(({ id }) => id === orderId)) return fault('The id provided does not exist')
    return list(state.payments.filter((payment) => payment.order_id === orderId))
  }
  const [, paymentId, deed] = /^\/v1\/payments\/(\w+)\/(capture|refunds?)$/.exec(path) ?? []
  const payment = state.payments.find(({ id }) => id === paymentId)
  if (!payment) return fault('The id provided does not exist')
  if (deed === 'capture') return capture(payment, body)
  if (method === 'GET') return list(state.refunds.filter((refund) => refund.payment_id === payment.id))
  return refund(state, payment, body, headers['x-refund-idempotency'])
}

function createOrder(state: State, body: Record<string, unknown>): Answer {
  const { amount, currency, receipt, payment } = body
  if (!(Number(amount) >= 100)) return fault('Order amount less than minimum amount allowed')
  if (String(receipt).length > 40) return fault('receipt may not be greater than 40 characters')
  const order: Order = {
    id: newId('order'),
    amount: Number(amount),
    currency: String(currency),
    receipt: String(receipt),
    status: 'created',
    capture: String((payment as { capture?: string } | undefined)?.capture),
  }
  state.orders.push(order)
  return { body: order }
}

function capture(payment: Payment, { amount, currency }: Record<string, unknown>): Answer {
  if (payment.status === 'captured') return fault('This payment has already been captured')
  if (payment.status !== 'authorized') return fault('Only payments which have been authorized can be captured')
  if (amount !== payment.amount || currency !== payment.currency)
    return fault('Capture amount must be equal to the amount authorized')
  payment.status = 'captured'
  return { body: payment }
}

function refund(state: State, payment: Payment, body: Record<string, unknown>, key: unknown): Answer {
  const before = state.keys.get(String(key))
  if (before) return { body: before }
  if (payment.status !== 'captured') return fault('The payment status should be captured for action to be taken')
  const amount = Number(body.amount)
  if (amount > payment.amount - payment.amount_refunded)
    return fault('The total refund amount is greater than the refund payment amount')
  const { refundStatus: status } = state
  const made = { id: newId('rfnd'), payment_id: payment.id, amount, status, receipt: String(body.receipt) }
  payment.amount_refunded += amount
  state.refunds.push(made)
  if (key) state.keys.set(String(key), made)
  return { body: made }
}

function sign(type: string, payload: object, over: { id?: string } = {}): Webhook {
  const body = JSON.stringify({ entity: 'event', event: type, payload })
  const signature = createHmac('sha256', WEBHOOK_SECRET).update(body).digest('hex')
  return { body, headers: { 'x-razorpay-signature': signature, 'x-razorpay-event-id': over.id ?? newId('evt') } }
}
