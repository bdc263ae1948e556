import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { examine } from '#commerce/doctor'
import { takeStock } from '#commerce/inventory'
import { inTransaction } from '#platform/database'
import { staffMember } from '../../../test/accounts.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { assertAnswer, NO_CREDENTIALS } from '../../../test/storefront.ts'
import { LARGE, shopper, tea } from '../../../test/storefront-shopper.ts'

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(async () => {
  const { broken } = await examine(server.shop.db)
  await server.close()
  assert.deepEqual(broken, [])
})

const unitsOf = async (variantId: number) => {
  const { rows } = await sql<{ onHand: number }>`
    select on_hand from inventory.levels where variant_id = ${variantId}`.execute(server.shop.db)
  return rows[0]!.onHand
}
/** Units that are not there any more. */
const lose = (productId: number, variantId: number, quantity: number) =>
  inTransaction(server.shop.db, (tx) =>
    takeStock(tx, [{ productId, variantId, sku: '', name: '', quantity }], 'lost', new Date()),
  )
const lettersTo = (email: string) => server.shop.letters.filter(({ to }) => to === email)
const itemsOf = async (buyer: Awaited<ReturnType<typeof shopper>>) =>
  (await buyer.ask('GET', '/cart/retrieve_cart/')).body.items

test('SF-290 SF-291 SF-292 SF-294 a checkout is paid at once, takes the stock, empties the cart, and its figures agree', async () => {
  const [buyer, product] = [await shopper(server), await tea(server)]
  await buyer.add(product, 2)
  await buyer.add(product, 1, LARGE)
  const { status, body } = await buyer.checkOut({ simulate_failure: false })
  assert.equal(status, 201)
  assert.match(body.order_number, /^ORD-[A-Z0-9]{8}$/)
  assert.deepEqual([body.payment_status, body.status], ['COMPLETED', 'PROCESSING'])
  assert.deepEqual([body.user, body.address], [buyer.accountId, buyer.addressId])
  assert.deepEqual(
    [body.subtotal, body.gst_amount, body.shipping_cost, body.total_price],
    ['1949.14', '350.84', '0.00', '2299.98'],
  )
  assert.deepEqual(
    body.price_explanation.map(({ rule, amount }: { rule: string; amount: string }) => [rule, amount]),
    [
      ['price', '1199.98'],
      ['price', '1100.00'],
      ['tax', '350.84'],
      ['shipping', '0.00'],
    ],
  )
  assert.equal(body.price_explanation[0].text, `2 × ${product.name} at ₹599.99`)
  assert.equal(body.price_explanation[2].text, 'Tax of 18 % on ₹1,949.14, contained in the prices')
  assert.match(body.payment_id, /^PAY-[0-9A-F]{32}$/)
  assert.equal(body.payment_method, 'card')
  assert.deepEqual(
    body.items.map(({ id: _, ...item }: { id: number }) => item),
    [
      {
        product_id: product.id,
        product_name: product.name,
        price: '599.99',
        weight: '200g',
        quantity: 2,
        total_price: '1199.98',
      },
      {
        product_id: product.id,
        product_name: product.name,
        price: '1100.00',
        weight: '400g',
        quantity: 1,
        total_price: '1100.00',
      },
    ],
  )
  const { name, city, postal_code } = body.shipping_address
  assert.deepEqual([name, city, postal_code], ['Sam Shopper', 'Bengaluru', '560001'])
  assert.deepEqual([body.carrier, body.tracking_number, body.estimated_delivery_date], [null, null, null])
  assert.deepEqual([await unitsOf(product.variantIds[0]!), await unitsOf(product.variantIds[1]!)], [8, 9])
  assert.deepEqual(await itemsOf(buyer), [])
})

test('SF-294 a small order pays for the parcel', async () => {
  const [buyer, product] = [
    await shopper(server),
    await tea(server, { variants: [{ sku: 'CHEAP', weightLabel: '200g', priceMinor: 10000 }] }),
  ]
  await buyer.add(product, 1, { price: 100, weight: '200g' })
  const { body } = await buyer.checkOut()
  assert.deepEqual(
    [body.subtotal, body.gst_amount, body.shipping_cost, body.total_price],
    ['84.75', '15.25', '49.00', '149.00'],
  )
})

