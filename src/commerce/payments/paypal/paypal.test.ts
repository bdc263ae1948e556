// PayPal's adapter against a double of its HTTP on this machine.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, afterEach, before, test } from 'node:test'
import { openPaypalDouble, PAYPAL_SETTINGS, type PaypalDouble } from '../../../../test/gateway-doubles/paypal.ts'
import type { Gateway } from '../gateway.ts'
import { moneyAt, toMoney } from './amounts.ts'
import { paypalGateway } from './paypal.ts'

let double: PaypalDouble
let paypal: Gateway
let offsetMs = 0
const now = () => new Date(Date.now() + offsetMs)
const open = (over: object = {}) =>
  paypalGateway({
    clientId: PAYPAL_SETTINGS.PAYPAL_CLIENT_ID,
    clientSecret: PAYPAL_SETTINGS.PAYPAL_CLIENT_SECRET,
    webhookId: PAYPAL_SETTINGS.PAYPAL_WEBHOOK_ID,
    url: double.url,
    returnUrl: 'http://localhost:3000',
    timeoutMs: 2000,
    now,
    ...over,
  })
before(async () => {
  double = await openPaypalDouble()
  paypal = open()
})
afterEach(() => double.recover())
after(() => double.close())

const asked = (over: object = {}) => ({
  ...{ paymentId: randomUUID(), orderNumber: 'ORD-1', amountMinor: 1250, currency: 'USD' },
  ...{ returnUrl: null, isRepeated: false },
  ...over,
})
async function begun() {
  const wanted = asked()
  const { reference } = await paypal.createIntent(wanted)
  return { ...wanted, reference, order: double.orders.at(-1)! }
}
async function paid() {
  const intent = await begun()
  double.approve(intent.reference)
  const { captureReference } = await paypal.conclude(intent)
  return { ...intent, captureReference: captureReference! }
}
const refundOf = ({ reference, captureReference }: { reference: string; captureReference: string }) => ({
  ...{ refundId: randomUUID(), reference, captureReference, amountMinor: 500, currency: 'USD', isRepeated: false },
})

test('V1-330 an order is made once for a payment, which it names, and says where to agree', async () => {
  const wanted = asked()
  const answers = await Promise.all([1, 2, 3].map(() => paypal.createIntent(wanted)))
  assert.equal(new Set(answers.map(({ reference }) => reference)).size, 1)
  const { status, approvalUrl, reference } = answers[0]!
  assert.deepEqual([status, approvalUrl?.endsWith(`token=${reference}`)], ['requires_action', true])
  const { custom_id, amount } = double.orders.at(-1)!
  assert.deepEqual([custom_id, amount], [wanted.paymentId, { currency_code: 'USD', value: '12.50' }])
})

test('amounts are decimals, whole where PayPal knows no parts', () => {
  const cases: [minor: number, currency: string, value: string][] = [
    [1250, 'USD', '12.50'],
    [1250, 'JPY', '1250'],
    [1250, 'HUF', '1250'],
    [125_000, 'TWD', '1250'],
  ]
  for (const [minor, currency, value] of cases) {
    assert.deepEqual(toMoney(minor, currency), { currency_code: currency, value })
    assert.equal(moneyAt({ amount: toMoney(minor, currency) }, 'amount'), minor)
  }
  assert.throws(() => toMoney(1250, 'TWD'), { code: 'gateway_refused' })
  assert.equal(moneyAt({ amount: { currency_code: 'XXY', value: '1' } }, 'amount'), undefined)
})

test('V1-334 money is taken once the buyer agrees, once however many ask; what lapsed brings none', async () => {
  const intent = await begun()
  assert.deepEqual(await paypal.conclude(intent), { outcome: 'waiting' })
  double.approve(intent.reference)
  const all = await Promise.all(Array.from({ length: 5 }, () => paypal.conclude(intent)))
  const [capture, ...others] = intent.order.captures
  assert.deepEqual(others, [])
  for (const each of all) assert.deepEqual(each, { outcome: 'succeeded', captureReference: capture!.id })
  assert.deepEqual(await paypal.cancelIntent(intent), { outcome: 'succeeded', captureReference: capture!.id })
  const lapsed = await begun()
  double.forget(lapsed.reference)
  assert.deepEqual(await paypal.conclude(lapsed), { outcome: 'failed' })
  assert.deepEqual(await paypal.cancelIntent(await begun()), { outcome: 'failed' })
})

test('V1-334 a capture whose answer was lost, or that PayPal refuses, is told as it stands there', async () => {
  const intent = await begun()
  double.approve(intent.reference)
  double.fail(/\/capture$/, 'tear afterwards', 1)
  await assert.rejects(paypal.conclude(intent))
  assert.equal((await paypal.conclude(intent)).outcome, 'succeeded')
  assert.equal(intent.order.captures.length, 1)
  for (const [status, outcome] of [
    ['PENDING', 'waiting'],
    ['DECLINED', 'failed'],
  ] as const) {
    const other = await begun()
    double.captureStatus = status
    double.approve(other.reference)
    assert.deepEqual(await paypal.conclude(other), { outcome })
  }
  double.captureStatus = 'COMPLETED'
  const declined = await begun()
  double.approve(declined.reference)
  double.fail(/\/capture$/, { status: 422, body: { details: [{ issue: 'INSTRUMENT_DECLINED' }] } }, 1)
  assert.deepEqual(await paypal.conclude(declined), { outcome: 'waiting' })
})

