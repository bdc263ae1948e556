import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { examine } from '#commerce/doctor'
import { signedUp, staffMember } from '../../../test/accounts.ts'
import { ADDRESS, fillCart, stockedArticle } from '../../../test/goods.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { stripe } from '../../../test/webhooks.ts'

let server: TestServer
let staff: string
before(async () => {
  server = await openTestServer()
  staff = (await staffMember(server)).access
})
after(async () => {
  const { broken } = await examine(server.shop.db)
  await server.close()
  assert.deepEqual(broken, [])
})

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
const ask = (method: Method, path = '', body?: object, token = staff) =>
  server.call(method, `/api/v1/coupons/${path}`, { token, ...(body && { body }) })
let made = 0
async function coupon(traits: object = {}) {
  made += 1
  const { status, body } = await ask('POST', '', {
    code: `Save${made}`,
    discount_type: 'percentage',
    value: 10,
    ...traits,
  })
  assert.equal(status, 201, JSON.stringify(body))
  return body
}
/** A buyer with two articles of 10.00 in the cart. */
async function buyer() {
  const account = await signedUp(server)
  const article = await stockedArticle(server.shop, { quantity: 100 })
  await fillCart(server.shop, account.accountId, [article, 2])
  const validate = (code: string) => ask('POST', 'validate/', { code }, account.access)
  const place = (coupon_code: string) =>
    server.call('POST', '/api/v1/orders/', { token: account.access, body: { shipping_address: ADDRESS, coupon_code } })
  return { ...account, article, validate, place }
}

test('V1-270 a coupon is kept in capitals, changed in parts, and removed', async () => {
  const body = await coupon({ code: 'spring-1', min_order_amount: '15.00', usage_limit_per_user: 1 })
  const { id, ...rest } = body
  assert.deepEqual(rest, {
    ...{ code: 'SPRING-1', description: '', discount_type: 'percentage', value: '10.00', currency: null },
    ...{
      min_order_amount: '15.00',
      max_discount_amount: null,
      usage_limit: null,
      usage_limit_per_user: 1,
      used_count: 0,
    },
    ...{
      valid_from: null,
      valid_to: null,
      is_active: true,
      product_ids: [],
      category_ids: [],
      first_order_only: false,
    },
  })
  assert.deepEqual((await ask('GET', `${id}/`)).body, body)
  const changed = await ask('PATCH', `${id}/`, { value: '12.50', valid_to: '2030-01-01T00:00:00Z' })
  assert.deepEqual(
    [changed.body.value, changed.body.valid_to, changed.body.code],
    ['12.50', '2030-01-01T00:00:00.000Z', 'SPRING-1'],
  )
  const fixed = await ask('PUT', `${id}/`, { discount_type: 'fixed', value: '5.00' })
  assert.deepEqual([fixed.body.discount_type, fixed.body.value, fixed.body.currency], ['fixed', '5.00', 'USD'])
  assert.equal((await ask('GET', '?search=spring')).body.results[0].id, id)
  assert.equal((await ask('DELETE', `${id}/`)).status, 204)
  assert.equal((await ask('GET', `${id}/`)).status, 404)
  assert.equal((await ask('DELETE', `${id}/`)).status, 404)
  assert.equal((await ask('POST', '', { code: 'Spring-1', discount_type: 'free_shipping' })).status, 201)
})

test('V1-270 what is no coupon says why; only staff keeps them', async () => {
  await coupon({ code: 'taken' })
  assert.deepEqual((await ask('POST', '', { code: 'TAKEN', discount_type: 'percentage', value: 1 })).body, {
    code: ['A coupon with this code already exists.'],
  })
  const odd: [object, string][] = [
    [{ value: 0 }, 'value'],
    [{ value: 101 }, 'value'],
    [{ value: '-1' }, 'value'],
    [{ value: '10.555' }, 'value'],
    [{ value: '0.004' }, 'value'],
    [{ value: undefined }, 'value'],
    [{ discount_type: 'fixed', value: '1.234' }, 'value'],
    [{ discount_type: 'fixed', value: 0 }, 'value'],
    [{ discount_type: 'gift' }, 'discount_type'],
    [{ currency: 'XXY' }, 'currency'],
    [{ usage_limit: -1 }, 'usage_limit'],
    [{ valid_from: 'tomorrow' }, 'valid_from'],
    [{ valid_from: '2031-01-01T00:00:00Z', valid_to: '2030-01-01T00:00:00Z' }, 'valid_to'],
    [{ min_order_amount: 'much' }, 'min_order_amount'],
    [{ code: '  ' }, 'code'],
    [{ product_ids: ['x'] }, 'product_ids'],
  ]
  for (const [traits, field] of odd) {
    const { status, body } = await ask('POST', '', { code: 'ODD', discount_type: 'percentage', value: 10, ...traits })
    assert.equal(status, 400, JSON.stringify(traits))
    assert.ok(
      Object.keys(body).some((key) => key.startsWith(field)),
      `${JSON.stringify(traits)}: ${JSON.stringify(body)}`,
    )
  }
  const { access } = await signedUp(server)
  for (const method of ['GET', 'POST'] as const) assert.equal((await ask(method, '', undefined, access)).status, 403)
})