test('SF-293 SF-325 SF-326 SF-327 one mail confirms a paid checkout, with the invoice', async () => {
  const [buyer, product] = [await shopper(server), await tea(server)]
  await buyer.add(product)
  const { body } = await buyer.checkOut()
  await server.shop.runJobs()
  const [letter, ...others] = lettersTo(buyer.email)
  assert.equal(others.length, 0)
  assert.ok(letter!.html.includes(body.order_number) && letter!.subject.includes(body.order_number))
  const [invoice] = letter!.attachments
  assert.ok(Buffer.from(invoice!.base64, 'base64').subarray(0, 4).toString() === '%PDF')
})

test('SF-295 SF-296 SF-299 SF-300 SF-301 what cannot be ordered says why, and nothing has changed', async () => {
  const [buyer, product] = [await shopper(server), await tea(server)]
  const nothing = await buyer.checkOut()
  assert.deepEqual([nothing.status, typeof nothing.body.error], [400, 'string'])
  await buyer.add(product, 5)
  const other = await shopper(server)
  assertAnswer(await buyer.ask('POST', '/orders/checkout/', { address_id: other.addressId }), 404, {
    error: 'Address not found.',
  })
  assertAnswer(await buyer.ask('POST', '/orders/checkout/', { address_id: 99_999_999 }), 404, {
    error: 'Address not found.',
  })
  for (const body of [{}, { address_id: 'x' }, { address_id: null }, { address_id: 1.5 }]) {
    const { status, body: answer } = await buyer.ask('POST', '/orders/checkout/', body)
    assert.deepEqual([status, typeof answer.error], [400, 'string'], JSON.stringify(body))
  }
  await lose(product.id, product.variantIds[0]!, 7)
  assertAnswer(await buyer.checkOut(), 400, {
    error: 'Not enough stock for the following items',
    details: [`${product.name} (200g) (Requested: 5, Available: 3)`],
  })
  assert.equal(await unitsOf(product.variantIds[0]!), 3)
  assert.equal((await itemsOf(buyer))[0].quantity, 5)
  assert.deepEqual((await buyer.ask('GET', '/orders/history/')).body, [])
  assertAnswer(await server.call('POST', '/api/orders/checkout/', { body: { address_id: 1 } }), 401, NO_CREDENTIALS)
})

test('SF-296 SF-282 everything that is short is told, in the order of the cart, also beside what is no longer sold', async () => {
  const [buyer, one, two] = [await shopper(server), await tea(server), await tea(server)]
  await buyer.add(two, 5)
  await buyer.add(one, 4)
  await buyer.add(one, 3, LARGE)
  for (const { id, variantIds } of [one, two]) await lose(id, variantIds[0]!, 8)
  const error = 'Not enough stock for the following items'
  const details = [`${two.name} (200g) (Requested: 5, Available: 2)`, `${one.name} (200g) (Requested: 4, Available: 2)`]
  assertAnswer(await buyer.checkOut(), 400, { error, details })
  await sql`update catalog.products set is_active = false where id = ${one.id}`.execute(server.shop.db)
  const gone = ['200g) (Requested: 4', '400g) (Requested: 3'].map((line) => `${one.name} (${line}, Available: 0)`)
  assertAnswer(await buyer.checkOut(), 400, { error, details: [details[0], ...gone] })
})

test('SF-297 SF-298 a payment that fails makes no order; odd payment data is refused', async () => {
  const [buyer, product] = [await shopper(server), await tea(server)]
  await buyer.add(product, 2)
  const failed = await buyer.checkOut({ simulate_failure: true })
  assert.deepEqual([failed.status, failed.body.payment_status, typeof failed.body.error], [400, 'FAILED', 'string'])
  for (const payment_data of [
    'x',
    1,
    [],
    null,
    { simulate_failure: 'no' },
    { deferred: 1 },
    { payment_method: 'shells' },
  ]) {
    const { status, body } = await buyer.ask('POST', '/orders/checkout/', { address_id: buyer.addressId, payment_data })
    assert.deepEqual([status, typeof body.error], [400, 'string'], JSON.stringify(payment_data))
  }
  assert.deepEqual((await buyer.ask('GET', '/orders/history/')).body, [])
  assert.equal(await unitsOf(product.variantIds[0]!), 10)
  assert.equal((await itemsOf(buyer))[0].quantity, 2)
  await server.shop.runJobs()
  assert.equal(lettersTo(buyer.email).length, 0)
})

