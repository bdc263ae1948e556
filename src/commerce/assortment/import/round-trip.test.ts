// What is exported and brought into an empty shop gives the same catalogue there.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { findProductRecords } from '#commerce/browse'
import { createBrand, createCategory } from '#commerce/catalog'
import { examine } from '#commerce/doctor'
import { inTransaction } from '#platform/database'
import { writeCsv, writeXlsx } from '#platform/sheets'
import { stockedProduct } from '../../../../test/products.ts'
import { openTestShop, type TestShop } from '../../../../test/shop.ts'
import { exportProducts } from './export-products.ts'
import { importProducts, readProductSheet } from './import-products.ts'

let shop: TestShop
before(async () => {
  shop = await openTestShop()
  const { category, brand } = await furnish(shop)
  const base = { shop }
  await stockedProduct(base, { name: 'Plain', description: ' with blanks\nand lines ', categoryId: category, stock: 0 })
  await stockedProduct(base, {
    name: 'Bare',
    description: '',
    variants: [{ sku: 'BARE', priceMinor: 5, isImplicit: true }],
  })
  const weights = [1000, 2000].map((priceMinor, n) => ({
    sku: `W-${n}`,
    priceMinor,
    name: `${n} kg`,
    weightLabel: `${n} kg`,
  }))
  await stockedProduct(base, { name: 'By weight', description: 'd', categoryId: category, variants: weights })
  await stockedProduct(base, {
    name: '=HYPERLINK("a")',
    slug: 'another-slug',
    description: '-',
    shortDescription: '@short',
    categoryId: category,
    brandId: brand,
    tags: ['a|b', '[c', ' d', 'e, f'],
    specifications: { Origin: 'India', deep: { list: [1, null, true] } },
    currency: 'JPY',
    isActive: false,
    isFeatured: true,
    isBestSeller: true,
    isFlashSale: true,
    flashSaleEndsAt: new Date('2030-01-01T00:00:00Z'),
    discountBasisPoints: 2500,
    createdAt: new Date('2020-02-03T04:05:06.789Z'),
    variants: [{ sku: 'J', priceMinor: 750, compareAtMinor: 1000, weightGrams: 12, isImplicit: true }],
    pictures: [{ url: 'https://a.example/1', altText: 'One | 1' }, { url: '/files/2.webp' }],
  })
  await stockedProduct(base, {
    name: 'Chosen',
    description: 'x'.repeat(50_000),
    variants: [
      { sku: '-1', priceMinor: 900, compareAtMinor: 950, attributes: { size: 'S, M' }, weightGrams: 5 },
      { sku: '[2', priceMinor: 100, name: 'Big', weightLabel: '1,5 kg', image: '/files/v.webp', isActive: false },
      { sku: '3|', priceMinor: 800, isImplicit: true, isActive: false },
    ],
  })
  await inTransaction(shop.db, async (tx) => {
    await sql`update inventory.levels set low_stock_threshold = 2 where sku = 'BARE'`.execute(tx)
    await sql`update catalog.products set description = 'dash' where description = '-'`.execute(tx)
  })
})
after(() => shop.close())

async function furnish({ db }: TestShop) {
  return inTransaction(db, async (tx) => ({
    category: (await createCategory(tx, { name: 'Teas', code: 'T, 1' })).id,
    brand: (await createBrand(tx, { name: 'Leaf "&" Co' })).id,
  }))
}

async function catalogueOf({ db }: TestShop) {
  const records = await findProductRecords(db, 0, 1000)
  // An article that never had stock has no threshold of its own.
  return records.map(({ id: _, lowStockThreshold, ...record }) => ({
    ...record,
    lowStockThreshold: lowStockThreshold ?? 5,
  }))
}

for (const [name, write] of [
  ['CSV', (target: TestShop) => writeCsv(exportProducts(target.db), { bom: true })],
  ['xlsx', (target: TestShop) => writeXlsx(exportProducts(target.db))],
] as const) {
  test(`an export as ${name} into an empty shop gives the same catalogue`, async () => {
    const other = await openTestShop()
    try {
      await furnish(other)
      const result = await importProducts(other, readProductSheet(write(shop)), { isDryRun: false, startedBy: null })
      assert.deepEqual([result.status, result.firstErrors], ['done', []])
      const [theirs, ours] = [await catalogueOf(other), await catalogueOf(shop)]
      for (const [index, product] of ours.entries()) assert.deepEqual(theirs[index], product, product.name)
      assert.equal(theirs.length, ours.length)
      assert.deepEqual((await examine(other.db)).broken, [])
      const again = await importProducts(other, readProductSheet(write(shop)), { isDryRun: true, startedBy: null })
      assert.equal(again.rowsAtFault.length, 5)
    } finally {
      await other.close()
    }
  })
}
