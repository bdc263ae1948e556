import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { examine } from '#commerce/doctor'
import { stockedProduct } from '../../../test/products.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { buy, type StockKeeper, stockKeeper } from '../../../test/stock.ts'

let server: TestServer
let keeper: StockKeeper
let main: number
before(async () => {
  server = await openTestServer()
  keeper = await stockKeeper(server)
  main = (await locations())[0]!.id
})
after(() => server.close())

type Location = { id: number; code: string; is_active: boolean; is_default: boolean }
const locations = async (): Promise<Location[]> => (await keeper.ask('GET', '/locations/')).body.results
const defaults = async () => (await locations()).filter((location) => location.is_default).map(({ id }) => id)

test('V1-350 MAIN is there at start-up, and the default', async () => {
  const { status, body } = await keeper.ask('GET', `/locations/${main}/`)
  const expected = { code: 'MAIN', name: 'Main warehouse', address: '', is_active: true, is_default: true }
  assert.deepEqual([status, body], [200, { id: main, ...expected }])
})

test('V1-350 a location is added, read, replaced and changed', async () => {
  const added = await keeper.ask('POST', '/locations/', { code: ' SHOP ', name: 'The shop', address: '1 High Street' })
  assert.equal(added.status, 201)
  const { id } = added.body
  assert.deepEqual(added.body, {
    id,
    code: 'SHOP',
    name: 'The shop',
    address: '1 High Street',
    is_active: true,
    is_default: false,
  })
  const replaced = await keeper.ask('PUT', `/locations/${id}/`, { code: 'STORE', name: 'The store' })
  assert.deepEqual(replaced.body, { ...added.body, code: 'STORE', name: 'The store' })
  const changed = await keeper.ask('PATCH', `/locations/${id}/`, { name: 'Our store', is_active: false })
  assert.deepEqual(changed.body, { ...replaced.body, name: 'Our store', is_active: false })
  assert.deepEqual((await keeper.ask('GET', `/locations/${id}/`)).body, changed.body)
  const page = await keeper.ask('GET', '/locations/?page_size=1&page=2')
  assert.deepEqual([page.body.count, page.body.results], [2, [changed.body]])
  assert.equal((await keeper.ask('GET', '/locations/?page=9')).status, 404)
})

test('V1-350 a code that another location has, in whatever case, is refused by field, with all other faults', async () => {
  await keeper.addLocation('TWICE')
  const taken = { code: ['A location with this code already exists.'] }
  const faulty = { is_active: ['The default location must be active.'] }
  const again = { code: 'twice', name: 'Again', is_default: true, is_active: false }
  const added = await keeper.ask('POST', '/locations/', again)
  assert.deepEqual([added.status, added.body], [400, { ...taken, ...faulty }])
  const changed = await keeper.ask('PATCH', `/locations/${main}/`, { code: 'Twice' })
  assert.deepEqual([changed.status, changed.body], [400, taken])
  assert.equal((await keeper.ask('PATCH', `/locations/${main}/`, { code: 'MAIN' })).status, 200)
  const empty = await keeper.ask('POST', '/locations/', { code: ' ' })
  assert.deepEqual([empty.status, Object.keys(empty.body).sort()], [400, ['code', 'name']])
})

test('V1-350 there is exactly one default: a new one takes over, and none goes without another', async () => {
  const second = await keeper.addLocation('SECOND', { is_default: true })
  assert.deepEqual(await defaults(), [second])
  assert.equal((await keeper.ask('PATCH', `/locations/${main}/`, { is_default: true })).status, 200)
  assert.deepEqual(await defaults(), [main])
  const without = await keeper.ask('PATCH', `/locations/${main}/`, { is_default: false })
  assert.deepEqual([without.status, Object.keys(without.body)], [400, ['is_default']])
  const shut = await keeper.ask('PATCH', `/locations/${main}/`, { is_active: false })
  assert.deepEqual([shut.status, Object.keys(shut.body)], [400, ['is_active']])
  const removed = await keeper.ask('DELETE', `/locations/${main}/`)
  assert.deepEqual([removed.status, removed.body], [400, { detail: 'The default location cannot be deleted.' }])
  assert.deepEqual(await defaults(), [main])
})

test('V1-350 many make another location the default at once: one is', async () => {
  const ids = await Promise.all(Array.from({ length: 6 }, (_, index) => keeper.addLocation(`RACE-${index}`)))
  const answers = await Promise.all([
    ...[...ids, ...ids, ...ids].map((id) => keeper.ask('PATCH', `/locations/${id}/`, { is_default: true })),
    ...ids.map((_, index) =>
      keeper.ask('POST', '/locations/', { code: `NEW-${index}`, name: 'New', is_default: true }),
    ),
  ])
  assert.deepEqual([...new Set(answers.map(({ status }) => status))].sort(), [200, 201])
  assert.equal((await defaults()).length, 1)
  assert.equal((await keeper.ask('PATCH', `/locations/${main}/`, { is_default: true })).status, 200)
})

