import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { placeOrder } from '#commerce/checkout'
import { examine } from '#commerce/doctor'
import { signedUp } from '../../../test/accounts.ts'
import { ADDRESS, fillCart, stockedArticle } from '../../../test/goods.ts'
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
    'update catalog.products_per_category set products = 7',
    'update catalog.products_per_category set products = 1',
    'kept numbers',
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
