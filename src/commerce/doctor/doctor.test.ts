import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { placeOrder } from '#commerce/checkout'
import { examine } from '#commerce/doctor'
import { voteHelpful } from '#commerce/reviews'
import { signedUp } from '../../../test/accounts.ts'
import { ADDRESS, fillCart, stockedArticle } from '../../../test/goods.ts'
import { stockedProduct } from '../../../test/products.ts'
import { reviewed } from '../../../test/reviews.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { runOn } from '../../../test/template.ts'

let server: TestServer
before(async () => {
  server = await openTestServer()
  const buyer = await signedUp(server)
  await fillCart(server.shop, buyer.accountId, [await stockedArticle(server.shop), 2])
  const shippingAddress = { ...ADDRESS, phone: null, address_line2: '', state: '' }
  await placeOrder(
    server.shop,
    { accountId: buyer.accountId, email: buyer.email, channel: 'v1' },
    { shippingAddress, shippingMethod: 'standard', paymentMethod: 'cod', notes: '' },
  )
  const { id } = await reviewed(server, await stockedProduct(server))
  await voteHelpful(server.shop, id, buyer.accountId)
})
after(() => server.close())

/** What a shop must never do to its books, and which invariant notices. */
const damages: [string, string, string][] = [
  [
    'update inventory.levels set on_hand = on_hand + 1',
    'update inventory.levels set on_hand = on_hand - 1',
    'sum of its ledger',
  ],
  [
    'update inventory.levels set product_id = product_id + 1',
    'update inventory.levels set product_id = product_id - 1',
    'the product of their variant',
  ],
  [
    'update orders.lines set order_id = order_id + 1000',
    'update orders.lines set order_id = order_id - 1000',
    'every line its order',
  ],
  [
    'insert into inventory.alerts (product_id, variant_id, threshold, available, created_at) select product_id, variant_id, 5, 5, now() from inventory.levels',
    'delete from inventory.alerts',
    'one alert that goes on',
  ],
  [
    'update inventory.locations set is_default = false',
    'update inventory.locations set is_default = true',
    'one default location',
  ],
  [
    "update orders.orders set status = 'cancelled'",
    "update orders.orders set status = 'processing'",
    'taken from stock',
  ],
  [
    "update orders.orders set payment_status = 'paid'",
    "update orders.orders set payment_status = 'pending'",
    'payment of its total',
  ],
  [
    "update payments.payments set status = 'succeeded'",
    "update payments.payments set status = 'pending'",
    'money that came in',
  ],
  [
    'update payments.payments set refunded_minor = 5',
    'update payments.payments set refunded_minor = 0',
    'sum of the refunds',
  ],
  [
    'update catalog.products set price_minor = price_minor + 1',
    'update catalog.products set price_minor = price_minor - 1',
    'lowest of its variants',
  ],
  [
    "insert into catalog.pictures (product_id, url) select id, 'https://a.example/1' from catalog.products",
    'delete from catalog.pictures',
    'one primary picture',
  ],
  [
    'update catalog.products_per_category set products = products + 6',
    'update catalog.products_per_category set products = products - 6',
    'kept numbers',
  ],
  [
    'insert into browse.sold_out select id from catalog.products',
    'delete from browse.sold_out',
    'lists and searches know each product',
  ],
  [
    'update browse.marks set documents = documents + 1',
    'update browse.marks set documents = documents - 1',
    'marks of deep pages',
  ],
  [
    'update reviews.summaries set rating_sum = rating_sum + 1',
    'update reviews.summaries set rating_sum = rating_sum - 1',
    'its approved reviews',
  ],
  [
    'update reviews.reviews set helpful_count = helpful_count + 1',
    'update reviews.reviews set helpful_count = helpful_count - 1',
    'as helpful as it has votes',
  ],
  [
    'update browse.documents set price_minor = price_minor + 1',
    'update browse.documents set price_minor = price_minor - 1',
    'its document for searches',
  ],
  [
    "update browse.documents set words = words || '''stray'''",
    "update browse.documents set words = ts_delete(words, 'stray')",
    'what searches read',
  ],
  [
    "insert into platform.letters (key, recipient, subject, status) values ('lost', 'ada@example.com', 'Hello', 'dead')",
    "delete from platform.letters where key = 'lost'",
    'no letter is dead',
  ],
  [
    "insert into platform.text_messages (key, recipient, status) values ('lost', '+15550001', 'dead')",
    "delete from platform.text_messages where key = 'lost'",
    'no text message is dead',
  ],
]

test('a sound shop has nothing to show', async () => {
  assert.deepEqual((await examine(server.shop.db)).broken, [])
})

for (const [damage, repair, noticed] of damages) {
  test(`doctor notices: ${damage}`, async () => {
    await runOn(server.shop.databaseUrl, (client) => client.query(damage))
    const { broken } = await examine(server.shop.db)
    await runOn(server.shop.databaseUrl, (client) => client.query(repair))
    assert.ok(
      broken.some(({ invariant }) => invariant.includes(noticed)),
      JSON.stringify(broken),
    )
    assert.deepEqual((await examine(server.shop.db)).broken, [])
  })
}
