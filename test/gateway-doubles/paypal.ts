/** PayPal on this machine, as its documentation describes its HTTP: tokens, orders, captures, refunds, confirmed webhooks. */
import { createHmac } from 'node:crypto'
import { type Answer, type Asked, type Double, nextNumber, openDouble, type Webhook } from './double.ts'

const CLIENT = { id: 'client-of-the-double', secret: 'secret-of-the-double' }
const WEBHOOK_ID = 'WH-OF-THE-DOUBLE'
export const PAYPAL_SETTINGS = {
  PAYPAL_CLIENT_ID: CLIENT.id,
  PAYPAL_CLIENT_SECRET: CLIENT.secret,
  PAYPAL_WEBHOOK_ID: WEBHOOK_ID,
}

type Money = { currency_code: string; value: string }
type Part = { id: string; status: string; amount: Money; custom_id?: string; invoice_id?: string; capture?: string }
type Order = { id: string; status: string; custom_id: string; amount: Money; captures: Part[]; refunds: Part[] }
export type PaypalDouble = Double & {
  orders: Order[]
  logins: number
  captureStatus: string
  refundStatus: string
  /** The buyer agrees. */
  approve(orderId: string): void
  /** No token that was handed out is good any longer. */
  forgetTokens(): void
  /** Request ids are kept for some hours. */
  forgetKeys(): void
  /** Orders lapse. */
  forget(orderId: string): void
  event(type: string, resource: object, over?: { id?: string }): Webhook
  approved(orderId: string): object
  captured(orderId: string): object
  refunded(orderId: string): object
}

type State = Pick<PaypalDouble, 'orders' | 'logins' | 'captureStatus' | 'refundStatus'> & {
  tokens: Set<string>
  keys: Map<string, Answer>
}

export async function openPaypalDouble(): Promise<PaypalDouble> {
  const statuses = { captureStatus: 'COMPLETED', refundStatus: 'COMPLETED' }
  const state: State = { orders: [], logins: 0, ...statuses, tokens: new Set(), keys: new Map() }
  const double = await openDouble((asked) => work(state, asked))
  const own = {
    approve: (id: string) => {
      find(state, id)!.status = 'APPROVED'
    },
    forgetTokens: () => state.tokens.clear(),
    forgetKeys: () => state.keys.clear(),
    forget: (id: string) =>
      void state.orders.splice(0, state.orders.length, ...state.orders.filter((o) => o.id !== id)),
    event: sign,
    approved: (id: string) => toWire(find(state, id)!),
    captured: (id: string) => {
      const { custom_id, captures } = find(state, id)!
      return { ...captures.at(-1), custom_id, supplementary_data: { related_ids: { order_id: id } } }
    },
    refunded: (id: string) => {
      const { refunds, amount } = find(state, id)!
      const { capture, ...refund } = refunds.at(-1)!
      const total = refunds.reduce((sum, each) => sum + Number(each.amount.value), 0)
      const links = [{ rel: 'up', href: `https://api-m.paypal.com/v2/payments/captures/${capture}` }]
      const seller_payable_breakdown = { total_refunded_amount: { ...amount, value: total.toFixed(2) } }
      return { ...refund, seller_payable_breakdown, links }
    },
  }
  return Object.assign(state, double, own)
}

const fault = (status: number, issue: string, name = 'UNPROCESSABLE_ENTITY'): Answer => ({
  status,
  body: { name, message: 'The requested action could not be performed.', details: [{ issue }] },
})
const find = ({ orders }: State, id: string) => orders.find((order) => order.id === id)
const newId = (kind: string) => `${kind}${String(nextNumber()).padStart(17 - kind.length, '0')}`

function work(state: State, asked: Asked): Answer {
  const { method, path, headers, text } = asked
  if (path === '/v1/oauth2/token') return logIn(state, asked)
  if (!state.tokens.has(String(headers.authorization).replace('Bearer ', '')))
    return { status: 401, body: { error: 'invalid_token', error_description: 'Token signature verification failed' } }
  if (path === '/v1/notifications/verify-webhook-signature') return verify(text)
  const key = headers['paypal-request-id']
  const before = method === 'POST' ? state.keys.get(String(key)) : undefined
  if (before) return before
  const answered = answer(state, method, path, text)
  if (method === 'POST' && key && (answered.status ?? 200) < 400) state.keys.set(String(key), structuredClone(answered))
  return answered
}

function logIn(state: State, { headers, text }: Asked): Answer {
  state.logins += 1
  const basic = `Basic ${Buffer.from(`${CLIENT.id}:${CLIENT.secret}`).toString('base64')}`
  if (headers.authorization !== basic || text !== 'grant_type=client_credentials')
    return { status: 401, body: { error: 'invalid_client', error_description: 'Client Authentication failed' } }
  const token = `A21AA${nextNumber()}`
  state.tokens.add(token)
  return { body: { access_token: token, token_type: 'Bearer', expires_in: 32_400 } }
}

