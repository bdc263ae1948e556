import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { createCategory } from '#commerce/catalog'
import { examine } from '#commerce/doctor'
import { inTransaction } from '#platform/database'
import { signedUp, staffMember } from '../../../test/accounts.ts'
import { type ProductWishes, stockedProduct } from '../../../test/products.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { assertFault } from '../../../test/shared-paths.ts'
import { stripe } from '../../../test/webhooks.ts'

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(async () => {
  const { broken } = await examine(server.shop.db)
  await server.close()
  assert.deepEqual(broken, [])
})

const ORDERS = '/api/orders/orders/'
const ADDRESS = { street: '1 Main Street', city: 'Springfield', state: 'IL', postal_code: '62701', country: 'US' }

async function customer() {
  const account = await signedUp(server, { surface: 'marketplace' })
  const token = account.access
  const ask = (method: 'GET' | 'POST' | 'PATCH', path = '', body?: unknown, headers: Record<string, string> = {}) =>
    server.call(method, `${ORDERS}${path}`, { token, headers, ...(body === undefined ? {} : { body }) })
  const add = (product: { id: number }, quantity = 1) =>
    server.call('POST', '/api/orders/cart/', { token, body: { product_id: product.id, quantity } })
  const place = (rest: object = {}, headers: Record<string, string> = {}) =>
    ask('POST', '', { shipping_address: ADDRESS, ...rest }, headers)
  return { ...account, ask, add, place }
}

async function ordered(wishes: ProductWishes = {}, rest: object = {}) {
  const [buyer, product] = [await customer(), await stockedProduct(server, wishes)]
  await buyer.add(product, 2)
  const { status, body } = await buyer.place(rest)
  assert.equal(status, 201, JSON.stringify(body))
  return { buyer, product, order: body.data }
}
const unitsOf = async (variantId: number) => {
  const { rows } = await sql<{ onHand: number }>`
    select on_hand from inventory.levels where variant_id = ${variantId}`.execute(server.shop.db)
  return rows[0]!.onHand
}

test('MP-120 MP-121 MP-122 MP-123 MP-124 an order is made of the cart, and keeps what was sold', async () => {
  const seller = await signedUp(server, { isSeller: true, firstName: 'Sela', lastName: 'Trader' })
  const category = await inTransaction(server.shop.db, (tx) => createCategory(tx, { name: 'Mugs' }))
  const wishes = { name: 'Blue mug', priceMinor: 1999, categoryId: category.id, sellerId: seller.accountId }
  const { buyer, product, order } = await ordered(wishes, { notes: 'ring twice' })
  assert.match(order.order_number, /^ORD-[A-Z0-9]{8}$/)
  assert.deepEqual([order.status, order.payment_status, order.user], ['PENDING', 'PENDING', buyer.accountId])
  assert.deepEqual(
    [order.subtotal, order.discount_amount, order.tax_amount, order.shipping_cost, order.total_amount, order.currency],
    ['39.98', '0.00', '7.20', '5.00', '52.18', 'USD'],
  )
  assert.deepEqual([order.shipping_address, order.notes], [ADDRESS, 'ring twice'])
  const [item] = order.items
  const { title, sku, price, image, category: shelf, seller: sold } = item.product_snapshot
  assert.deepEqual(
    [title, sku, price, image, shelf, sold],
    ['Blue mug', product.sku, '19.99', null, 'Mugs', 'Sela Trader'],
  )
  assert.deepEqual(
    [item.product, item.variant, item.quantity, item.unit_price, item.total_price],
    [product.id, null, 2, '19.99', '39.98'],
  )
  const [first] = order.status_history
  assert.deepEqual([first.status, first.changed_by, order.status_history.length], ['PENDING', buyer.accountId, 1])
  assert.equal(await unitsOf(product.variantId), 8)
  await sql`update catalog.products set name = 'Red mug' where id = ${product.id}`.execute(server.shop.db)
  const kept = await buyer.ask('GET', `${order.id}/`)
  assert.deepEqual(kept.body.data, order)
  const cart = await server.call('GET', '/api/orders/cart/', { token: buyer.access })
  assert.deepEqual(cart.body.data.items, [])
})

