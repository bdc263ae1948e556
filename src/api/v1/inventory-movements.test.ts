import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type StockedProduct, stockedProduct } from '../../../test/products.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { type StockKeeper, stockKeeper } from '../../../test/stock.ts'

let server: TestServer
let keeper: StockKeeper
let main: number
before(async () => {
  server = await openTestServer()
  keeper = await stockKeeper(server)
  main = (await keeper.ask('GET', '/locations/')).body.results[0].id
})
after(() => server.close())

const twoVariants = () => {
  const sku = `TWO-${Math.random()}`
  const variants = [
    { sku, name: 'Red', priceMinor: 100 },
    { sku: `${sku}-B`, name: 'Blue', priceMinor: 100 },
  ]
  return stockedProduct(server, { variants })
}
const unitsAt = async (product: StockedProduct, location = main) => (await keeper.unitsOf(product))[location]

test('V1-352 an adjustment changes the default location and is written down', async () => {
  const product = await stockedProduct(server)
  const { status, body } = await keeper.adjust(product, -4, { reason: 'Counted anew' })
  assert.equal(status, 201)
  const { id, timestamp, ...rest } = body
  assert.deepEqual(rest, {
    product: product.id,
    variant: product.variantId,
    location: main,
    type: 'ADJUSTMENT',
    quantity: -4,
    balance_after: 6,
    reference: '',
    notes: 'Counted anew',
    recorded_by: keeper.accountId,
  })
  assert.ok(Math.abs(Date.parse(timestamp) - server.shop.now().getTime()) < 10_000)
  assert.equal(await unitsAt(product), 6)
  assert.deepEqual((await keeper.ask('GET', `/transactions/?product=${product.id}`)).body.results[0], body)
})

test('V1-352 what would leave less than nothing is refused, and nothing is written', async () => {
  const product = await stockedProduct(server)
  const refused = await keeper.adjust(product, -11)
  assert.deepEqual([refused.status, refused.body], [400, { quantity_delta: ['Insufficient stock.'] }])
  const elsewhere = await keeper.adjust(product, -1, { location_id: await keeper.addLocation('EMPTY') })
  assert.deepEqual([elsewhere.status, elsewhere.body], [400, { quantity_delta: ['Insufficient stock.'] }])
  assert.equal(await unitsAt(product), 10)
  assert.equal((await keeper.ask('GET', `/transactions/?product=${product.id}`)).body.count, 1)
  assert.equal((await keeper.adjust(product, -10)).body.balance_after, 0)
})

test('V1-352 more than a location can hold is refused', async () => {
  const product = await stockedProduct(server)
  for (const units of [1_000_000_000, 1_000_000_000]) assert.equal((await keeper.adjust(product, units)).status, 201)
  const { status, body } = await keeper.adjust(product, 147_483_638)
  assert.deepEqual([status, body], [400, { quantity_delta: ['Ensure this value is less than or equal to 147483637.'] }])
  assert.equal((await keeper.adjust(product, 147_483_637)).body.balance_after, 2_147_483_647)
})

test('V1-352 what comes in is positive, what goes out is negative; a transfer is no adjustment', async () => {
  const product = await stockedProduct(server)
  const post = async (type: string, units: number) => (await keeper.adjust(product, units, { type })).status
  for (const type of ['IN', 'RETURN']) assert.deepEqual([await post(type, 2), await post(type, -2)], [201, 400])
  for (const type of ['OUT', 'DAMAGE']) assert.deepEqual([await post(type, -2), await post(type, 2)], [201, 400])
  assert.deepEqual([await post('ADJUSTMENT', 1), await post('ADJUSTMENT', -1)], [201, 201])
  assert.equal(await unitsAt(product), 10)
  const { body } = await keeper.adjust(product, 2, { type: 'DAMAGE' })
  assert.deepEqual(body, { quantity_delta: ['This value must be less than 0 for DAMAGE.'] })
  for (const type of ['TRANSFER', 'LOST']) {
    const { body } = await keeper.adjust(product, 2, { type })
    assert.deepEqual(body, { type: [`"${type}" is not a valid choice.`] })
  }
})

