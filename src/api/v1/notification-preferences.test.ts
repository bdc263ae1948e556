import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { signedUp } from '../../../test/accounts.ts'
import { ADDRESS, fillCart, stockedArticle } from '../../../test/goods.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(() => server.close())

const PREFERENCES = '/api/v1/notifications/preferences/'
const usual = { email: true, sms: false, in_app: true }
const untouched = {
  order_updates: usual,
  shipping_updates: usual,
  promotions: { ...usual, email: false },
  stock_alerts: usual,
  security: usual,
}

test('V1-372 mail and inside the shop by default, promotions for who opts in; what is left out stays', async () => {
  const { access: token } = await signedUp(server)
  assert.deepEqual((await server.call('GET', PREFERENCES, { token })).body, untouched)
  const body = { order_updates: { sms: true }, promotions: { email: true } }
  const changed = { ...untouched, order_updates: { ...usual, sms: true }, promotions: usual }
  const patched = await server.call('PATCH', PREFERENCES, { token, body })
  assert.deepEqual([patched.status, patched.body], [200, changed])
  const me = await server.call('PATCH', '/api/v1/users/me/', { token, body: { profile: { marketing_opt_in: false } } })
  assert.equal(me.status, 200)
  assert.deepEqual((await server.call('GET', PREFERENCES, { token })).body.promotions, untouched.promotions)
  const put = await server.call('PUT', PREFERENCES, { token, body: untouched })
  assert.deepEqual([put.status, put.body], [200, untouched])
  assert.equal((await server.call('GET', PREFERENCES)).status, 401)
})

test('V1-372 security is always mailed, and what is no choice is refused', async () => {
  const { access: token } = await signedUp(server)
  for (const body of [{ security: { email: false } }, { order_updates: { email: 'perhaps' } }, { security: 7 }])
    for (const method of ['PUT', 'PATCH'] as const)
      assert.equal((await server.call(method, PREFERENCES, { token, body })).status, 400)
  assert.deepEqual((await server.call('GET', PREFERENCES, { token })).body, untouched)
})

test('V1-372 V1-373 who wants neither mail nor notice of orders gets neither', async () => {
  const buyer = await signedUp(server)
  const token = buyer.access
  await server.call('PATCH', PREFERENCES, { token, body: { order_updates: { email: false, in_app: false } } })
  await fillCart(server.shop, buyer.accountId, [await stockedArticle(server.shop), 1])
  const { body, status } = await server.call('POST', '/api/v1/orders/', { token, body: { shipping_address: ADDRESS } })
  assert.equal(status, 201)
  await server.shop.runJobs()
  assert.equal((await server.call('GET', '/api/v1/notifications/', { token })).body.count, 0)
  assert.ok(!server.shop.letters.some(({ subject }) => subject.includes(body.order_number)))
})

test('V1-373 who asks for it is told by SMS, once, and not without a phone', async () => {
  const tell = async (phone: string | undefined, sms: boolean) => {
    const buyer = await signedUp(server, phone ? { phone } : {})
    const body = { order_updates: { sms, in_app: !sms } }
    assert.equal((await server.call('PATCH', PREFERENCES, { token: buyer.access, body })).status, 200)
    await fillCart(server.shop, buyer.accountId, [await stockedArticle(server.shop), 1])
    const order = await server.call('POST', '/api/v1/orders/', {
      token: buyer.access,
      body: { shipping_address: ADDRESS },
    })
    await server.shop.runJobs()
    const notices = await server.call('GET', '/api/v1/notifications/', { token: buyer.access })
    return { number: order.body.order_number as string, notices: notices.body.count as number }
  }
  const { number, notices } = await tell('+919812345678', true)
  const texts = server.shop.texts.filter(({ to }) => to === '+919812345678')
  assert.deepEqual([texts.length, notices], [1, 0])
  assert.match(texts[0]!.body, new RegExp(`order ${number} for`))
  const before = server.shop.texts.length
  assert.equal((await tell('+919812345679', false)).notices, 1)
  assert.equal((await tell(undefined, true)).notices, 0)
  assert.equal(server.shop.texts.length, before)
})
