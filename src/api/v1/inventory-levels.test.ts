import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type StockedProduct, stockedProduct } from '../../../test/products.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { type StockKeeper, stockKeeper } from '../../../test/stock.ts'

let server: TestServer
let keeper: StockKeeper
let kettle: StockedProduct
let mug: StockedProduct
let main: number
let shop: number
before(async () => {
  server = await openTestServer()
  keeper = await stockKeeper(server)
  kettle = await stockedProduct(server, { name: 'Kettle', variants: [{ sku: 'A-KETTLE', priceMinor: 100 }], stock: 20 })
  const variants = [
    { sku: 'B-MUG-RED', name: 'Red', priceMinor: 100 },
    { sku: 'C-MUG-BLUE', name: 'Blue', priceMinor: 100 },
  ]
  mug = await stockedProduct(server, { name: 'Mug', variants, stock: 3 })
  shop = await keeper.addLocation('SHOP')
  await keeper.adjust(kettle, 4, { location_id: shop })
  main = (await keeper.ask('GET', '/locations/')).body.results[0].id
})
after(() => server.close())

async function found(query: string): Promise<string[]> {
  const { status, body } = await keeper.ask('GET', `/levels/?${query}`)
  assert.equal(status, 200)
  assert.equal(body.count, body.results.length)
  return body.results.map(({ sku, location }: { sku: string; location: number }) => `${sku} ${location}`)
}

test('V1-351 levels are listed by SKU and location', async () => {
  const { body } = await keeper.ask('GET', '/levels/?page_size=1')
  assert.equal(body.count, 4)
  assert.deepEqual(body.results[0], {
    product: kettle.id,
    variant: kettle.variantId,
    sku: 'A-KETTLE',
    location: main,
    on_hand: 20,
    reserved: 0,
    available: 20,
    low_stock_threshold: 5,
    reorder_point: null,
    reorder_quantity: null,
  })
  assert.deepEqual(await found(''), [`A-KETTLE ${main}`, `A-KETTLE ${shop}`, `B-MUG-RED ${main}`, `C-MUG-BLUE ${main}`])
  assert.equal((await keeper.ask('GET', '/levels/?page=9')).status, 404)
})

test('V1-351 they are filtered by product, variant, location and low stock', async () => {
  const mugs = [`B-MUG-RED ${main}`, `C-MUG-BLUE ${main}`]
  assert.deepEqual(await found(`product=${mug.id}`), mugs)
  assert.deepEqual(await found('product=mug'), mugs)
  assert.deepEqual(await found('product=nothing'), [])
  assert.deepEqual(await found(`variant=${mug.variantIds[1]}`), [`C-MUG-BLUE ${main}`])
  assert.deepEqual(await found('location=shop'), [`A-KETTLE ${shop}`])
  assert.deepEqual(await found(`location=${shop}&product=${mug.id}`), [])
  assert.deepEqual(await found('location=NOWHERE'), [])
  assert.deepEqual(await found('low_stock=true'), [`A-KETTLE ${shop}`, ...mugs])
  assert.deepEqual(await found('low_stock=false'), [`A-KETTLE ${main}`])
  assert.deepEqual(await found('product=&location=&unknown=1'), await found(''))
  const wrong = await keeper.ask('GET', '/levels/?variant=red&low_stock=perhaps')
  assert.deepEqual([wrong.status, Object.keys(wrong.body).sort()], [400, ['low_stock', 'variant']])
})

test('V1-351 a threshold is set for all variants of a product, or for one, wherever it is', async () => {
  const thresholds = async (product: StockedProduct) =>
    (await keeper.ask('GET', `/levels/?product=${product.id}`)).body.results.map(
      (level: { low_stock_threshold: number }) => level.low_stock_threshold,
    )
  const all = await keeper.ask('PATCH', '/thresholds/', { product_id: mug.id, low_stock_threshold: 2 })
  assert.deepEqual([all.status, all.body], [200, { product: mug.id, variant: null, low_stock_threshold: 2 }])
  assert.deepEqual(await thresholds(mug), [2, 2])
  const variant_id = mug.variantIds[0]!
  const one = await keeper.ask('PATCH', '/thresholds/', { product_id: mug.id, variant_id, low_stock_threshold: 9 })
  assert.deepEqual([one.status, one.body.variant], [200, variant_id])
  assert.deepEqual(await thresholds(mug), [9, 2])
  await keeper.ask('PATCH', '/thresholds/', { product_id: kettle.id, low_stock_threshold: 7 })
  assert.deepEqual(await thresholds(kettle), [7, 7])
  // A further location holds to what was said.
  await keeper.adjust(kettle, 1, { location_id: await keeper.addLocation('LATER') })
  assert.deepEqual(await thresholds(kettle), [7, 7, 7])
})

test('V1-351 a product that never had stock keeps its threshold, too', async () => {
  const bare = await stockedProduct(server, { stock: 0 })
  await keeper.ask('PATCH', '/thresholds/', { product_id: bare.id, low_stock_threshold: 1 })
  await keeper.adjust(bare, 2)
  const { body } = await keeper.ask('GET', `/levels/?product=${bare.id}`)
  assert.deepEqual([body.results[0].on_hand, body.results[0].low_stock_threshold], [2, 1])
})

test('V1-351 what cannot be a threshold is refused by field', async () => {
  const set = async (body: object) => (await keeper.ask('PATCH', '/thresholds/', body)).body
  const unknown = { product_id: ['Product not found.'] }
  assert.deepEqual(await set({ product_id: 999_999, low_stock_threshold: 1 }), unknown)
  const foreign = { product_id: mug.id, variant_id: kettle.variantId, low_stock_threshold: 1 }
  assert.deepEqual(await set(foreign), { variant_id: ['Variant not found.'] })
  assert.deepEqual(Object.keys(await set({ low_stock_threshold: -1 })).sort(), ['low_stock_threshold', 'product_id'])
  assert.deepEqual(Object.keys(await set({ product_id: mug.id, low_stock_threshold: 1.5 })), ['low_stock_threshold'])
})

test('V1-351 what shoppers see follows the threshold at once', async () => {
  const { call } = server
  const isLow = async () => (await call('GET', `/api/v1/products/${kettle.id}/`)).body.is_low_stock
  assert.equal(await isLow(), false)
  await keeper.ask('PATCH', '/thresholds/', { product_id: kettle.id, low_stock_threshold: 30 })
  assert.equal(await isLow(), true)
})