test('MP-120 MP-130 all five parts of an address are needed, and nothing that a parcel cannot show', async () => {
  const [buyer, product] = [await customer(), await stockedProduct(server)]
  await buyer.add(product)
  const odd: unknown[] = [
    undefined,
    null,
    'x',
    [],
    {},
    { ...ADDRESS, street: '' },
    { ...ADDRESS, city: '   ' },
    { ...ADDRESS, state: 'x'.repeat(256) },
    { ...ADDRESS, country: 1 },
    { ...ADDRESS, postal_code: null },
    { ...ADDRESS, street: 'a\nb' },
    { ...ADDRESS, city: 'a\u0007b' },
  ]
  for (const key of Object.keys(ADDRESS)) odd.push({ ...ADDRESS, [key]: undefined })
  for (const shipping_address of odd) {
    const { status, body } = await buyer.ask('POST', '', { shipping_address })
    assert.deepEqual(
      [status, body.error, Object.keys(body.details)],
      [400, 'Validation failed.', ['shipping_address']],
      JSON.stringify(shipping_address),
    )
    assert.ok(body.details.shipping_address.every((text: unknown) => typeof text === 'string'))
  }
  assert.equal((await buyer.place()).status, 201)
})

test('MP-124 an empty cart, and a lack of stock, make no order', async () => {
  const [buyer, product] = [await customer(), await stockedProduct(server, { stock: 3 })]
  assertFault(await buyer.place(), 400, 'Cart is empty.')
  await buyer.add(product, 3)
  const other = await customer()
  await other.add(product, 1)
  assert.equal((await other.place()).status, 201)
  assertFault(await buyer.place(), 400, 'Insufficient stock available.', {
    items: [{ product_id: product.id, requested: 3, available: 2 }],
  })
  assert.equal(await unitsOf(product.variantId), 2)
  assert.equal((await buyer.ask('GET')).body.count, 0)
})

test('MP-120 V1-303 the same key places one order, with identical bytes', async () => {
  const [buyer, product] = [await customer(), await stockedProduct(server)]
  await buyer.add(product)
  const answers = await Promise.all(Array.from({ length: 10 }, () => buyer.place({}, { 'idempotency-key': 'once' })))
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([201]))
  assert.equal(new Set(answers.map(({ body }) => JSON.stringify(body))).size, 1)
  assert.equal((await buyer.ask('GET')).body.count, 1)
})

test('MP-124 two orders of one cart at once are one', async () => {
  const [buyer, product] = [await customer(), await stockedProduct(server)]
  await buyer.add(product, 2)
  const answers = await Promise.all([1, 2, 3, 4].map(() => buyer.place()))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 400, 400, 400])
  assert.equal(await unitsOf(product.variantId), 8)
})

test('MP-125 MP-126 orders are the buyer’s own; staff sees all', async () => {
  const { buyer, order } = await ordered()
  const [stranger, staff] = [await customer(), await staffMember(server)]
  const { body } = await buyer.ask('GET', '?status=pending&payment_status=PENDING')
  assert.deepEqual([body.count, body.results[0].order_number], [1, order.order_number])
  assert.equal((await buyer.ask('GET', '?status=SHIPPED')).body.count, 0)
  assert.equal((await buyer.ask('GET', '?end_date=2020-01-01')).body.count, 0)
  assert.equal((await buyer.ask('GET', '?all=true')).body.count, 1)
  for (const query of ['?status=lost', '?payment_status=x', '?start_date=2026-02-30', '?all=perhaps'])
    assert.equal((await buyer.ask('GET', query)).status, 400, query)
  const lost = (await buyer.ask('GET', '?status=lost')).body
  assert.deepEqual(lost.details, { status: ['"lost" is not a valid choice.'] })
  assert.equal((await buyer.ask('GET', '?page=9')).status, 404)
  const all = await server.call('GET', `${ORDERS}?all=true`, { token: staff.access })
  assert.ok(all.body.count > 1)
  for (const name of [order.id, order.order_number]) {
    assert.equal((await buyer.ask('GET', `${name}/`)).body.data.id, order.id)
    assert.equal((await server.call('GET', `${ORDERS}${name}/`, { token: staff.access })).status, 200)
    assertFault(await stranger.ask('GET', `${name}/`), 404, 'Order not found.')
  }
  assertFault(await server.call('GET', ORDERS), 401, 'Authentication credentials were not provided.')
})

