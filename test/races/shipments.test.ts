/** Parcels, cancellations and tidings of the same order, all at once. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { advanceOrder, cancelOrder, labelOrder, noteShipmentEvent, placeOrder, shipOrder } from '#commerce/checkout'
import { examine } from '#commerce/doctor'
import { getOrder, type Order } from '#commerce/orders'
import { listShipmentsOfOrder } from '#commerce/shipping'
import { signedUp } from '../accounts.ts'
import { ADDRESS, fillCart, stockedArticle } from '../goods.ts'
import { openTestShop, type TestShop } from '../shop.ts'

let shop: TestShop
before(async () => {
  shop = await openTestShop()
})
after(async () => {
  await shop.runJobs()
  const { broken } = await examine(shop.db)
  await shop.close()
  assert.deepEqual(broken, [])
})

const ANYBODY = { accountId: null }
const TIMES = 6

async function ordered(units = 3): Promise<Order> {
  const { accountId, email } = await signedUp({ shop })
  await fillCart(shop, accountId, [await stockedArticle(shop), units])
  const shippingAddress = { ...ADDRESS, phone: null, address_line2: '', state: '' }
  const checkout = { shippingAddress, shippingMethod: 'standard', paymentMethod: 'cod', notes: '' } as const
  return placeOrder(shop, { accountId, email, channel: 'v1' }, checkout)
}

const done = (results: PromiseSettledResult<unknown>[]) => results.filter(({ status }) => status === 'fulfilled').length
const parcelsOf = ({ id }: Order) => listShipmentsOfOrder(shop.db, id)

test('V1-288 V1-307 sent or cancelled, never both', async () => {
  for (let n = 0; n < TIMES; n += 1) {
    const order = await ordered()
    const [sent, cancelled] = await Promise.allSettled([
      shipOrder(shop, { orderNumber: order.number }, 'staff'),
      cancelOrder(shop, { number: order.number }, ANYBODY, { reason: '', actor: 'customer' }),
    ])
    assert.equal(done([sent, cancelled]), 1)
    const { status } = await getOrder(shop.db, order.id)
    assert.equal(status, sent.status === 'fulfilled' ? 'shipped' : 'cancelled')
  }
})

test('V1-288 SF-338 sent and labelled at once is one parcel', async () => {
  for (let n = 0; n < TIMES; n += 1) {
    const order = await ordered()
    const results = await Promise.allSettled([
      labelOrder(shop, order.number, ANYBODY),
      shipOrder(shop, { orderNumber: order.number }, 'staff'),
      labelOrder(shop, String(order.id), ANYBODY),
      shipOrder(shop, { orderNumber: order.number }, 'staff'),
    ])
    assert.ok(done(results) >= 3)
    assert.equal((await parcelsOf(order)).length, 1)
    assert.equal((await getOrder(shop.db, order.id)).status, 'shipped')
  }
})

test('V1-288 single units at once: as many parcels as units', async () => {
  const order = await ordered(4)
  const items = [{ lineId: order.lines[0]!.id, quantity: 1 }]
  const numbers = Array.from({ length: 10 }, (_, n) => `RACE-${n}`)
  const results = await Promise.allSettled(
    numbers.map((trackingNumber) => shipOrder(shop, { orderNumber: order.number, trackingNumber, items }, 'staff')),
  )
  assert.equal(done(results), 4)
  assert.equal((await parcelsOf(order)).length, 4)
})

test('V1-288 V1-308 delivered by the last parcel and by staff at once: once, and paid once', async () => {
  for (let n = 0; n < TIMES; n += 1) {
    const order = await ordered(2)
    const items = [{ lineId: order.lines[0]!.id, quantity: 1 }]
    const ids = []
    for (const trackingNumber of [`DEL-${n}-1`, `DEL-${n}-2`])
      ids.push((await shipOrder(shop, { orderNumber: order.number, trackingNumber, items }, 'staff')).id)
    const told = { status: 'delivered', location: '', description: '' } as const
    const results = await Promise.allSettled([
      ...ids.map((id) => noteShipmentEvent(shop, id, told)),
      advanceOrder(shop, { number: order.number }, { status: 'delivered', note: '', actor: 'staff' }),
    ])
    assert.ok(done(results) >= 2)
    const { status, paymentStatus } = await getOrder(shop.db, order.id)
    assert.deepEqual([status, paymentStatus], ['delivered', 'paid'])
    assert.ok((await parcelsOf(order)).every((parcel) => parcel.status === 'delivered'))
  }
})