test('SF-302 SF-303 simultaneous checkouts sell no more than there is, and one cart once', async () => {
  const product = await tea(server)
  const buyers = await Promise.all(Array.from({ length: 8 }, () => shopper(server)))
  for (const buyer of buyers) await buyer.add(product, 3)
  const answers = await Promise.all(buyers.flatMap((buyer) => [buyer.checkOut(), buyer.checkOut()]))
  assert.equal(answers.filter(({ status }) => status === 201).length, 3)
  assert.equal(await unitsOf(product.variantIds[0]!), 1)
  for (const { status, body } of answers)
    if (status !== 201) assert.ok(status === 400 && body.error, JSON.stringify(body))
})

test('SF-304 a deferred order waits to be paid, and its mail with it', async () => {
  const [buyer, product] = [await shopper(server), await tea(server)]
  await buyer.add(product, 2)
  const { status, body } = await buyer.checkOut({ deferred: true })
  assert.deepEqual([status, body.status, body.payment_status], [201, 'PENDING', 'PENDING'])
  assert.equal(await unitsOf(product.variantIds[0]!), 8)
  assert.deepEqual(await itemsOf(buyer), [])
  await server.shop.runJobs()
  assert.equal(lettersTo(buyer.email).length, 0)
})

test('SF-303 V1-303 the same key places one order, with the same answer', async () => {
  const [buyer, product] = [await shopper(server), await tea(server)]
  await buyer.add(product)
  const answers = await Promise.all(Array.from({ length: 5 }, () => buyer.checkOut({}, { 'idempotency-key': 'once' })))
  assert.deepEqual(
    answers.map(({ status }) => status),
    [201, 201, 201, 201, 201],
  )
  assert.equal(new Set(answers.map(({ body }) => JSON.stringify(body))).size, 1)
})

test('SF-306 SF-307 the price of the moment is charged, and stays', async () => {
  const [buyer, product] = [await shopper(server), await tea(server)]
  await buyer.add(product)
  await sql`update catalog.variants set price_minor = 60000 where id = ${product.variantIds[0]}`.execute(server.shop.db)
  const { body } = await buyer.checkOut()
  assert.equal(body.total_price, '600.00')
  await sql`update catalog.variants set price_minor = 59999 where id = ${product.variantIds[0]}`.execute(server.shop.db)
  assert.equal((await buyer.ask('GET', `/orders/${body.order_number}/`)).body.items[0].price, '600.00')
  assert.equal((await buyer.ask('DELETE', `/users/addresses/${buyer.addressId}/`)).status, 204)
  const kept = await buyer.ask('GET', `/orders/${body.id}/`)
  assert.deepEqual([kept.body.address, kept.body.shipping_address.city], [null, 'Bengaluru'])
})

test('SF-310 SF-311 SF-312 history and detail are the buyer’s own', async () => {
  const [buyer, stranger, product] = [await shopper(server), await shopper(server), await tea(server)]
  assertAnswer(await buyer.ask('GET', '/orders/history/'), 200, [])
  const numbers: string[] = []
  for (const quantity of [1, 2]) {
    await buyer.add(product, quantity)
    numbers.unshift((await buyer.checkOut()).body.order_number)
    server.shop.pass(1000)
  }
  const { body } = await buyer.ask('GET', '/orders/history/')
  assert.deepEqual(
    body.map(({ order_number }: { order_number: string }) => order_number),
    numbers,
  )
  assert.deepEqual(Object.keys(body[0]).sort(), [
    ...['address', 'created_at', 'id', 'order_number', 'payment_status', 'status', 'total_price', 'user'],
  ])
  for (const name of [numbers[0], body[0].id]) {
    const { status, body: order } = await buyer.ask('GET', `/orders/${name}/`)
    assert.deepEqual([status, order.order_number, order.items.length], [200, numbers[0], 1])
    assertAnswer(await stranger.ask('GET', `/orders/${name}/`), 404, { error: 'Order not found.' })
    assertAnswer(await stranger.ask('POST', `/orders/${name}/cancel/`), 404, { error: 'Order not found.' })
  }
  const { access: token } = await staffMember(server, { surface: 'storefront' })
  for (const [method, path] of [['GET', ''] as const, ['POST', 'cancel/'] as const])
    assertAnswer(await server.call(method, `/api/orders/${numbers[0]}/${path}`, { token }), 404, {
      error: 'Order not found.',
    })
  assertAnswer(await buyer.ask('GET', '/orders/ORD-00000000/'), 404, { error: 'Order not found.' })
  for (const path of ['/api/orders/history/', `/api/orders/${numbers[0]}/`])
    assertAnswer(await server.call('GET', path), 401, NO_CREDENTIALS)
  assertAnswer(await server.call('POST', `/api/orders/${numbers[0]}/cancel/`), 401, NO_CREDENTIALS)
})
