import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { noteShipmentEvent, placeOrder, shipOrder } from '#commerce/checkout'
import { examine } from '#commerce/doctor'
import { signedUp } from '../../../test/accounts.ts'
import { ADDRESS, fillCart, stockedArticle } from '../../../test/goods.ts'
import { openTestShop, type TestShop } from '../../../test/shop.ts'
import { runOn } from '../../../test/template.ts'

let shop: TestShop
before(async () => {
  shop = await openTestShop()
  await sent()
  const delivered = await sent()
  await noteShipmentEvent(shop, delivered, { status: 'delivered', location: '', description: '' })
})
after(() => shop.close())

async function sent(): Promise<number> {
  const { accountId, email } = await signedUp({ shop })
  await fillCart(shop, accountId, [await stockedArticle(shop), 2])
  const shippingAddress = { ...ADDRESS, phone: null, address_line2: '', state: '' }
  const checkout = { shippingAddress, shippingMethod: 'standard', paymentMethod: 'cod', notes: '' } as const
  const { number } = await placeOrder(shop, { accountId, email, channel: 'v1' }, checkout)
  return (await shipOrder(shop, { orderNumber: number }, 'staff')).id
}

/** What must never become of parcels, how it is undone, and which invariant notices. */
const damages: [string, string, string][] = [
  [
    'update shipping.shipment_lines set quantity = quantity + 1',
    'update shipping.shipment_lines set quantity = quantity - 1',
    'no more of a line is in parcels',
  ],
  [
    'update shipping.shipment_lines set line_id = line_id + 1000',
    'update shipping.shipment_lines set line_id = line_id - 1000',
    'only of the order of the parcel',
  ],
  [
    "update shipping.shipments set order_number = order_number || 'x'",
    "update shipping.shipments set order_number = rtrim(order_number, 'x')",
    'names the order that it is of',
  ],
  [
    "update shipping.shipments set status = 'in_transit' where status = 'delivered'",
    "update shipping.shipments set status = 'delivered' where status = 'in_transit'",
    'one that was delivered says so',
  ],
  [
    "update orders.orders set status = 'processing' where status = 'shipped'",
    "update orders.orders set status = 'shipped' where status = 'processing'",
    'a parcel has left is shipped',
  ],
  [
    "update orders.orders set status = 'shipped', updated_at = '2001-01-01' where status = 'delivered'",
    "update orders.orders set status = 'delivered' where updated_at = '2001-01-01'",
    'delivered with the last of them',
  ],
]

test('V1-288 the doctor finds nothing in parcels that are as they should be', async () => {
  assert.deepEqual((await examine(shop.db)).broken, [])
})

for (const [damage, repair, says] of damages) {
  test(`V1-288 the doctor notices: ${says}`, async () => {
    await runOn(shop.databaseUrl, (client) => client.query(damage))
    const { broken } = await examine(shop.db)
    await runOn(shop.databaseUrl, (client) => client.query(repair))
    assert.ok(JSON.stringify(broken).includes(says), JSON.stringify(broken))
    assert.deepEqual((await examine(shop.db)).broken, [])
  })
}
