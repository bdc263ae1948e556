import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { noteAbandonedCarts } from '#commerce/analytics'
import { signedUp, staffMember } from '../../../../test/accounts.ts'
import { ADDRESS, stockedArticle } from '../../../../test/goods.ts'
import { openTestServer, type TestServer } from '../../../../test/server.ts'

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(() => server.close())

test('SF-437 the cart of a guest that was left is recovered by the account that it went into', async () => {
  const article = await stockedArticle(server.shop)
  const added = await server.call('POST', '/api/v1/cart/items/', {
    body: { product_id: article.productId, quantity: 2 },
  })
  server.shop.pass(61 * 60_000)
  await noteAbandonedCarts(server.shop)
  const staff = await staffMember(server)
  const listed = async () => {
    await server.shop.runJobs()
    const path = '/api/admin/core/cartabandonmentanalytics/'
    return (await server.call('GET', path, { token: staff.access })).body.results
  }
  const [left] = await listed()
  assert.deepEqual([left.user, left.recovered], [null, false])
  const buyer = await signedUp(server)
  const token = buyer.access
  await server.call('POST', '/api/v1/cart/merge/', { token, body: { cart_token: added.body.cart_token } })
  const [merged] = await listed()
  assert.deepEqual([merged.id, merged.user?.id, merged.recovered], [left.id, buyer.accountId, false])
  const body = { shipping_address: ADDRESS, payment_method: 'cod' }
  assert.equal((await server.call('POST', '/api/v1/orders/', { token, body })).status, 201)
  const [recovered, ...others] = await listed()
  assert.deepEqual([recovered.id, recovered.recovered, others], [left.id, true, []])
})
