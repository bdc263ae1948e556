/** Deeds on a product that is removed between their look at it and their write: they are refused, or go on without it. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { openViewCounter } from '#commerce/browse'
import { createCategory } from '#commerce/catalog'
import { examine } from '#commerce/doctor'
import { inTransaction } from '#platform/database'
import { staffMember } from '../accounts.ts'
import { type StockedProduct, stockedProduct } from '../products.ts'
import { openTestServer, type TestServer } from '../server.ts'

let server: TestServer
let token: string
before(async () => {
  server = await openTestServer()
  token = (await staffMember(server)).access
})
after(() => server.close())

/** Begins the deed while a removal of the product is under way, which is committed once the deed waits for it. */
async function whileRemoving<Result>({ id }: StockedProduct, deed: () => Promise<Result>): Promise<Result> {
  const { db } = server.shop
  const removal = await db.startTransaction().execute()
  await sql`delete from catalog.products where id = ${id}`.execute(removal)
  const done = deed()
  for (let tries = 0; tries < 200 && (await waiting()) === 0; tries += 1) await sleep(10)
  await removal.commit().execute()
  return done
}

async function waiting(): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from pg_stat_activity
    where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0`.execute(server.shop.db)
  return rows[0]!.count
}

/** Not by `call`: what runs twice needs more than its budget. */
async function ask(method: 'POST' | 'PATCH', url: string, payload: object) {
  const answer = await server.server.inject({ method, url, headers: { authorization: `Bearer ${token}` }, payload })
  return { status: answer.statusCode, body: answer.json() }
}

const UNKNOWN = { product_id: ['Product not found.'] }
const inventory = (path: string) => `/api/v1/inventory/${path}/`

const deeds: [string, string, 'POST' | 'PATCH', (id: number) => object][] = [
  ['V1-351', 'thresholds', 'PATCH', (product_id) => ({ product_id, low_stock_threshold: 6 })],
  ['V1-351', 'reorder-points', 'PATCH', (product_id) => ({ product_id, reorder_point: 6, reorder_quantity: 5 })],
  ['V1-352', 'adjustments', 'POST', (product_id) => ({ product_id, quantity_delta: 5 })],
]
for (const [number, path, method, body] of deeds) {
  test(`${number} V1-012 ${path} of a product that is removed meanwhile say that there is none`, async () => {
    const product = await stockedProduct(server, { stock: 0 })
    const answer = await whileRemoving(product, () => ask(method, inventory(path), body(product.id)))
    assert.deepEqual([answer.status, answer.body], [400, UNKNOWN])
  })
}

test('V1-221 V1-012 a category moves, though one of its products is removed meanwhile', async () => {
  const { db } = server.shop
  const [parent, moved] = await inTransaction(db, async (tx) => [
    await createCategory(tx, { name: 'Above' }),
    await createCategory(tx, { name: 'Moved' }),
  ])
  const product = await stockedProduct(server, { categoryId: moved!.id })
  const url = `/api/v1/categories/${moved!.id}/`
  const answer = await whileRemoving(product, () => ask('PATCH', url, { parent: parent!.id }))
  assert.deepEqual([answer.status, answer.body.parent], [200, parent!.id])
  assert.deepEqual((await examine(db)).broken, [])
})

test('V1-200 V1-221 a product that comes into a category while that moves is found below its new parents', async () => {
  const { db } = server.shop
  const [parent, moved] = await inTransaction(db, async (tx) => [
    await createCategory(tx, { name: 'New parent' }),
    await createCategory(tx, { name: 'On its way' }),
  ])
  const product = await stockedProduct(server)
  const coming = await db.startTransaction().execute()
  // Nobody else may write its document before the product came in.
  await sql`select from browse.documents where product_id = ${product.id} for update`.execute(coming)
  const came = ask('PATCH', `/api/v1/products/${product.id}/`, { category_id: moved!.id })
  for (let tries = 0; tries < 200 && (await waiting()) === 0; tries += 1) await sleep(10)
  const going = ask('PATCH', `/api/v1/categories/${moved!.id}/`, { parent: parent!.id })
  await Promise.race([going, sleep(500)])
  await coming.rollback().execute()
  assert.deepEqual([(await came).status, (await going).status], [200, 200])
  const { body } = await server.call('GET', `/api/v1/products/?category=${parent!.id}`)
  assert.deepEqual(
    body.results.map(({ id }: { id: number }) => id),
    [product.id],
  )
  assert.deepEqual((await examine(db)).broken, [])
})

test('V1-215 V1-200 a product whose variant with stock is removed is no longer in stock', async () => {
  const variants = ['ONE', 'TWO', 'THREE'].map((sku) => ({ sku, name: sku, priceMinor: 100 }))
  const product = await stockedProduct(server, { variants, stock: 0 })
  const stocked = { product_id: product.id, variant_id: product.variantId, quantity_delta: 5 }
  assert.equal((await ask('POST', inventory('adjustments'), stocked)).status, 201)
  const url = `/api/v1/products/${product.id}/variants/${product.variantId}/`
  assert.equal((await server.call('DELETE', url, { token })).status, 204)
  assert.deepEqual((await examine(server.shop.db)).broken, [])
})

test('V1-202 views are written at once, though one of the products is removed meanwhile', async () => {
  const [gone, kept] = [await stockedProduct(server), await stockedProduct(server)]
  const warnings: unknown[] = []
  const log = { ...server.shop.log, warn: (...line: unknown[]) => void warnings.push(line) }
  const views = openViewCounter({ db: server.shop.db, log })
  for (const { id } of [gone, kept]) views.count(id)
  await whileRemoving(gone, () => views.flush())
  await views.close()
  assert.deepEqual(warnings, [])
})