test('MP-127 staff, and the seller of all of it, carry an order on; nobody else', async () => {
  const seller = await signedUp(server, { isSeller: true })
  const [other, staff] = [await signedUp(server, { isSeller: true }), await staffMember(server)]
  const { buyer, order } = await ordered({ sellerId: seller.accountId }, { payment_method: 'cod' })
  assert.deepEqual(
    [order.status, order.status_history.map(({ status }: { status: string }) => status)],
    ['PROCESSING', ['PENDING', 'PROCESSING']],
  )
  const advance = (token: string, status: string) =>
    server.call('PATCH', `${ORDERS}${order.id}/status/`, { token, body: { status, note: 'on its way' } })
  assertFault(await advance(buyer.access, 'SHIPPED'), 403, 'You do not have permission to perform this action.')
  assertFault(await advance(other.access, 'SHIPPED'), 403, 'You do not have permission to perform this action.')
  const shipped = await advance(seller.access, 'SHIPPED')
  assert.deepEqual([shipped.status, shipped.body.data.status], [200, 'SHIPPED'])
  const last = shipped.body.data.status_history.at(-1)
  assert.deepEqual([last.status, last.note, last.changed_by], ['SHIPPED', 'on its way', seller.accountId])
  for (const status of ['PENDING', 'lost', 'CANCELLED'])
    assert.equal((await advance(staff.access, status)).status, 400, status)
  assert.equal((await advance(staff.access, 'DELIVERED')).body.data.payment_status, 'PAID')
  assertFault(await buyer.ask('POST', `${order.id}/cancel/`), 400, 'This order can no longer be cancelled.')
})

test('MP-127 a cancelled order gives its stock back, once', async () => {
  const { buyer, product, order } = await ordered()
  const stranger = await customer()
  assertFault(await stranger.ask('POST', `${order.id}/cancel/`), 404, 'Order not found.')
  const answers = await Promise.all(
    [1, 2].map(() => buyer.ask('POST', `${order.id}/cancel/`, { reason: 'changed my mind' })),
  )
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 400])
  assert.equal(await unitsOf(product.variantId), 10)
  const { rows } = await sql<{ movement: string }>`
    select movement from inventory.ledger where reference = ${order.order_number} order by id`.execute(server.shop.db)
  assert.deepEqual(
    rows.map(({ movement }) => movement),
    ['OUT', 'RETURN'],
  )
})

test('MP-128 an order is paid by a payment, and is processed then', async () => {
  const { buyer, order } = await ordered()
  const { status, body } = await buyer.ask('POST', `${order.id}/pay/`, { provider: 'stripe' })
  assert.deepEqual([status, body.data.amount, body.data.status], [201, order.total_amount, 'pending'])
  await stripe(server, 'payment_intent.succeeded', body.data.provider_reference)
  const paid = await buyer.ask('GET', `${order.id}/`)
  assert.deepEqual([paid.body.data.status, paid.body.data.payment_status], ['PROCESSING', 'PAID'])
  assertFault(
    await buyer.ask('POST', `${order.id}/pay/`, { provider: 'stripe' }),
    400,
    'This order is already paid or cancelled.',
  )
  assert.equal((await buyer.ask('POST', `${order.id}/pay/`, { provider: 'gold' })).status, 400)
  const stranger = await customer()
  assertFault(await stranger.ask('POST', `${order.id}/pay/`, { provider: 'stripe' }), 404, 'Order not found.')
})