test('V1-337 a refund is made once, even when keys are forgotten, and finds its capture', async () => {
  const payment = await paid()
  const wanted = refundOf(payment)
  double.fail(/\/refund$/, 'tear afterwards', 1)
  await assert.rejects(paypal.refund(wanted))
  assert.equal((await paypal.refund(wanted)).status, 'succeeded')
  double.forgetKeys()
  assert.equal((await paypal.refund({ ...wanted, isRepeated: true })).status, 'succeeded')
  assert.equal(payment.order.refunds.length, 1)
  double.refundStatus = 'PENDING'
  const pending = await paypal.refund({ ...refundOf(payment), captureReference: null })
  assert.equal(pending.status, 'pending')
  double.refundStatus = 'COMPLETED'
  await assert.rejects(paypal.refund(refundOf(payment)), { code: 'gateway_refused' })
})

test('a token is kept, fetched anew where it is no longer good, and asked for once by many', async () => {
  const before = double.logins
  double.forgetTokens()
  await begun()
  assert.equal(double.logins, before + 1)
  offsetMs += 9 * 3_600_000
  await Promise.all(Array.from({ length: 10 }, begun))
  assert.equal(double.logins, before + 2)
})

test('silence, torn lines, 429 and 5xx are no refusal, and end in time', async () => {
  const impatient = open({ timeoutMs: 300 })
  const wrongs = [
    'silence',
    'tear',
    ...[403, 409, 429, 500, 503].map((status) => ({ status, body: { name: 'RATE_LIMIT_REACHED' } })),
    { status: 200, body: 'no object' },
  ] as const
  for (const how of wrongs) {
    double.fail('POST /v2/checkout/orders', how)
    await assert.rejects(
      impatient.createIntent(asked()),
      (error: Error) => !('code' in error && error.code === 'gateway_refused'),
    )
    double.recover()
  }
})

test('what is wrong with a request is a refusal with its reason; a wrong key is none, and is told nobody', async () => {
  await assert.rejects(paypal.createIntent(asked({ amountMinor: 0 })), (error: { code?: string; details?: object }) => {
    assert.deepEqual(error.details, {
      reason: 'The requested action could not be performed.',
      issue: 'CANNOT_BE_ZERO_OR_NEGATIVE',
    })
    return error.code === 'gateway_refused'
  })
  await assert.rejects(open({ clientSecret: 'geheim' }).createIntent(asked()), (error: Error) => {
    assert.doesNotMatch(JSON.stringify([error.message, error.stack, { ...error }]), /geheim/)
    return /let nobody in: 401/.test(error.message)
  })
})

test('V1-333 events are believed once PayPal confirms them, sign by sign as they came', async () => {
  const payment = await paid()
  const { reference, paymentId, captureReference } = payment
  const read = ({ headers, body }: { headers: object; body: string }) => paypal.readEvent({ ...headers }, body, now())
  const approved = await read(double.event('CHECKOUT.ORDER.APPROVED', double.approved(reference)))
  assert.deepEqual([approved.outcome, approved.reference, approved.paymentId], ['approved', reference, paymentId])
  const captured = await read(double.event('PAYMENT.CAPTURE.COMPLETED', double.captured(reference)))
  assert.deepEqual(
    [captured.outcome, captured.reference, captured.paymentId, captured.captureReference],
    ['succeeded', reference, paymentId, captureReference],
  )
  await paypal.refund(refundOf(payment))
  await paypal.refund(refundOf(payment))
  const refunded = await read(double.event('PAYMENT.CAPTURE.REFUNDED', double.refunded(reference)))
  assert.deepEqual(
    [refunded.outcome, refunded.captureReference, refunded.refundedMinor],
    ['refunded', captureReference, 1000],
  )
  const event = double.event('PAYMENT.CAPTURE.COMPLETED', double.captured(reference))
  await assert.rejects(read({ ...event, body: event.body.replaceAll('\n', '') }), { code: 'invalid_signature' })
  const asked = double.requests.length
  const { 'paypal-transmission-sig': _, ...unsigned } = event.headers
  await assert.rejects(read({ ...event, headers: unsigned }), { code: 'invalid_signature' })
  await assert.rejects(open({ webhookId: '' }).readEvent(event.headers, event.body, now()), {
    code: 'invalid_signature',
  })
  assert.equal(double.requests.length, asked)
  double.fail('POST /v1/notifications', { status: 503, body: {} })
  await assert.rejects(read(event), /PayPal answered 503/)
})
