// Stripe's adapter against a double of its HTTP on this machine.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, afterEach, before, test } from 'node:test'
import { openStripeDouble, STRIPE_SETTINGS, type StripeDouble } from '../../../../test/gateway-doubles/stripe.ts'
import type { Gateway } from '../gateway.ts'
import { fromStripeAmount, toStripeAmount } from './amounts.ts'
import { stripeGateway } from './stripe.ts'

const { STRIPE_SECRET_KEY: secretKey, STRIPE_WEBHOOK_SECRET: webhookSecret } = STRIPE_SETTINGS
let double: StripeDouble
let stripe: Gateway
const open = (over: object = {}) =>
  stripeGateway({ secretKey, webhookSecret, url: double.url, timeoutMs: 2000, ...over })
before(async () => {
  double = await openStripeDouble()
  stripe = open()
})
afterEach(() => double.recover())
after(() => double.close())

const asked = (over: object = {}) => ({
  paymentId: randomUUID(),
  orderNumber: 'ORD-1',
  amountMinor: 1250,
  currency: 'USD',
  returnUrl: null,
  isRepeated: false,
  ...over,
})
async function paid() {
  const wanted = asked()
  const { reference } = await stripe.createIntent(wanted)
  double.pay(reference)
  return { ...wanted, reference }
}
const refundOf = (reference: string, over: object = {}) => ({
  ...{
    refundId: randomUUID(),
    reference,
    captureReference: null,
    amountMinor: 500,
    currency: 'USD',
    isRepeated: false,
  },
  ...over,
})

test('V1-330 an intent is made once for a payment, which it names', async () => {
  const wanted = asked()
  const answers = await Promise.all([1, 2, 3].map(() => stripe.createIntent(wanted)))
  assert.equal(new Set(answers.map(({ reference }) => reference)).size, 1)
  const { reference, clientSecret, status } = answers[0]!
  assert.deepEqual([status, clientSecret], ['pending', `${reference}_secret_1`])
  const { amount, currency, metadata } = double.intents.at(-1)!
  assert.deepEqual([amount, currency, metadata.payment_id], [1250, 'usd', wanted.paymentId])
})

test('amounts go in the units of Stripe', () => {
  const cases: [minor: number, currency: string, stripe: number][] = [
    [1250, 'USD', 1250],
    [1250, 'JPY', 1250],
    [1250, 'KWD', 1250],
    [1250, 'ISK', 125_000],
    [1250, 'UGX', 125_000],
  ]
  for (const [minor, currency, amount] of cases) {
    assert.equal(toStripeAmount(minor, currency), amount, currency)
    assert.equal(fromStripeAmount(amount, currency), minor, currency)
  }
})

test('V1-334 what became of an intent: it waits, is paid, is withdrawn, or was never there', async () => {
  const wanted = asked()
  const intent = { ...wanted, reference: (await stripe.createIntent(wanted)).reference }
  assert.deepEqual(await stripe.conclude(intent), { outcome: 'waiting' })
  assert.deepEqual(await stripe.cancelIntent(intent), { outcome: 'failed' })
  assert.deepEqual(await stripe.cancelIntent(intent), { outcome: 'failed' })
  assert.deepEqual(await stripe.conclude(intent), { outcome: 'failed' })
  const other = await paid()
  assert.deepEqual(await stripe.conclude(other), { outcome: 'succeeded' })
  assert.deepEqual(await stripe.cancelIntent(other), { outcome: 'succeeded' })
  assert.deepEqual(await stripe.conclude({ ...other, reference: 'pi_unknown' }), { outcome: 'failed' })
})

test('V1-337 a refund is made once, even a day later', async () => {
  const { reference } = await paid()
  const wanted = refundOf(reference)
  double.fail('POST /v1/refunds', 'tear afterwards', 1)
  await assert.rejects(stripe.refund(wanted), /^Error: Stripe did not answer/)
  assert.equal((await stripe.refund(wanted)).status, 'succeeded')
  double.forgetKeys()
  assert.equal((await stripe.refund({ ...wanted, isRepeated: true })).status, 'succeeded')
  assert.equal(double.refunds.filter(({ payment_intent }) => payment_intent === reference).length, 1)
  await assert.rejects(stripe.refund(refundOf(reference, { amountMinor: 751 })), { code: 'gateway_refused' })
  for (const [said, meant] of [
    ['pending', 'pending'],
    ['failed', 'failed'],
  ] as const) {
    double.refundStatus = said
    assert.equal((await stripe.refund(refundOf(reference, { amountMinor: 10 }))).status, meant)
  }
  double.refundStatus = 'succeeded'
})

test('silence, torn lines, 429 and 5xx are no refusal, and end in time', async () => {
  const impatient = open({ timeoutMs: 300 })
  const wrongs = [
    'silence',
    'tear',
    ...[401, 409, 429, 500, 503].map((status) => ({ status, body: { error: { type: 'api_error', message: 'no' } } })),
    { status: 502, body: 'no object' },
    { status: 503, body: { message: 'not of Stripe' } },
  ] as const
  for (const how of wrongs) {
    double.fail('POST /v1/payment_intents', how)
    const since = performance.now()
    await assert.rejects(impatient.createIntent(asked()), /^Error: Stripe did not answer: \w+/)
    assert.ok(performance.now() - since < 5000, JSON.stringify(how))
    double.recover()
  }
})

test('what is wrong with a request is a refusal with its reason; a wrong key is none, and is told nobody', async () => {
  await assert.rejects(stripe.createIntent(asked({ amountMinor: 1 })), {
    code: 'gateway_refused',
    message: 'Stripe: Amount must be at least $0.50 usd',
  })
  const stranger = open({ secretKey: 'sk_live_geheim' })
  await assert.rejects(stranger.createIntent(asked()), (error: Error) => {
    assert.doesNotMatch(JSON.stringify([error.message, error.stack, { ...error }]), /geheim/)
    return /did not answer: StripeAuthenticationError 401/.test(error.message)
  })
})

test('V1-332 events are believed by their signature, and carry our payment', async () => {
  const { paymentId, reference } = await paid()
  const read = ({ headers, body }: { headers: object; body: string }, now = new Date()) =>
    stripe.readEvent({ ...headers }, body, now)
  const intent = double.intents.find(({ id }) => id === reference)!
  const told = await read(double.event('payment_intent.succeeded', intent))
  assert.deepEqual([told.outcome, told.reference, told.paymentId], ['succeeded', reference, paymentId])
  const charge = { id: 'ch_1', payment_intent: reference, currency: 'isk', amount_refunded: 50_000, metadata: {} }
  const refunded = await read(double.event('charge.refunded', charge))
  assert.deepEqual([refunded.outcome, refunded.reference, refunded.refundedMinor], ['refunded', reference, 500])
  assert.equal((await read(double.event('customer.created', { id: 'cus_1' }))).outcome, 'ignored')
  const event = double.event('payment_intent.succeeded', intent)
  await assert.rejects(read({ ...event, body: `${event.body} ` }), { code: 'invalid_signature' })
  await assert.rejects(read(event, new Date(Date.now() + 301_000)), { code: 'invalid_signature' })
})