test('V1-271 V1-273 a coupon says what it takes off the cart, of the goods that it is for', async () => {
  const { article, validate } = await buyer()
  const { code } = await coupon({ value: '33.33' })
  const { status, body } = await validate(code.toLowerCase())
  assert.deepEqual(
    [status, body],
    [200, { valid: true, code, discount_type: 'percentage', value: '33.33', discount_amount: '6.67' }],
  )
  const most = await coupon({ discount_type: 'fixed', value: '500.00' })
  assert.equal((await validate(most.code)).body.discount_amount, '20.00')
  const capped = await coupon({ value: 50, max_discount_amount: '3.00' })
  assert.equal((await validate(capped.code)).body.discount_amount, '3.00')
  const mine = await coupon({ product_ids: [article.productId] })
  assert.equal((await validate(mine.code)).body.discount_amount, '2.00')
  const other = await coupon({ product_ids: [99_999_999] })
  assert.deepEqual((await validate(other.code)).body, {
    code: ['This coupon does not apply to the items in your cart.'],
  })
})

test('V1-272 each reason has its sentence', async () => {
  const { validate, place } = await buyer()
  const past = { valid_to: '2020-01-01T00:00:00Z' }
  const reasons: [object, string][] = [
    [{ is_active: false }, 'Invalid coupon code.'],
    [past, 'This coupon has expired.'],
    [{ valid_from: '2040-01-01T00:00:00Z' }, 'This coupon is not active yet.'],
    [{ usage_limit: 0 }, 'This coupon has reached its usage limit.'],
    [{ usage_limit_per_user: 0 }, 'You have already used this coupon.'],
    [{ min_order_amount: '20.01' }, 'The order does not reach the minimum amount for this coupon.'],
  ]
  for (const [traits, text] of reasons) {
    const { code } = await coupon(traits)
    const { status, body } = await validate(code)
    assert.deepEqual([status, body], [400, { code: [text] }])
    assert.deepEqual((await place(code)).body, { coupon_code: [text] })
  }
  assert.deepEqual((await validate('nothing')).body, { code: ['Invalid coupon code.'] })
})

test('V1-270 V1-302 a coupon for first orders is refused to who has ordered', async () => {
  const { code } = await coupon({ first_order_only: true })
  const { place, accountId, article } = await buyer()
  const first = await place(code)
  assert.equal(first.status, 201)
  const step = first.body.price_explanation.find(({ rule }: { rule: string }) => rule === 'coupon')
  assert.deepEqual([step.amount, step.text], ['-2.00', `Coupon ${code} on goods of $20.00`])
  await fillCart(server.shop, accountId, [article, 1])
  assert.deepEqual((await place(code)).body, { coupon_code: ['This coupon is for first orders only.'] })
})

test('V1-273 a coupon for one use is used once, however many try at once', async () => {
  const { code, id } = await coupon({ usage_limit: 1 })
  const buyers = await Promise.all(Array.from({ length: 12 }, buyer))
  const answers = await Promise.all(buyers.map(({ place }) => place(code)))
  assert.equal(answers.filter(({ status }) => status === 201).length, 1)
  assert.equal((await ask('GET', `${id}/`)).body.used_count, 1)
  assert.equal((await ask('PATCH', `${id}/`, { usage_limit: 0 })).status, 400)
})

test('V1-273 a coupon comes back with an order cancelled before payment, and not once money came, even if part of it went back', async () => {
  const { access, accountId, article, place } = await buyer()
  const { code, id } = await coupon({ usage_limit: 1 })
  const used = async () => (await ask('GET', `${id}/`)).body.used_count
  const post = (path: string, body: object, token = access) => server.call('POST', `/api/v1/${path}`, { token, body })
  const unpaid = (await place(code)).body.order_number
  await post(`orders/${unpaid}/cancel/`, {})
  assert.equal(await used(), 0)
  await fillCart(server.shop, accountId, [article, 2])
  const paid = (await place(code)).body.order_number
  const { body: intent } = await post('payments/intents/', { order_number: paid, provider: 'stripe' })
  await stripe(server, 'payment_intent.succeeded', intent.provider_reference)
  assert.equal((await post(`payments/${intent.id}/refunds/`, { amount: '1.00' }, staff)).status, 201)
  assert.equal((await post(`orders/${paid}/cancel/`, {})).body.status, 'cancelled')
  assert.equal(await used(), 1)
})