function answer(state: State, method: string, path: string, text: string): Answer {
  if (path === '/v2/checkout/orders') return createOrder(state, JSON.parse(text))
  const [, captureId] = /^\/v2\/payments\/captures\/(\w+)\/refund$/.exec(path) ?? []
  if (captureId) return refund(state, captureId, JSON.parse(text))
  const [, id = '', deed] = /^\/v2\/checkout\/orders\/(\w+)(\/capture)?$/.exec(path) ?? []
  const order = find(state, id)
  if (!order) return fault(404, 'INVALID_RESOURCE_ID', 'RESOURCE_NOT_FOUND')
  if (method === 'GET') return { body: toWire(order) }
  return deed ? capture(state, order) : fault(404, 'INVALID_RESOURCE_ID', 'RESOURCE_NOT_FOUND')
}

type OrderAsked = { intent: string; purchase_units: { custom_id: string; amount: Money }[] }

function createOrder(state: State, { intent, purchase_units: [unit] }: OrderAsked): Answer {
  if (intent !== 'CAPTURE' || !/^\d+(\.\d{2})?$/.test(unit?.amount.value ?? ''))
    return fault(422, 'CANNOT_BE_ZERO_OR_NEGATIVE')
  if (Number(unit!.amount.value) === 0) return fault(422, 'CANNOT_BE_ZERO_OR_NEGATIVE')
  const { custom_id, amount } = unit!
  const order = { id: newId('O'), status: 'PAYER_ACTION_REQUIRED', custom_id, amount, captures: [], refunds: [] }
  state.orders.push(order)
  return { body: toWire(order) }
}

function capture(state: State, order: Order): Answer {
  if (order.captures.some(({ status }) => status !== 'DECLINED')) return fault(422, 'ORDER_ALREADY_CAPTURED')
  if (order.status !== 'APPROVED') return fault(422, 'ORDER_NOT_APPROVED')
  order.captures.push({ id: newId('C'), status: state.captureStatus, amount: order.amount })
  order.status = 'COMPLETED'
  return { status: 201, body: toWire(order) }
}

function refund(state: State, id: string, asked: { amount: Money; invoice_id: string }): Answer {
  const order = state.orders.find(({ captures }) => captures.some((each) => each.id === id))
  if (!order) return fault(404, 'INVALID_RESOURCE_ID', 'RESOURCE_NOT_FOUND')
  const left = order.refunds.reduce((rest, each) => rest - Number(each.amount.value), Number(order.amount.value))
  if (Number(asked.amount.value) > left + 0.001) return fault(422, 'REFUND_AMOUNT_EXCEEDED')
  const made = { id: newId('R'), status: state.refundStatus, amount: asked.amount, invoice_id: asked.invoice_id }
  order.refunds.push({ ...made, capture: id })
  return { status: 201, body: made }
}

function toWire({ id, status, custom_id, amount, captures, refunds }: Order): object {
  const payments = { captures, refunds }
  const links = [{ rel: 'payer-action', href: `https://www.sandbox.paypal.com/checkoutnow?token=${id}` }]
  return structuredClone({ id, intent: 'CAPTURE', status, purchase_units: [{ custom_id, amount, payments }], links })
}

const signatureOf = (id: string, time: string, body: string) =>
  createHmac('sha256', WEBHOOK_ID).update(`${id}|${time}|${WEBHOOK_ID}|${body}`).digest('base64')

function sign(type: string, resource: object, over: { id?: string } = {}): Webhook {
  const id = over.id ?? `WH-${nextNumber()}`
  // With a space: an event that is written anew on its way is another one.
  const body = JSON.stringify({ id, event_type: type, resource }, null, 1)
  const [transmission, time] = [`T-${nextNumber()}`, new Date().toISOString()]
  const headers = {
    'paypal-transmission-id': transmission,
    'paypal-transmission-time': time,
    'paypal-transmission-sig': signatureOf(transmission, time, body),
    'paypal-cert-url': 'https://api.paypal.com/v1/notifications/certs/CERT-1',
    'paypal-auth-algo': 'SHA256withRSA',
  }
  return { body, headers }
}

function verify(text: string): Answer {
  const { transmission_id, transmission_time, transmission_sig, webhook_id } = JSON.parse(text)
  const event = text.slice(text.indexOf('"webhook_event":') + '"webhook_event":'.length, -1)
  const isGood =
    webhook_id === WEBHOOK_ID && transmission_sig === signatureOf(transmission_id, transmission_time, event)
  return { body: { verification_status: isGood ? 'SUCCESS' : 'FAILURE' } }
}
