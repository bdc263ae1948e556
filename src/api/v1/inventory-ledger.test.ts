import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { type StockedProduct, stockedProduct } from '../../../test/products.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { buy, type StockKeeper, stockKeeper } from '../../../test/stock.ts'

let server: TestServer
let keeper: StockKeeper
let kettle: StockedProduct
let mug: StockedProduct
let shop: number
before(async () => {
  server = await openTestServer()
  keeper = await stockKeeper(server)
  kettle = await stockedProduct(server, { name: 'Kettle' })
  mug = await stockedProduct(server, { name: 'Mug' })
  shop = await keeper.addLocation('SHOP')
  await keeper.adjust(kettle, -1, { type: 'DAMAGE' })
  await keeper.adjust(mug, 2, { location_id: shop, type: 'RETURN' })
  await keeper.adjust(mug, 3)
  await settle()
})
after(() => server.close())

/** The five lines so far happened at midnight and in the last second of days in March. */
async function settle(): Promise<void> {
  await sql`
    update inventory.ledger entry set recorded_at = day.at
    from (
      select id, (array['2026-03-01T00:00:00Z', '2026-03-01T23:59:59.999Z', '2026-03-02T00:00:00Z', '2026-03-03T12:00:00Z',
        '2026-03-04T00:00:00Z']::timestamptz[])[row_number() over (order by id)] as at from inventory.ledger
    ) day where day.id = entry.id`.execute(server.shop.db)
}

type Entry = { product: number; type: string; quantity: number }
async function found(query: string): Promise<string[]> {
  const { status, body } = await keeper.ask('GET', `/transactions/?${query}`)
  assert.equal(status, 200)
  return body.results.map(({ product, type, quantity }: Entry) => {
    return `${product === kettle.id ? 'kettle' : 'mug'} ${type} ${quantity}`
  })
}
const all = ['mug ADJUSTMENT 3', 'mug RETURN 2', 'kettle DAMAGE -1', 'mug IN 10', 'kettle IN 10']

test('V1-354 the ledger is listed newest first, in pages', async () => {
  assert.deepEqual(await found('end_date=2026-03-31'), all)
  const { body } = await keeper.ask('GET', '/transactions/?page_size=2&page=2')
  assert.deepEqual([body.count, body.results.length, body.total_pages], [5, 2, 3])
  assert.equal((await keeper.ask('GET', '/transactions/?page=4&page_size=2')).status, 404)
})

test('V1-354 it is filtered by product, variant, location and type', async () => {
  const mugs = all.filter((entry) => entry.startsWith('mug'))
  assert.deepEqual(await found(`product=${mug.id}`), mugs)
  assert.deepEqual(await found('product=mug'), mugs)
  assert.deepEqual(await found(`variant=${mug.variantId}`), mugs)
  assert.deepEqual(await found('location=SHOP'), ['mug RETURN 2'])
  assert.deepEqual(await found(`location=${shop}&type=IN`), [])
  assert.deepEqual(await found('type=IN'), ['mug IN 10', 'kettle IN 10'])
  assert.deepEqual(await found('type=IN&product=kettle'), ['kettle IN 10'])
  assert.deepEqual(await found('product=nothing'), [])
  const { status, body } = await keeper.ask('GET', '/transactions/?type=LOST&variant=x')
  assert.deepEqual([status, Object.keys(body).sort()], [400, ['type', 'variant']])
})

test('V1-354 both days of a span count, from midnight to midnight in UTC', async () => {
  assert.deepEqual(await found('start_date=2026-03-01&end_date=2026-03-01'), all.slice(3))
  assert.deepEqual(await found('start_date=2026-03-02'), all.slice(0, 3))
  assert.deepEqual(await found('start_date=2026-03-02&end_date=2026-03-03'), all.slice(1, 3))
  assert.deepEqual(await found('start_date=2026-03-03&end_date=2026-03-01'), [])
  const wrong = await keeper.ask('GET', '/transactions/?start_date=2026-02-30')
  assert.deepEqual([wrong.status, Object.keys(wrong.body)], [400, ['start_date']])
})

test('V1-354 MP-104 nothing in the ledger is changed or deleted', async () => {
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const) {
    const { status, headers } = await keeper.ask(method, '/transactions/', method === 'DELETE' ? undefined : {})
    assert.deepEqual([status, headers.allow], [405, 'GET, HEAD, OPTIONS'])
    assert.equal((await keeper.ask(method, '/transactions/1/', {})).status, 404)
  }
})

test('MP-104 an order writes OUT with its number, its cancellation RETURN', async () => {
  const product = await stockedProduct(server)
  const { answer, buyer } = await buy(server, product, 4)
  const number = answer.body.order_number
  await server.call('POST', `/api/v1/orders/${number}/cancel/`, { token: buyer.access, body: {} })
  const { body } = await keeper.ask('GET', `/transactions/?product=${product.id}`)
  const told = body.results.map((entry: Entry & { reference: string; recorded_by: number | null }) => {
    return [entry.type, entry.quantity, entry.reference, entry.recorded_by]
  })
  assert.deepEqual(told, [
    ['RETURN', 4, number, null],
    ['OUT', -4, number, null],
    ['IN', 10, '', null],
  ])
})
