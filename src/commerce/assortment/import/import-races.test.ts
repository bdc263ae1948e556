// Imports beside each other and beside whoever else writes, held up in the middle so that they meet for certain.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { foldMarks } from '#commerce/browse'
import { createCategory, foldCounts } from '#commerce/catalog'
import { examine } from '#commerce/doctor'
import { receiveStock } from '#commerce/inventory'
import { inTransaction } from '#platform/database'
import { type HeldSku, holdSku } from '../../../../test/held-sku.ts'
import { until } from '../../../../test/processes/souk-process.ts'
import { type StockedProduct, stockedProduct } from '../../../../test/products.ts'
import { csv, HEADER, openCategory } from '../../../../test/sheets.ts'
import { openTestShop, type TestShop } from '../../../../test/shop.ts'
import { addProduct } from '../add-product.ts'
import { type ImportResult, importProducts, readProductSheet } from './import-products.ts'

let shop: TestShop
let other: StockedProduct
let categoryId: number
before(async () => {
  shop = await openTestShop()
  categoryId = await openCategory(shop)
  other = await stockedProduct({ shop }, { name: 'Beside' })
})
after(() => shop.close())

const run = (content: string): Promise<ImportResult> => {
  const bytes = (async function* () {
    yield Buffer.from(content)
  })()
  return importProducts(shop, readProductSheet(bytes), { isDryRun: false, startedBy: null })
}

/** An import of so many rows that waits at its last but one. */
async function heldImport(name: string, rows = 1100): Promise<{ held: HeldSku; ended: Promise<ImportResult> }> {
  const held = await holdSku(shop.databaseUrl, other.id, `${name}-HELD`)
  const lines = Array.from(
    { length: rows },
    (_, row) => `${name} ${row},d,C-1,1,${row === rows - 2 ? `${name}-HELD` : ''},1-a`,
  )
  const ended = run([`name,description,category_id,inventory,sku,price_weights`, ...lines].join('\n'))
  ended.catch(() => {})
  await until('the import waits', () => held.isWantedNow(), 60_000)
  return { held, ended }
}

async function count(name: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) from catalog.products where lower(name) like lower(${name}) || ' %'`.execute(shop.db)
  return rows[0]!.count
}

const offer = (name: string, slug?: string) =>
  addProduct(
    shop,
    { name, currency: 'USD', price: { listMinor: 100 }, isNameUnique: true, ...(slug ? { slug } : {}) },
    {},
    1,
  )

test('of two imports of the same names at once one is written, and the other says which are taken', async () => {
  const sheet = csv(...Array.from({ length: 600 }, (_, row) => `Twin ${row},d,C-1,3,1-a`))
  const results = await Promise.all([run(sheet), run(sheet)])
  assert.deepEqual(results.map(({ status }) => status).sort(), ['done', 'refused'])
  const refused = results.find(({ status }) => status === 'refused')!
  assert.equal(refused.errors, 600)
  assert.deepEqual(refused.firstErrors[0], {
    row: 2,
    field: 'name',
    message: 'name is that of a product in the catalogue',
  })
  assert.equal(await count('Twin'), 600)
})

test('nobody waits for a long import, and what it writes is seen by nobody before all of it is', async () => {
  const { held, ended } = await heldImport('Slow')
  try {
    assert.equal(await count('Slow'), 0)
    const began = performance.now()
    await inTransaction(shop.db, (tx) => createCategory(tx, { name: 'Meanwhile', parentId: categoryId }))
    await sql`update catalog.categories set name = 'Renamed' where id = ${categoryId}`.execute(shop.db)
    await offer('Slow words 1099 meanwhile d', 'meanwhile')
    await inTransaction(shop.db, (tx) =>
      receiveStock(
        tx,
        [{ productId: other.id, variantId: other.variantId, sku: other.sku, quantity: 1 }],
        {},
        shop.now(),
      ),
    )
    await foldCounts(shop)
    assert.equal(await foldMarks(shop), false)
    assert.ok(performance.now() - began < 10_000)
    assert.ok(await held.isWantedNow())
  } finally {
    await held.letGo()
  }
  assert.equal((await ended).status, 'done')
  assert.equal(await count('Slow'), 1101)
  assert.equal(await foldMarks(shop), true)
})

test('SF-231 whoever takes one of its names while an import is written was there first', async () => {
  const { held, ended } = await heldImport('Late')
  await offer('LATE 7', 'early-bird')
  await held.letGo()
  const { status, firstErrors } = await ended
  assert.equal(status, 'refused')
  assert.deepEqual(firstErrors, [{ row: 9, field: 'name', message: 'name is that of a product in the catalogue' }])
  assert.equal(await count('Late'), 1)
})

test('whoever wants a name and the address of an import under way waits, and one of the two gets them', async () => {
  const { held, ended } = await heldImport('Both')
  const offered = offer('Both 7').then(
    () => 'made',
    (error) => error.details.fields.name,
  )
  // It waits for the import by now, or does so later: either is fine.
  await sleep(200)
  await held.letGo()
  const outcome = [(await ended).status, await offered]
  assert.ok(['done,name_taken', 'refused,made'].includes(outcome.join()), outcome.join())
  const { rows } = await sql`select from catalog.products where lower(name) = 'both 7'`.execute(shop.db)
  assert.equal(rows.length, 1)
})

test('a category that goes away between check and writing is told', async () => {
  const gone = await openCategory(shop, 'GOING')
  const held = await holdSku(shop.databaseUrl, other.id, 'GONE-HELD')
  const first = run([`${HEADER.replace('price', 'sku,price')}`, 'Gone 1,d,C-1,1,GONE-HELD,1-a'].join('\n'))
  await until('the first import waits', () => held.isWantedNow())
  // The second one is checked, and waits for the first.
  const second = run(csv('Gone 2,d,GOING,1,1-a'))
  await until('the second import is checked', async () => {
    const { rows } = await sql`select from assortment.imports where status = 'writing'`.execute(shop.db)
    return rows.length === 2
  })
  await sleep(500)
  assert.equal(await count('Gone'), 0)
  await sql`delete from catalog.categories where id = ${gone}`.execute(shop.db)
  await held.letGo()
  assert.equal((await first).status, 'done')
  const { status, firstErrors } = await second
  assert.equal(status, 'refused')
  assert.deepEqual(
    firstErrors.map(({ row, field }) => [row, field]),
    [[2, 'category_id']],
  )
})

test('the books are right after all of this', async () => {
  assert.deepEqual((await examine(shop.db)).broken, [])
  const { rows } = await sql`select from assortment.import_rows`.execute(shop.db)
  assert.equal(rows.length, 0)
})
