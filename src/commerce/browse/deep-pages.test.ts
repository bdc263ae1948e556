import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { foldMarks, listProducts } from '#commerce/browse'
import { countingStatements, inTransaction } from '#platform/database'
import { openTestShop, type TestShop } from '../../../test/shop.ts'

const PRODUCTS = 12_000
let shop: TestShop
before(async () => {
  shop = await openTestShop()
  await sql`
    insert into catalog.products (name, slug, currency, price_minor, is_active, created_at, updated_at)
    select case when n % 3 = 0 then 'Écru ' else 'Plain ' end || n % 500, 'product-' || n, 'USD', n * 7919 % 977, n % 50 > 0,
      timestamptz '2026-01-01' + (n / 7) * interval '1 second', now()
    from generate_series(1, ${PRODUCTS}::int) n`.execute(shop.db)
})
after(() => shop.close())

/** The list as it must be: sorted as a whole, cut afterwards. */
async function expected(key: string, descending: boolean): Promise<number[]> {
  const way = sql.raw(descending ? 'desc' : 'asc')
  const { rows } = await sql<{ id: number }>`
    select product_id as id from browse.documents where is_active
    order by ${sql.ref(key)} ${way}, product_id ${way}`.execute(shop.db)
  return rows.map(({ id }) => id)
}

async function pagesAreRight(): Promise<void> {
  for (const [by, key] of [
    ['created_at', 'created_at'],
    ['price', 'price_minor'],
    ['name', 'name_key'],
  ] as const) {
    for (const descending of [false, true]) {
      const all = await expected(key, descending)
      for (const offset of [
        1999,
        2000,
        2001,
        4096,
        7777,
        8192,
        all.length - 21,
        all.length - 20,
        all.length - 3,
        all.length,
        all.length + 40,
      ]) {
        const { rows, count } = await listProducts(shop.db, {}, { limit: 20, offset }, { by, descending })
        const seen = rows.map(({ id }) => id)
        assert.deepEqual(seen, all.slice(offset, offset + 20), `${by} ${descending ? 'down' : 'up'} from ${offset}`)
        assert.equal(count, all.length)
      }
    }
  }
}

test('V1-200 deep pages are those of the whole list, before its stretches are counted', pagesAreRight)

test('V1-200 deep pages are the same once the stretches are counted and split', async () => {
  assert.equal(await foldMarks(shop), true)
  const { rows } = await sql<{ marks: number }>`select count(*) as marks from browse.marks`.execute(shop.db)
  assert.ok(rows[0]!.marks >= 6, `${rows[0]!.marks} marks`)
  await pagesAreRight()
})

test('V1-200 deep pages follow what is added, removed, hidden, renamed and repriced', async () => {
  await sql`delete from catalog.products where id % 11 = 0`.execute(shop.db)
  await sql`update catalog.products set is_active = not is_active where id % 13 = 0`.execute(shop.db)
  await sql`update catalog.products set price_minor = price_minor + 500, name = 'Another ' || name where id % 17 = 0`.execute(
    shop.db,
  )
  await sql`
    insert into catalog.products (name, slug, currency, price_minor, created_at, updated_at)
    select 'New ' || n, 'new-' || n, 'USD', n, timestamptz '2025-12-31' + n * interval '2 minutes', now()
    from generate_series(1, 3000) n`.execute(shop.db)
  await pagesAreRight()
  assert.equal(await foldMarks(shop), true)
  await pagesAreRight()
})

test('the marks wait while somebody writes products, and writers do not wait for each other', async () => {
  await inTransaction(shop.db, async (tx) => {
    await sql`update catalog.products set price_minor = price_minor + 1 where id = 1`.execute(tx)
    const { rows } = await sql<{ free: boolean }>`
      select pg_try_advisory_xact_lock_shared(hashtext('browse.marks')) as free`.execute(tx)
    assert.equal(rows[0]!.free, true)
  })
  await pagesAreRight()
})

test('a deep page is one statement', async () => {
  const counter = { statements: 0 }
  await countingStatements(counter, () => listProducts(shop.db, {}, { limit: 20, offset: 9000 }))
  assert.equal(counter.statements, 1)
})