test('V1-350 a location with stock cannot be deleted', async () => {
  const product = await stockedProduct(server)
  const id = await keeper.addLocation('FULL')
  await keeper.adjust(product, 3, { location_id: id })
  const refused = await keeper.ask('DELETE', `/locations/${id}/`)
  assert.deepEqual([refused.status, refused.body], [400, { detail: 'A location with stock cannot be deleted.' }])
  assert.equal((await keeper.unitsOf(product))[id], 3)
})

test('V1-350 V1-354 an emptied location can be deleted: its ledger stays, its code is free again', async () => {
  const product = await stockedProduct(server)
  const id = await keeper.addLocation('BRIEF')
  await keeper.adjust(product, 3, { location_id: id })
  await keeper.adjust(product, -3, { location_id: id })
  assert.equal((await keeper.ask('DELETE', `/locations/${id}/`)).status, 204)
  assert.equal((await keeper.ask('GET', `/locations/${id}/`)).status, 404)
  assert.equal((await keeper.ask('PATCH', `/locations/${id}/`, { name: 'x' })).status, 404)
  assert.equal((await keeper.ask('DELETE', `/locations/${id}/`)).status, 404)
  assert.equal((await locations()).filter(({ code }) => code === 'BRIEF').length, 0)
  assert.deepEqual(Object.keys(await keeper.unitsOf(product)), [String(main)])
  assert.equal((await keeper.ask('GET', `/transactions/?location=${id}`)).body.count, 2)
  assert.deepEqual((await keeper.adjust(product, 1, { location_id: id })).body, {
    location_id: ['Location not found.'],
  })
  const again = await keeper.addLocation('BRIEF')
  assert.notEqual(again, id)
  // Nothing ever happened here: it is gone for good.
  assert.equal((await keeper.ask('DELETE', `/locations/${again}/`)).status, 204)
})

test('V1-350 units that come to a location while it is deleted are never lost', async () => {
  const product = await stockedProduct(server)
  for (let round = 0; round < 8; round += 1) {
    const id = await keeper.addLocation(`GOING-${round}`)
    const [gone, ...came] = await Promise.all([
      keeper.ask('DELETE', `/locations/${id}/`),
      ...Array.from({ length: 4 }, () => keeper.adjust(product, 1, { location_id: id })),
    ])
    const arrived = came.filter(({ status }) => status === 201).length
    assert.ok(came.every(({ status }) => status === 201 || status === 400))
    if (gone!.status === 204) assert.equal(arrived, 0)
    assert.equal((await keeper.unitsOf(product))[id] ?? 0, arrived)
  }
  assert.deepEqual((await examine(server.shop.db)).broken, [])
})

test('V1-350 what is at a location that is shut is not sold', async () => {
  const product = await stockedProduct(server, { stock: 2 })
  const id = await keeper.addLocation('SHUT')
  await keeper.adjust(product, 10, { location_id: id })
  const stock = async () => (await server.call('GET', `/api/v1/products/${product.id}/`)).body.stock
  assert.equal(await stock(), 12)
  await keeper.ask('PATCH', `/locations/${id}/`, { is_active: false })
  assert.equal(await stock(), 2)
  await keeper.ask('PATCH', `/locations/${id}/`, { is_active: true })
  assert.equal(await stock(), 12)
  assert.equal((await buy(server, product, 12)).answer.status, 201)
})

test('V1-350 an order that is cancelled gives back where it took, or to the default location where that is shut', async () => {
  const product = await stockedProduct(server, { stock: 2 })
  const id = await keeper.addLocation('AWAY')
  await keeper.adjust(product, 10, { location_id: id })
  const cancelled = async (meanwhile: () => Promise<unknown> = async () => {}) => {
    const { answer, buyer } = await buy(server, product, 5)
    await meanwhile()
    const url = `/api/v1/orders/${answer.body.order_number}/cancel/`
    assert.equal((await server.call('POST', url, { token: buyer.access, body: {} })).status, 200)
    return keeper.unitsOf(product)
  }
  assert.deepEqual(await cancelled(), { [main]: 2, [id]: 10 })
  const shut = () => keeper.ask('PATCH', `/locations/${id}/`, { is_active: false })
  assert.deepEqual(await cancelled(shut), { [main]: 5, [id]: 7 })
  assert.deepEqual((await examine(server.shop.db)).broken, [])
})
