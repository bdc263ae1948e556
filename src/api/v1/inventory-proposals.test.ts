import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { proposeReorders } from '#commerce/inventory'
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

const setPoint = (product: StockedProduct, point: number | null, rest: object = {}) =>
  keeper.ask('PATCH', '/reorder-points/', {
    product_id: product.id,
    reorder_point: point,
    reorder_quantity: point === null ? null : 50,
    ...rest,
  })

/** The proposals of a product after the nightly job, the latest first. */
async function proposed(product: StockedProduct) {
  await proposeReorders(server.shop)
  return (await keeper.ask('GET', `/reorder-proposals/?product=${product.id}`)).body.results
}
const statuses = async (product: StockedProduct): Promise<string[]> =>
  (await proposed(product)).map(({ status }: { status: string }) => status)
const decide = async (product: StockedProduct, deed: 'accept' | 'dismiss') =>
  keeper.ask('POST', `/reorder-proposals/${(await proposed(product))[0].id}/${deed}/`)

test('MP-286 a level has a reorder point and quantity', async () => {
  const product = await stockedProduct(server)
  const { status, body } = await setPoint(product, 4)
  assert.equal(status, 200)
  assert.deepEqual([body.location, body.on_hand, body.reorder_point, body.reorder_quantity], [main, 10, 4, 50])
  const id = await keeper.addLocation('SHOP')
  const there = await setPoint(product, 2, { location_id: id, reorder_quantity: 7 })
  assert.deepEqual([there.body.location, there.body.on_hand, there.body.reorder_quantity], [id, 0, 7])
  const cleared = await setPoint(product, null)
  assert.deepEqual([cleared.body.reorder_point, cleared.body.reorder_quantity], [null, null])
})

test('MP-286 the two numbers go together, and what is wrong is told by field', async () => {
  const product = await stockedProduct(server)
  const fields = async (rest: object) => Object.keys((await setPoint(product, 4, rest)).body).sort()
  assert.deepEqual(await fields({ reorder_quantity: null }), ['reorder_quantity'])
  assert.deepEqual(await fields({ reorder_point: null }), ['reorder_point'])
  assert.deepEqual(await fields({ reorder_point: -1, reorder_quantity: 0 }), ['reorder_point', 'reorder_quantity'])
  assert.deepEqual(await fields({ location_id: 999_999, product_id: 999_999 }), ['location_id', 'product_id'])
})

test('MP-286 the nightly job proposes what has fallen to its point, once', async () => {
  const product = await stockedProduct(server)
  await setPoint(product, 4)
  assert.deepEqual(await proposed(product), [])
  await keeper.adjust(product, -6)
  const [proposal, ...others] = await proposed(product)
  assert.deepEqual(others, [])
  const { id, created_at, ...rest } = proposal
  assert.deepEqual(rest, {
    product: product.id,
    variant: product.variantId,
    sku: product.sku,
    location: main,
    on_hand: 4,
    reorder_point: 4,
    quantity: 50,
    status: 'open',
    decided_at: null,
    decided_by: null,
  })
  await keeper.adjust(product, -1)
  await Promise.all([proposeReorders(server.shop), proposeReorders(server.shop), proposeReorders(server.shop)])
  assert.deepEqual(await statuses(product), ['open'])
})

test('MP-286 it ends when restocked, and the next fall brings another one', async () => {
  const product = await stockedProduct(server, { stock: 3 })
  await setPoint(product, 4)
  assert.deepEqual(await statuses(product), ['open'])
  await keeper.adjust(product, 1)
  assert.deepEqual(await statuses(product), ['open'])
  await keeper.adjust(product, 1)
  assert.deepEqual(await statuses(product), ['restocked'])
  await keeper.adjust(product, -1)
  assert.deepEqual(await statuses(product), ['open', 'restocked'])
  await setPoint(product, null)
  assert.deepEqual(await statuses(product), ['restocked', 'restocked'])
})

test('MP-286 an accepted one is marked as ordered, books nothing, and is not proposed again before it was restocked', async () => {
  const product = await stockedProduct(server, { stock: 3 })
  await setPoint(product, 4)
  const { status, body } = await decide(product, 'accept')
  assert.deepEqual([status, body.status, body.decided_by], [200, 'ordered', keeper.accountId])
  assert.ok(body.decided_at)
  assert.equal((await keeper.unitsOf(product))[main], 3)
  assert.deepEqual(await statuses(product), ['ordered'])
  await keeper.adjust(product, 50, { type: 'IN' })
  await keeper.adjust(product, -50)
  assert.deepEqual(await statuses(product), ['open', 'ordered'])
})

test('MP-286 one is decided about once', async () => {
  const product = await stockedProduct(server, { stock: 3 })
  await setPoint(product, 4)
  const [proposal] = await proposed(product)
  const answers = await Promise.all(
    ['dismiss', 'accept', 'dismiss', 'accept'].map((deed) =>
      keeper.ask('POST', `/reorder-proposals/${proposal.id}/${deed}/`),
    ),
  )
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 400, 400, 400])
  const [status] = await statuses(product)
  const { body } = answers.find((answer) => answer.status === 400)!
  assert.deepEqual(body, { detail: `This proposal is ${status} already.` })
  assert.equal((await keeper.ask('POST', '/reorder-proposals/999999/accept/')).status, 404)
})

test('MP-286 proposals are listed by status, variant and location', async () => {
  const product = await stockedProduct(server, { stock: 3 })
  await setPoint(product, 4)
  await decide(product, 'dismiss')
  const count = async (query: string) =>
    (await keeper.ask('GET', `/reorder-proposals/?variant=${product.variantId}&${query}`)).body.count
  assert.deepEqual([await count('status=dismissed'), await count('status=open')], [1, 0])
  assert.deepEqual([await count('location=MAIN'), await count('location=SHOP')], [1, 0])
  assert.equal((await keeper.ask('GET', '/reorder-proposals/?status=open')).body.count >= 1, true)
  assert.equal((await keeper.ask('GET', '/reorder-proposals/?page=9')).status, 404)
  assert.equal((await keeper.ask('GET', '/reorder-proposals/?status=lost')).status, 400)
})

test('MP-286 nothing is proposed for a location that is shut, and what is open ends with the location', async () => {
  const product = await stockedProduct(server)
  const id = await keeper.addLocation('SHUT')
  await keeper.adjust(product, 1, { location_id: id })
  await setPoint(product, 4, { location_id: id })
  assert.deepEqual(await statuses(product), ['open'])
  await keeper.adjust(product, -1, { location_id: id })
  await keeper.ask('DELETE', `/locations/${id}/`)
  assert.deepEqual(await statuses(product), ['dismissed'])
  const shut = await keeper.addLocation('SHUT', { is_active: false })
  await setPoint(product, 4, { location_id: shut })
  assert.deepEqual(await statuses(product), ['dismissed'])
})