test('V1-352 faults are told by field, all together', async () => {
  const product = await stockedProduct(server)
  const adjust = async (body: object) => (await keeper.ask('POST', '/adjustments/', body)).body
  assert.deepEqual(Object.keys(await adjust({})).sort(), ['product_id', 'quantity_delta'])
  assert.deepEqual(await adjust({ product_id: 999_999, quantity_delta: 0, location_id: 999_999 }), {
    product_id: ['Product not found.'],
    location_id: ['Location not found.'],
    quantity_delta: ['This value must not be zero.'],
  })
  for (const quantity_delta of [1.5, '2', null, 1e12, true])
    assert.deepEqual(Object.keys(await adjust({ product_id: product.id, quantity_delta })), ['quantity_delta'])
})

test('V1-352 a product with several variants needs one of them', async () => {
  const product = await twoVariants()
  const several = await keeper.adjust(product, 1)
  assert.deepEqual(Object.keys(several.body), ['variant_id'])
  const variant_id = product.variantIds[1]
  assert.equal((await keeper.adjust(product, 1, { variant_id })).body.variant, variant_id)
  const other = await stockedProduct(server)
  const foreign = await keeper.adjust(other, 1, { variant_id })
  assert.deepEqual([foreign.status, foreign.body], [400, { variant_id: ['Variant not found.'] }])
})

test('V1-352 the only active variant need not be named', async () => {
  const sku = `ACTIVE-${Math.random()}`
  const variants = [
    { sku, priceMinor: 100, isActive: false },
    { sku: `${sku}-B`, priceMinor: 100 },
  ]
  const product = await stockedProduct(server, { variants })
  assert.equal((await keeper.adjust(product, 1)).body.variant, product.variantIds[1])
  assert.equal((await keeper.adjust(product, 1, { variant_id: product.variantIds[0] })).status, 201)
})

test('V1-352 V1-303 the same key adjusts once, also when it comes many times at once', async () => {
  const product = await stockedProduct(server)
  const send = (delta: number, key: string) =>
    keeper.ask('POST', '/adjustments/', { product_id: product.id, quantity_delta: delta }, { 'Idempotency-Key': key })
  const answers = await Promise.all(Array.from({ length: 16 }, () => send(5, 'count-1')))
  assert.deepEqual(new Set(answers.map(({ status, body }) => `${status} ${body.id}`)).size, 1)
  assert.equal(answers[0]!.status, 201)
  assert.equal(await unitsAt(product), 15)
  assert.equal((await send(6, 'count-1')).status, 409)
  assert.equal((await send(5, 'count-2')).body.balance_after, 20)
})

test('V1-352 NX-142 shoppers see the new stock with the answer', async () => {
  const product = await stockedProduct(server)
  const shown = async () => (await server.call('GET', `/api/v1/products/${product.slug}/`)).body.stock
  assert.equal(await shown(), 10)
  await keeper.adjust(product, 7)
  assert.equal(await shown(), 17)
})

test('V1-353 units move from one location to another under one reference', async () => {
  const [one, two] = [await stockedProduct(server), await twoVariants()]
  const to = await keeper.addLocation('TO')
  const items = [
    { product_id: one.id, quantity: 4 },
    { product_id: two.id, variant_id: two.variantIds[1], quantity: 10 },
  ]
  const order = { from_location: 'main', to_location: to, items, notes: 'Van of Monday' }
  const { status, body } = await keeper.ask('POST', '/transfers/', order)
  assert.equal(status, 201)
  assert.match(body.reference, /^TRF-[2-9A-Z]{8}$/)
  assert.deepEqual([body.from_location.code, body.to_location.code], ['MAIN', 'TO'])
  type Entry = { type: string; variant: number; location: number; quantity: number; balance_after: number }
  const told = body.transactions.map((entry: Entry) => [
    entry.variant,
    entry.location,
    entry.quantity,
    entry.balance_after,
  ])
  assert.deepEqual(told, [
    [one.variantId, main, -4, 6],
    [one.variantId, to, 4, 4],
    [two.variantIds[1], main, -10, 0],
    [two.variantIds[1], to, 10, 10],
  ])
  const { results } = (await keeper.ask('GET', '/transactions/?type=TRANSFER')).body
  assert.equal(results.length, 4)
  for (const entry of results) assert.deepEqual([entry.reference, entry.notes], [body.reference, 'Van of Monday'])
  assert.deepEqual(await keeper.unitsOf(one), { [main]: 6, [to]: 4 })
})

