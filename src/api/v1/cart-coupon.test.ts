import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { examine } from '#commerce/doctor'
import { signedUp, staffMember } from '../../../test/accounts.ts'
import { ADDRESS, fillCart, stockedArticle } from '../../../test/goods.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'

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

let made = 0
async function coupon(traits: object = {}): Promise<{ id: number; code: string }> {
  made += 1
  const body = { code: `CART${made}`, discount_type: 'percentage', value: 10, ...traits }
  const { status, body: created } = await server.call('POST', '/api/v1/coupons/', { token: staff, body })
  assert.equal(status, 201, JSON.stringify(created))
  return created
}
/** A buyer with two articles of 10.00 in the cart. */
async function buyer() {
  const account = await signedUp(server)
  const article = await stockedArticle(server.shop, { quantity: 100 })
  await fillCart(server.shop, account.accountId, [article, 2])
  const token = account.access
  const enter = (code: string) => server.call('POST', '/api/v1/cart/coupon/', { token, body: { code } })
  const remove = () => server.call('DELETE', '/api/v1/cart/coupon/', { token })
  const cart = async () => (await server.call('GET', '/api/v1/cart/', { token })).body
  const place = (extra: object = {}) =>
    server.call('POST', '/api/v1/orders/', { token, body: { shipping_address: ADDRESS, ...extra } })
  return { ...account, article, enter, remove, cart, place }
}
const figures = ({ subtotal, discount, total, coupon: code }: Record<string, unknown>) => [
  subtotal,
  discount,
  total,
  code,
]

test('V1-255 a coupon in the cart takes something off, and says so; without it the cart is as before', async () => {
  const { enter, remove, cart, accountId, article } = await buyer()
  const { code } = await coupon()
  const { status, body, statements } = await enter(code.toLowerCase())
  assert.equal(status, 200)
  assert.deepEqual(figures(body), ['20.00', '2.00', '18.00', code])
  assert.deepEqual(body.price_explanation.at(-1), {
    ...{ rule: 'coupon', amount: '-2.00', text: `Coupon ${code} on goods of $20.00` },
  })
  assert.ok(statements <= 12, String(statements))
  assert.deepEqual(await cart(), body)
  await fillCart(server.shop, accountId, [article, 1])
  assert.deepEqual(figures(await cart()), ['30.00', '3.00', '27.00', code])
  const removed = await remove()
  assert.deepEqual([removed.status, figures(removed.body)], [200, ['30.00', '0.00', '30.00', null]])
  assert.equal((await remove()).status, 200)
})

test('V1-255 V1-272 what cannot be used is refused, and the cart keeps what it had', async () => {
  const { enter, cart } = await buyer()
  const { code } = await coupon()
  const dear = await coupon({ min_order_amount: '50.00' })
  await enter(code)
  const refused = async (wrong: string) => {
    const { status, body } = await enter(wrong)
    assert.equal(status, 400)
    return body
  }
  assert.deepEqual(await refused('NOTHING'), { code: ['Invalid coupon code.'] })
  assert.deepEqual(await refused(dear.code), { code: ['The order does not reach the minimum amount for this coupon.'] })
  assert.deepEqual(Object.keys(await refused('')), ['code'])
  assert.equal((await cart()).coupon, code)
  const nobody = await server.call('POST', '/api/v1/cart/coupon/', { body: { code } })
  assert.equal(nobody.status, 400)
  assert.equal((await server.call('DELETE', '/api/v1/cart/coupon/', {})).status, 200)
})

test('V1-255 a coupon that no longer applies stays in sight, takes nothing off, and says why', async () => {
  const { enter, cart } = await buyer()
  const { id, code } = await coupon()
  await enter(code)
  await server.call('PATCH', `/api/v1/coupons/${id}/`, { token: staff, body: { valid_to: '2020-01-01T00:00:00Z' } })
  const now = await cart()
  assert.deepEqual(figures(now), ['20.00', '0.00', '20.00', code])
  assert.deepEqual(now.warnings, [`Coupon ${code} was not applied. This coupon has expired.`])
  assert.equal(now.price_explanation.at(-1).rule, 'coupon_not_applied')
})

