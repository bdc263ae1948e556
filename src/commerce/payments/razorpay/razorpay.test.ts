// Razorpay's adapter against a double of its HTTP on this machine.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, afterEach, before, test } from 'node:test'
import {
  openRazorpayDouble,
  RAZORPAY_SETTINGS,
  type RazorpayDouble,
} from '../../../../test/gateway-doubles/razorpay.ts'
import type { Gateway } from '../gateway.ts'
import { razorpayGateway } from './razorpay.ts'

let double: RazorpayDouble
let razorpay: Gateway
const open = (over: object = {}) =>
  razorpayGateway({
    keyId: RAZORPAY_SETTINGS.RAZORPAY_KEY_ID,
    keySecret: RAZORPAY_SETTINGS.RAZORPAY_KEY_SECRET,
    webhookSecret: RAZORPAY_SETTINGS.RAZORPAY_WEBHOOK_SECRET,
    url: double.url,
    pages: 'http://127.0.0.1:8000',
    timeoutMs: 2000,
    ...over,
  })
before(async () => {
  double = await openRazorpayDouble()
  razorpay = open()
})
afterEach(() => double.recover())
after(() => double.close())

const asked = (over: object = {}) => ({
  ...{ paymentId: randomUUID(), orderNumber: 'ORD-1', amountMinor: 119_998, currency: 'INR' },
  ...{ returnUrl: null, isRepeated: false },
  ...over,
})
async function begun() {
  const wanted = asked()
  const { reference } = await razorpay.createIntent(wanted)
  return { ...wanted, reference }
}
async function paid() {
  const intent = await begun()
  double.authorize(intent.reference)
  const { captureReference } = await razorpay.conclude(intent)
  return { ...intent, captureReference: captureReference! }
}
const refundOf = ({ reference, captureReference }: { reference: string; captureReference: string }) => ({
  ...{ refundId: randomUUID(), reference, captureReference, amountMinor: 50_000, currency: 'INR', isRepeated: false },
})

test('SF-350 an order is made once for a payment, of which an answer was lost; the buyer goes there from a page of ours', async () => {
  const wanted = asked()
  double.fail('POST /v1/orders', 'tear afterwards', 1)
  await assert.rejects(razorpay.createIntent(wanted), /^Error: Razorpay did not answer$/)
  const { reference, approvalUrl } = await razorpay.createIntent({ ...wanted, isRepeated: true })
  const made = double.orders.filter(({ receipt }) => receipt === wanted.paymentId)
  assert.deepEqual(
    made.map(({ id, amount, currency, capture }) => [id, amount, currency, capture]),
    [[reference, 119_998, 'INR', 'manual']],
  )
  assert.match(approvalUrl ?? '', /^http:\/\/127\.0\.0\.1:8000\/pay\/PAY-[0-9A-F]{32}\/$/)
})

test('V1-334 money is taken once the buyer has paid, once however many ask', async () => {
  const intent = await begun()
  assert.deepEqual(await razorpay.conclude(intent), { outcome: 'waiting' })
  const payment = double.authorize(intent.reference)
  const all = await Promise.all(Array.from({ length: 5 }, () => razorpay.conclude(intent)))
  for (const each of all) assert.deepEqual(each, { outcome: 'succeeded', captureReference: payment.id })
  assert.deepEqual(await razorpay.cancelIntent(intent), { outcome: 'succeeded', captureReference: payment.id })
  assert.deepEqual(await razorpay.conclude({ ...intent, reference: 'order_unknown' }), { outcome: 'failed' })
})

test('what is only authorized is not taken for a payment that is withdrawn', async () => {
  const intent = await begun()
  const payment = double.authorize(intent.reference)
  assert.deepEqual(await razorpay.cancelIntent(intent), { outcome: 'failed' })
  assert.equal(payment.status, 'authorized')
  payment.status = 'failed'
  assert.deepEqual(await razorpay.conclude(intent), { outcome: 'waiting' })
})

test('V1-337 a refund is made once, by its key and by its receipt, and finds its payment', async () => {
  const payment = await paid()
  const wanted = refundOf(payment)
  double.fail(/\/refund$/, 'tear afterwards', 1)
  await assert.rejects(razorpay.refund(wanted))
  assert.equal((await razorpay.refund(wanted)).status, 'succeeded')
  double.forgetKeys()
  assert.equal((await razorpay.refund({ ...wanted, isRepeated: true })).status, 'succeeded')
  assert.equal(double.refunds.filter(({ payment_id }) => payment_id === payment.captureReference).length, 1)
  double.refundStatus = 'pending'
  assert.equal((await razorpay.refund({ ...refundOf(payment), captureReference: null })).status, 'pending')
  double.refundStatus = 'processed'
  await assert.rejects(razorpay.refund(refundOf(payment)), {
    code: 'gateway_refused',
    message: 'Razorpay: The total refund amount is greater than the refund payment amount',
  })
})

test('silence, torn lines, 429 and 5xx are no refusal, and end in time', async () => {
  const impatient = open({ timeoutMs: 300 })
  const wrongs = [
    'silence',
    'tear',
    ...[409, 429, 500, 503].map((status) => ({ status, body: { error: { description: 'later' } } })),
    { status: 502, body: 'no JSON' },
  ] as const
  for (const how of wrongs) {
    double.fail('POST /v1/orders', how)
    const since = performance.now()
    await assert.rejects(impatient.createIntent(asked()), /^Error: Razorpay did not answer/)
    assert.ok(performance.now() - since < 5000, JSON.stringify(how))
    double.recover()
  }
})

test('what is wrong with a request is a refusal with its reason; a wrong key is none, and is told nobody', async () => {
  await assert.rejects(razorpay.createIntent(asked({ amountMinor: 1 })), {
    code: 'gateway_refused',
    message: 'Razorpay: Order amount less than minimum amount allowed',
  })
  await assert.rejects(open({ keySecret: 'geheim' }).createIntent(asked()), (error: Error) => {
    assert.doesNotMatch(JSON.stringify([error.message, error.stack, { ...error }]), /geheim/)
    return /did not answer: 401/.test(error.message)
  })
})

test('webhooks are believed by their signature; their id is in a header', async () => {
  const payment = await paid()
  const read = ({ headers, body }: { headers: object; body: string }) =>
    razorpay.readEvent({ ...headers }, body, new Date())
  const payload = double.payloadOf(payment.reference)
  const expected = { 'payment.authorized': 'approved', 'payment.captured': 'succeeded', 'payment.failed': 'failed' }
  for (const [type, outcome] of Object.entries(expected)) {
    const told = await read(double.event(type, payload))
    assert.deepEqual([told.outcome, told.reference], [outcome, payment.reference])
  }
  const order = { entity: { id: payment.reference, receipt: payment.paymentId } }
  assert.equal((await read(double.event('order.paid', { ...payload, order }))).paymentId, payment.paymentId)
  await razorpay.refund(refundOf(payment))
  const refunded = await read(double.event('refund.processed', double.payloadOf(payment.reference)))
  assert.deepEqual([refunded.refundedMinor, refunded.captureReference], [50_000, payment.captureReference])
  const event = double.event('payment.captured', payload)
  await assert.rejects(read({ ...event, body: `${event.body} ` }), { code: 'invalid_signature' })
  const { 'x-razorpay-event-id': _, ...nameless } = event.headers
  await assert.rejects(read({ ...event, headers: nameless }), { code: 'invalid_event' })
  const foreign = open({ webhookSecret: '' }).readEvent(event.headers, event.body, new Date())
  await assert.rejects(foreign, { code: 'invalid_signature' })
})
