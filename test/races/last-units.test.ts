import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { examine } from '#commerce/doctor'
import { signedUp } from '../accounts.ts'
import { ADDRESS, fillCart, stockedArticle } from '../goods.ts'
import { openTestServer, type TestServer } from '../server.ts'

let server: TestServer
before(async () => {
  server = await openTestServer({ DATABASE_POOL_SIZE: '20' })
})
after(() => server.close())

const place = (token: string) =>
  server.call('POST', '/api/v1/orders/', { token, body: { shipping_address: ADDRESS, payment_method: 'cod' } })

test('V1-300 200 buyers race for the last 25 units: 25 orders, no level below zero', async () => {
  const article = await stockedArticle(server.shop, { quantity: 25 })
  const buyers = []
  for (let number = 0; number < 200; number += 1) {
    const buyer = await signedUp(server)
    await fillCart(server.shop, buyer.accountId, [article, 1])
    buyers.push(buyer)
  }
  const answers = await Promise.all(buyers.map((buyer) => place(buyer.access)))
  assert.equal(answers.filter((answer) => answer.status === 201).length, 25)
  const refused = answers.filter((answer) => answer.status !== 201)
  for (const { status, body } of refused) {
    assert.deepEqual([status, body], [400, { non_field_errors: [`Not enough stock for ${article.name}.`] }])
  }
  assert.deepEqual((await examine(server.shop.db)).broken, [])
})

test('V1-300 carts with the same articles in opposite order neither deadlock nor fail', async () => {
  const articles = [
    await stockedArticle(server.shop, { quantity: 200 }),
    await stockedArticle(server.shop, { quantity: 200 }),
  ]
  const buyers = await Promise.all(Array.from({ length: 40 }, () => signedUp(server)))
  for (const [index, { accountId }] of buyers.entries()) {
    const [first, second] = index % 2 ? articles : articles.toReversed()
    await fillCart(server.shop, accountId, [first!, 2], [second!, 3])
  }
  const answers = await Promise.all(buyers.map((buyer) => place(buyer.access)))
  assert.deepEqual(new Set(answers.map((answer) => answer.status)), new Set([201]))
  assert.deepEqual((await examine(server.shop.db)).broken, [])
})

test('V1-300 two tabs check out one cart: one order', async () => {
  const buyer = await signedUp(server)
  await fillCart(server.shop, buyer.accountId, [await stockedArticle(server.shop), 1])
  const answers = await Promise.all(Array.from({ length: 8 }, () => place(buyer.access)))
  assert.deepEqual(answers.map((answer) => answer.status).sort(), [201, 400, 400, 400, 400, 400, 400, 400])
})
