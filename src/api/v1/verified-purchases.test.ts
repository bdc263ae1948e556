/** Who counts as a buyer of what is reviewed, through HTTP. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { examine } from '#commerce/doctor'
import { type SignedUp, signedUp, staffMember } from '../../../test/accounts.ts'
import { ADDRESS } from '../../../test/goods.ts'
import { type StockedProduct, stockedProduct } from '../../../test/products.ts'
import { deliver } from '../../../test/regulars.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'

let server: TestServer
let staff: SignedUp
before(async () => {
  server = await openTestServer()
  staff = await staffMember(server)
})
after(async () => {
  const { broken } = await examine(server.shop.db)
  await server.close()
  assert.deepEqual(broken, [])
})

const ofProduct = ({ id }: { id: number | string }) => `/api/v1/products/${id}/reviews/`
const one = (id: number, deed = '') => `/api/v1/reviews/${id}/${deed}`
const GOOD = { rating: 4, title: 'Fine', comment: 'Rings true.' }
const submit = ({ access }: SignedUp, product: StockedProduct, body: object = GOOD) =>
  server.call('POST', ofProduct(product), { token: access, body })

async function bought(product: StockedProduct, paymentMethod: string) {
  const buyer = await signedUp(server)
  const token = buyer.access
  await server.call('POST', '/api/v1/cart/items/', { token, body: { product_id: product.id } })
  const body = { shipping_address: ADDRESS, payment_method: paymentMethod }
  const { body: order } = await server.call('POST', '/api/v1/orders/', { token, body })
  return { buyer, number: order.order_number as string }
}
const isVerified = async (buyer: SignedUp, product: StockedProduct) =>
  (await submit(buyer, product)).body.is_verified_purchase

test('V1-236 NX-094 the mark of a purchase needs an order that is paid or delivered, on whatever surface, neither cancelled nor paid back', async () => {
  const [product, other] = [await stockedProduct(server, { stock: 50 }), await stockedProduct(server)]
  const delivered = await bought(product, 'cod')
  await deliver(server, staff, delivered.number)
  assert.equal(await isVerified(delivered.buyer, other), false, 'another product')
  assert.equal(await isVerified(delivered.buyer, product), true)
  const cancelled = await bought(product, 'cod')
  const cancel = `/api/v1/orders/${cancelled.number}/cancel/`
  assert.equal((await server.call('POST', cancel, { token: cancelled.buyer.access, body: {} })).status, 200)
  assert.equal(await isVerified(cancelled.buyer, product), false)
  for (const [status, payment, expected] of [
    ['processing', 'paid', true],
    ['shipped', 'partially_refunded', true],
    ['shipped', 'pending', false],
    ['pending', 'failed', false],
    ['refunded', 'refunded', false],
    ['delivered', 'refunded', false],
    ['cancelled', 'paid', false],
  ] as const) {
    const { buyer, number } = await bought(product, 'stripe')
    const setTo = (is: string, paid: string) =>
      sql`
      update orders.orders set channel = 'storefront', status = ${is}::orders.order_status, payment_status = ${paid}::orders.payment_status
      where number = ${number}`.execute(server.shop.db)
    await setTo(status, payment)
    assert.equal(await isVerified(buyer, product), expected, `${status}, ${payment}`)
    await setTo('pending', 'pending')
  }
})

test('V1-236 who edits a review after the parcel came is a buyer from then on', async () => {
  const product = await stockedProduct(server)
  const { buyer, number } = await bought(product, 'cod')
  const { body: review } = await submit(buyer, product)
  assert.equal(review.is_verified_purchase, false)
  await deliver(server, staff, number)
  const edited = await server.call('PATCH', one(review.id), { token: buyer.access, body: { comment: 'It came.' } })
  assert.equal(edited.body.is_verified_purchase, true)
})