test('V1-255 V1-300 an order uses the coupon of the cart, which is empty afterwards; one that is named goes before it', async () => {
  const { enter, cart, place, accountId, article } = await buyer()
  const { code } = await coupon({ usage_limit_per_user: 1 })
  const other = await coupon({ value: 50 })
  await enter(code)
  const { status, body, statements } = await place()
  assert.deepEqual([status, body.discount, body.coupon_code], [201, '2.00', code])
  assert.ok(statements <= 14, String(statements))
  assert.equal((await cart()).coupon, null)
  await fillCart(server.shop, accountId, [article, 2])
  assert.equal((await place()).body.coupon_code, null)
  await fillCart(server.shop, accountId, [article, 2])
  assert.equal((await enter(code)).status, 400)
  await enter(other.code)
  assert.deepEqual((await place({ coupon_code: code })).body, { coupon_code: ['You have already used this coupon.'] })
  assert.equal((await place()).body.discount, '10.00')
})

test('V1-255 V1-302 an order whose coupon fell away meanwhile is refused: nobody pays more than was shown', async () => {
  const { enter, cart, place } = await buyer()
  const { id, code } = await coupon()
  await enter(code)
  await server.call('PATCH', `/api/v1/coupons/${id}/`, { token: staff, body: { is_active: false } })
  const { status, body } = await place()
  assert.deepEqual([status, body], [400, { coupon_code: ['Invalid coupon code.'] }])
  assert.deepEqual([(await cart()).coupon, (await cart()).item_count], [code, 2])
})

test('V1-255 V1-256 a guest enters a coupon, and takes it along to the account', async () => {
  const { code } = await coupon()
  const article = await stockedArticle(server.shop)
  const added = await server.call('POST', '/api/v1/cart/items/', { body: { product_id: article.productId } })
  const headers = { 'x-cart-token': added.body.cart_token }
  const entered = await server.call('POST', '/api/v1/cart/coupon/', { body: { code }, headers })
  assert.deepEqual(figures(entered.body), ['10.00', '1.00', '9.00', code])
  const { access: token } = await signedUp(server)
  const { body } = await server.call('POST', '/api/v1/cart/merge/', {
    token,
    body: { cart_token: added.body.cart_token },
  })
  assert.deepEqual(figures(body), ['10.00', '1.00', '9.00', code])
})

test('V1-255 a coupon of first orders is none for who has ordered', async () => {
  const { enter, place, accountId, article, cart } = await buyer()
  const { code } = await coupon({ first_order_only: true })
  assert.equal((await enter(code)).body.discount, '2.00')
  assert.equal((await place()).body.discount, '2.00')
  await fillCart(server.shop, accountId, [article, 1])
  assert.deepEqual((await enter(code)).body, { code: ['This coupon is for first orders only.'] })
  assert.equal((await cart()).coupon, null)
})

test('V1-286 V1-255 what sending a cart with a coupon costs is what its order costs', async () => {
  const { access: token, accountId, article, enter, place } = await buyer()
  await fillCart(server.shop, accountId, [article, 10])
  const quoted = async () => {
    const body = { country: 'GB', postal_code: 'SW1Y 4JH' }
    const { body: answer } = await server.call('POST', '/api/v1/shipping/rates/', { token, body })
    return answer.rates.find(({ code }: { code: string }) => code === 'standard').rate
  }
  assert.equal(await quoted(), '0.00')
  await enter((await coupon()).code)
  // 120.00 would be free, 108.00 too; below 100.00 nothing is.
  assert.equal(await quoted(), '0.00')
  await enter((await coupon({ discount_type: 'fixed', value: '20.01' })).code)
  const rate = await quoted()
  assert.deepEqual([rate, (await place()).body.shipping_cost], ['5.00', '5.00'])
  await fillCart(server.shop, accountId, [article, 1])
  assert.equal(await quoted(), '5.00')
  await enter((await coupon({ discount_type: 'free_shipping', value: undefined })).code)
  assert.deepEqual([await quoted(), (await place()).body.shipping_cost], ['0.00', '0.00'])
})
