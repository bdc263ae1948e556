import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { examine } from '#commerce/doctor'
import { type SignedUp, signedUp, staffMember } from '../../../test/accounts.ts'
import { ADDRESS, fillCart, stockedArticle } from '../../../test/goods.ts'
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

async function ordered() {
  const buyer = await signedUp(server)
  await fillCart(server.shop, buyer.accountId, [await stockedArticle(server.shop), 2])
  const body = { shipping_address: ADDRESS, payment_method: 'cod' }
  const { body: order } = await server.call('POST', '/api/v1/orders/', { token: buyer.access, body })
  const path = `/api/v1/orders/${order.order_number}/`
  const move = (body: object, token = buyer.access) => server.call('PATCH', `${path}address/`, { token, body })
  return { buyer, order, path, move }
}

test('a note of staff is read by staff; by the buyer only where it is meant for him, and without a name', async () => {
  const { buyer, path } = await ordered()
  const note = (body: object, token = staff.access) => server.call('POST', `${path}notes/`, { token, body })
  assert.equal((await note({ text: 'Called twice.' })).status, 201)
  assert.equal((await note({ text: 'Comes on Friday.', is_shown: true })).body.author, staff.email)
  const read = async (token: string) =>
    (await server.call('GET', `${path}notes/`, { token })).body.map((each: Record<string, unknown>) => [
      each.text,
      each.author,
    ])
  assert.deepEqual(await read(staff.access), [
    ['Called twice.', staff.email],
    ['Comes on Friday.', staff.email],
  ])
  assert.deepEqual(await read(buyer.access), [['Comes on Friday.', 'staff']])
  assert.equal((await note({ text: ' ' })).status, 400)
  assert.equal((await note({ text: 'x' }, buyer.access)).status, 403)
  const stranger = await signedUp(server)
  assert.equal((await server.call('GET', `${path}notes/`, { token: stranger.access })).status, 404)
})

test('an order is sent elsewhere until it is packed; history and bill tell', async () => {
  const { move, path, buyer, order } = await ordered()
  const elsewhere = { ...ADDRESS, city: 'Leeds', postal_code: 'LS1 1UR' }
  const { status, body } = await move({ shipping_address: elsewhere })
  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual([body.shipping_address.city, body.billing_address.city, body.total], ['Leeds', 'Leeds', order.total])
  const { body: history } = await server.call('GET', `${path}history/`, { token: buyer.access })
  assert.deepEqual(
    [history.at(-1).note, history.at(-1).actor, history.at(-1).status],
    ['Shipping address changed', 'customer', 'processing'],
  )
  assert.deepEqual((await move({})).body, { shipping_address: ['This field is required.'] })
  assert.deepEqual((await move({ shipping_address_id: 999_999 })).body, { shipping_address_id: ['Address not found.'] })
  assert.equal((await move({ shipping_address: elsewhere }, (await signedUp(server)).access)).status, 404)
  const shipped = await server.call('POST', '/api/v1/shipping/shipments/', {
    token: staff.access,
    body: { order_number: order.order_number },
  })
  assert.equal(shipped.status, 201, JSON.stringify(shipped.body))
  const late = await move({ shipping_address: ADDRESS })
  assert.deepEqual([late.status, late.body], [400, { detail: 'The address of this order can no longer be changed.' }])
})

test('an address that the transport costs something else to is refused', async () => {
  const { move } = await ordered()
  const { body: methods } = await server.call('GET', '/api/v1/shipping/methods/all/', { token: staff.access })
  const rows = methods.results ?? methods
  const standard = rows.find((each: Record<string, unknown>) => each.code === 'standard' && each.currency === 'USD')
  const zone = { token: staff.access, body: { name: 'Islands', countries: ['IS'] } }
  const { body: made } = await server.call('POST', '/api/v1/shipping/zones/', zone)
  const rate = { token: staff.access, body: { base: '19.00', included_grams: 1000, per_kg: '1.00' } }
  const set = await server.call('PUT', `/api/v1/shipping/zones/${made.id}/rates/${standard.id}/`, rate)
  assert.equal(set.status, 200, JSON.stringify(set.body))
  const { status, body } = await move({ shipping_address: { ...ADDRESS, country: 'IS' } })
  assert.deepEqual([status, Object.keys(body)], [400, ['shipping_address']])
})

test('staff orders for a customer: his cart stays, his address book counts, he is told, and can pay', async () => {
  const customer = await signedUp(server)
  const [mug, tea] = [
    await stockedArticle(server.shop),
    await stockedArticle(server.shop, { priceMinor: 500, quantity: 3 }),
  ]
  await fillCart(server.shop, customer.accountId, [tea, 1])
  const order = (body: object, token = staff.access, headers: Record<string, string> = {}) =>
    server.call('POST', '/api/v1/orders/on-behalf/', { token, body, headers })
  const wish = {
    user_id: customer.accountId,
    items: [
      { product_id: mug.productId, quantity: 2 },
      { product_id: tea.productId, variant_id: tea.variantId, quantity: 1 },
      { product_id: mug.productId, quantity: 1 },
    ],
    ...{ shipping_address: ADDRESS, notes: 'By telephone' },
  }
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => order(wish, staff.access, { 'idempotency-key': 'call 1' })),
  )
  assert.equal(new Set(answers.map(({ status, body }) => `${status} ${JSON.stringify(body)}`)).size, 1)
  const [{ status, body }] = answers as [(typeof answers)[0]]
  assert.deepEqual([status, body.subtotal, body.items.length], [201, '35.00', 2])
  const path = `/api/v1/orders/${body.order_number}/`
  const own = await server.call('GET', `${path}history/`, { token: customer.access })
  assert.equal(own.body[0].actor, 'staff')
  assert.equal((await server.call('GET', '/api/v1/cart/', { token: customer.access })).body.item_count, 1)
  await server.shop.runJobs()
  assert.ok(server.shop.letters.some(({ to, subject }) => to === customer.email && subject.includes(body.order_number)))
  const pay = { token: customer.access, body: { order_number: body.order_number, provider: 'stripe' } }
  assert.equal((await server.call('POST', '/api/v1/payments/intents/', pay)).status, 201)
  const short = { ...wish, items: [{ product_id: tea.productId, quantity: 3 }] }
  assert.deepEqual((await order(short)).body, { non_field_errors: [`Not enough stock for ${tea.name}.`] })
  assert.deepEqual((await order({ ...wish, user_id: 999_999 })).body, { user_id: ['User not found.'] })
  const unknown = { ...wish, items: [{ product_id: 999_999, quantity: 1 }] }
  assert.deepEqual((await order(unknown)).body, { items: ['Product not found or inactive.'] })
  assert.equal((await order(wish, customer.access)).status, 403)
})
