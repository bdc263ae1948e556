import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { createBrand, createCategory, createProduct, foldCounts, type NewProduct } from '#commerce/catalog'
import { inTransaction } from '#platform/database'
import { openTestShop, type TestShop } from '../../../test/shop.ts'

let shop: TestShop
before(async () => {
  shop = await openTestShop()
})
after(() => shop.close())

let number = 0
const create = (product: Partial<NewProduct> = {}) =>
  inTransaction(shop.db, (tx) => {
    number += 1
    const variants = [{ sku: `TEST-${number}`, priceMinor: 500 }]
    return createProduct(tx, { name: `Test ${number}`, currency: 'USD', variants, ...product }, shop.now())
  })

test('V1-201 products of one name get slugs of their own, also when they are made at the same moment', async () => {
  const made = await Promise.all(Array.from({ length: 8 }, () => create({ name: 'Green tea' })))
  const slugs = made.map(({ slug }) => slug).sort()
  assert.deepEqual(slugs, ['green-tea', ...[2, 3, 4, 5, 6, 7, 8].map((suffix) => `green-tea-${suffix}`)])
})

test('V1-205 a sku is taken whatever its case, and the product is not made', async () => {
  await create({ variants: [{ sku: 'Mug-1', priceMinor: 100 }] })
  const variants = [
    { sku: 'mug-2', priceMinor: 100 },
    { sku: 'MUG-1', priceMinor: 100 },
  ]
  await assert.rejects(create({ name: 'Never', variants }), (error: { code: string; details: { skus: string[] } }) => {
    assert.deepEqual([error.code, error.details.skus], ['sku_taken', ['MUG-1']])
    return true
  })
  const { rows } = await sql`select from catalog.products where name = 'Never'`.execute(shop.db)
  assert.equal(rows.length, 0)
})

test('V1-230 the name of a brand is unique whatever its case', async () => {
  await inTransaction(shop.db, (tx) => createBrand(tx, { name: 'Nordlicht' }))
  await assert.rejects(
    inTransaction(shop.db, (tx) => createBrand(tx, { name: 'NORDLICHT' })),
    { code: 'invalid_fields', details: { fields: { name: 'brand_name_taken' } } },
  )
})

test('V1-221 a category knows the way from its root, and refuses a parent that there is not', async () => {
  const [root, child] = await inTransaction(shop.db, async (tx) => {
    const root = await createCategory(tx, { name: 'Kitchen' })
    return [root, await createCategory(tx, { name: 'Mugs', parentId: root.id })] as const
  })
  const { rows } = await sql<{ path: string }>`
    select path::text from catalog.categories where id = ${child.id}`.execute(shop.db)
  assert.equal(rows[0]!.path, `{${root.id},${child.id}}`)
  await assert.rejects(
    inTransaction(shop.db, (tx) => createCategory(tx, { name: 'Lost', parentId: 999_999 })),
    { code: 'invalid_fields', details: { fields: { parent: 'category_unknown' } } },
  )
})

test('the kept numbers of products follow every change, and the same when they are folded', async () => {
  const [tea, coffee, brand] = await inTransaction(shop.db, async (tx) => [
    await createCategory(tx, { name: 'Tea' }),
    await createCategory(tx, { name: 'Coffee' }),
    await createBrand(tx, { name: 'Leaf & Bean' }),
  ])
  const made = await Promise.all(Array.from({ length: 6 }, () => create({ categoryId: tea.id, brandId: brand.id })))
  const [first, second, third] = made.map(({ productId }) => productId)
  await sql`update catalog.products set is_active = false where id = ${first}`.execute(shop.db)
  await sql`update catalog.products set category_id = ${coffee.id}, brand_id = null where id = ${second}`.execute(
    shop.db,
  )
  await sql`delete from catalog.products where id = ${third}`.execute(shop.db)
  await sql`update catalog.products set price_minor = price_minor + 1`.execute(shop.db)
  const kept = async (table: string, column: string, id: number) => {
    const { rows } = await sql<{ products: number }>`
      select coalesce(sum(products), 0)::int as products from ${sql.table(`catalog.${table}`)} where ${sql.ref(column)} = ${id}`.execute(
      shop.db,
    )
    return rows[0]?.products
  }
  for (const fold of [async () => {}, () => foldCounts(shop)]) {
    await fold()
    assert.equal(await kept('products_per_category', 'category_id', tea.id), 3)
    assert.equal(await kept('products_per_category', 'category_id', coffee.id), 1)
    assert.equal(await kept('products_per_brand', 'brand_id', brand.id), 3)
  }
})