test('V1-353 all or nothing: each article of which there is too little is told', async () => {
  const [one, two] = [await stockedProduct(server), await stockedProduct(server)]
  const to = await keeper.addLocation('ALL')
  const items = [
    { product_id: one.id, quantity: 6 },
    { product_id: two.id, quantity: 1 },
    { product_id: one.id, quantity: 5 },
    { product_id: two.id, quantity: 10 },
  ]
  const { status, body } = await keeper.ask('POST', '/transfers/', { from_location: main, to_location: to, items })
  const told = ['0.quantity: Insufficient stock.', '1.quantity: Insufficient stock.']
  assert.deepEqual([status, body], [400, { items: told }])
  assert.deepEqual(await keeper.unitsOf(one), { [main]: 10 })
  assert.equal((await keeper.ask('GET', `/transactions/?product=${two.id}`)).body.count, 1)
})

test('V1-353 the same article twice counts together', async () => {
  const product = await stockedProduct(server)
  const to = await keeper.addLocation('TWICE')
  const items = [6, 4].map((quantity) => ({ product_id: product.id, quantity }))
  const { body } = await keeper.ask('POST', '/transfers/', { from_location: main, to_location: to, items })
  assert.deepEqual(
    body.transactions.map((entry: { quantity: number }) => entry.quantity),
    [-10, 10],
  )
})

test('V1-353 faults are told by field, all together', async () => {
  const [one, two] = [await stockedProduct(server), await twoVariants()]
  const send = async (body: object) => (await keeper.ask('POST', '/transfers/', body)).body
  const items = [
    { product_id: one.id, quantity: 1 },
    { product_id: 999_999, quantity: 1 },
    { product_id: two.id, quantity: 1 },
    { product_id: two.id, variant_id: one.variantId, quantity: 1 },
  ]
  assert.deepEqual(await send({ from_location: 'NOWHERE', to_location: 999_999, items }), {
    from_location: ['Location not found.'],
    to_location: ['Location not found.'],
    items: [
      '1.product_id: Product not found.',
      '2.variant_id: This product has several variants: one has to be named.',
      '3.variant_id: Variant not found.',
    ],
  })
  const same = await send({ from_location: main, to_location: 'MAIN', items: items.slice(0, 1) })
  assert.deepEqual(same, { to_location: ['This must be another location.'] })
  assert.deepEqual(Object.keys(await send({ items: [] })).sort(), ['from_location', 'items', 'to_location'])
  const odd = await send({ from_location: main, to_location: true, items: [{ product_id: one.id, quantity: 0 }] })
  assert.deepEqual(Object.keys(odd).sort(), ['items', 'to_location'])
})

test('V1-353 V1-303 the same key transfers once', async () => {
  const product = await stockedProduct(server)
  const order = {
    from_location: main,
    to_location: await keeper.addLocation('ONCE'),
    items: [{ product_id: product.id, quantity: 3 }],
  }
  const send = () => keeper.ask('POST', '/transfers/', order, { 'Idempotency-Key': 'van-1' })
  const [first, ...others] = await Promise.all(Array.from({ length: 8 }, send))
  assert.equal(first!.status, 201)
  for (const { status, body } of others) assert.deepEqual([status, body], [201, first!.body])
  assert.equal(await unitsAt(product), 7)
})

test('V1-351 V1-352 V1-353 a variant or a location that is null is one that was not named', async () => {
  const product = await stockedProduct(server)
  const { status, body } = await keeper.adjust(product, 2, { variant_id: null, location_id: null })
  assert.deepEqual([status, body.variant, body.location, body.balance_after], [201, product.variantId, main, 12])
  const items = [{ product_id: product.id, variant_id: null, quantity: 5 }]
  const to = await keeper.addLocation('NULL')
  const moved = await keeper.ask('POST', '/transfers/', { from_location: main, to_location: to, items })
  assert.equal(moved.status, 201, JSON.stringify(moved.body))
  const limit = { product_id: product.id, variant_id: null, low_stock_threshold: 9 }
  const set = await keeper.ask('PATCH', '/thresholds/', limit)
  assert.deepEqual([set.status, set.body.variant, set.body.low_stock_threshold], [200, null, 9])
})
