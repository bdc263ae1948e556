import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { examine } from '#commerce/doctor'
import { receiveStock, returnStock, takeStock } from '#commerce/inventory'
import { inTransaction } from '#platform/database'
import { type StockedProduct, stockedProduct } from '../products.ts'
import { tally } from '../refusals.ts'
import { openTestServer, type TestServer } from '../server.ts'
import { type StockKeeper, stockKeeper } from '../stock.ts'

let server: TestServer
let keeper: StockKeeper
let main: number
before(async () => {
  server = await openTestServer({ DATABASE_POOL_SIZE: '20' })
  keeper = await stockKeeper(server)
  main = (await keeper.ask('GET', '/locations/')).body.results[0].id
})
after(() => server.close())

const times = <Result>(count: number, deed: (index: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: count }, (_, index) => deed(index)))
const lineOf = (product: StockedProduct, quantity: number) => ({ ...product, productId: product.id, quantity })
const take = (product: StockedProduct, quantity: number, reference: string) =>
  inTransaction(server.shop.db, (tx) => takeStock(tx, [lineOf(product, quantity)], reference, server.shop.now()))
const isSound = async () => assert.deepEqual((await examine(server.shop.db)).broken, [])

test('V1-352 MP-103 of 64 adjustments at once none is lost', async () => {
  const product = await stockedProduct(server, { stock: 100 })
  const answers = await times(64, (index) => keeper.adjust(product, index % 2 ? 3 : -2))
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([201]))
  assert.deepEqual(await keeper.unitsOf(product), { [main]: 100 + 32 * 3 - 32 * 2 })
  await isSound()
})

test('V1-352 first adjustments at once make one level with all of their units', async () => {
  const product = await stockedProduct(server, { stock: 0 })
  const answers = await times(32, () => keeper.adjust(product, 1))
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([201]))
  assert.deepEqual(await keeper.unitsOf(product), { [main]: 32 })
  await isSound()
})

test('V1-352 V1-300 claims against adjustments: never below zero, and each unit is taken once', async () => {
  const product = await stockedProduct(server, { stock: 40 })
  const claims = Array.from({ length: 40 }, (_, index) => take(product, 1, `CLAIM-${index}`))
  const [claimed, adjusted] = await Promise.all([
    tally(claims),
    times(40, () => keeper.adjust(product, -1).then(({ status }) => status)),
  ])
  const removed = adjusted.filter((status) => status === 201).length
  assert.equal((claimed.done ?? 0) + removed, 40)
  assert.deepEqual(await keeper.unitsOf(product), { [main]: 0 })
  await isSound()
})

test('V1-300 claims while more comes in: each is served or refused, none fails', async () => {
  const product = await stockedProduct(server, { stock: 2 })
  const [claimed] = await Promise.all([
    tally(Array.from({ length: 30 }, (_, index) => take(product, 4, `MEANWHILE-${index}`))),
    times(30, () => keeper.adjust(product, 4)),
  ])
  assert.equal((claimed.done ?? 0) + (claimed.out_of_stock ?? 0), 30)
  assert.deepEqual(await keeper.unitsOf(product), { [main]: 2 + 4 * (claimed.out_of_stock ?? 0) })
  await isSound()
})

test('V1-353 40 transfers in opposite directions at once: none deadlocks, none is lost, the total stays', async () => {
  const products = [await stockedProduct(server, { stock: 10 }), await stockedProduct(server, { stock: 10 })]
  const [left, right] = [await keeper.addLocation('LEFT'), await keeper.addLocation('RIGHT')]
  for (const product of products) await keeper.adjust(product, 10, { location_id: left })
  for (const product of products) await keeper.adjust(product, 10, { location_id: right })
  const answers = await times(40, (index) => {
    const items = products.map(({ id }) => ({ product_id: id, quantity: 4 }))
    const [from_location, to_location] = index % 2 ? [left, right] : [right, left]
    if (index % 4 < 2) items.reverse()
    return keeper.ask('POST', '/transfers/', { from_location, to_location, items })
  })
  assert.deepEqual(
    [...new Set(answers.map(({ status }) => status))].filter((status) => ![201, 400].includes(status)),
    [],
  )
  const balance = answers.reduce((sum, { status }, index) => sum + (status === 201 ? (index % 2 ? 4 : -4) : 0), 0)
  for (const product of products) {
    assert.deepEqual(await keeper.unitsOf(product), { [main]: 10, [left]: 10 - balance, [right]: 10 + balance })
  }
  await isSound()
})

test('V1-355 however many take at once, one alert opens; however many bring back, it ends', async () => {
  const product = await stockedProduct(server, { stock: 30 })
  const second = await keeper.addLocation('SECOND')
  await keeper.adjust(product, 34, { location_id: second })
  await times(64, (index) => take(product, 1, `ALERT-${index}`))
  assert.deepEqual(await keeper.alertsOf(product), [false])
  await times(64, (index) =>
    inTransaction(server.shop.db, (tx) => returnStock(tx, `ALERT-${index}`, server.shop.now())),
  )
  assert.deepEqual(await keeper.alertsOf(product), [true])
  assert.deepEqual(await keeper.unitsOf(product), { [main]: 30, [second]: 34 })
  await isSound()
})

test('V1-355 taking at one place while another one is filled or shut leaves the alert right', async () => {
  const product = await stockedProduct(server, { stock: 6 })
  const second = await keeper.addLocation('OTHER')
  for (let round = 0; round < 12; round += 1) {
    const receipt = { ...lineOf(product, 5), locationId: second }
    await Promise.all([
      keeper.adjust(product, round % 2 ? 1 : -1),
      inTransaction(server.shop.db, (tx) => receiveStock(tx, [receipt], {}, server.shop.now())),
      keeper.ask('PATCH', `/locations/${second}/`, { is_active: round % 3 > 0 }),
    ])
    await isSound()
    await keeper.ask('PATCH', `/locations/${second}/`, { is_active: true })
    await keeper.adjust(product, -5, { location_id: second })
    await isSound()
  }
})
