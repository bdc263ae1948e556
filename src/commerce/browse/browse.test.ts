import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { findOfferOfProduct, findOffers, openViewCounter } from '#commerce/browse'
import { receiveStock } from '#commerce/inventory'
import { countingStatements, inTransaction } from '#platform/database'
import { stockedProduct } from '../../../test/products.ts'
import { openTestShop, type TestShop } from '../../../test/shop.ts'

let shop: TestShop
before(async () => {
  shop = await openTestShop()
})
after(() => shop.close())

const twoSizes = () => [
  { sku: `S-${Math.random()}`, name: 'S', priceMinor: 1000, isActive: false },
  {
    sku: `M-${Math.random()}`,
    name: 'M',
    attributes: { size: 'M' },
    priceMinor: 1200,
    compareAtMinor: 1500,
    image: '/files/m.webp',
  },
]

test('an offer says what a variant is sold as, in one statement', async () => {
  const product = await stockedProduct({ shop }, { variants: twoSizes(), pictures: [{ url: '/files/p.webp' }] })
  const [small, medium] = product.variantIds
  const counter = { statements: 0 }
  const offers = await countingStatements(counter, () => findOffers(shop.db, [small!, medium!, 999_999]))
  assert.equal(counter.statements, 1)
  const [s, m] = offers.sort((a, b) => a.variantId - b.variantId)
  assert.deepEqual([s!.isSellable, s!.image, s!.available], [false, '/files/p.webp', 10])
  assert.deepEqual([m!.isSellable, m!.image, m!.priceMinor, m!.compareAtMinor], [true, '/files/m.webp', 1200, 1500])
  assert.deepEqual([m!.attributes, m!.productSlug, m!.currency], [{ size: 'M' }, product.slug, 'USD'])
  assert.deepEqual(await findOffers(shop.db, []), [])
})

test('without a variant a product is offered as its first active one; a variant of another product is none', async () => {
  const product = await stockedProduct({ shop }, { variants: twoSizes() })
  const other = await stockedProduct({ shop })
  assert.equal((await findOfferOfProduct(shop.db, product.id))?.variantId, product.variantIds[1])
  assert.equal((await findOfferOfProduct(shop.db, product.id, product.variantIds[0]))?.isSellable, false)
  assert.equal(await findOfferOfProduct(shop.db, product.id, other.variantId), undefined)
})

test('what lies at a closed location is not available', async () => {
  const product = await stockedProduct({ shop }, { stock: 3 })
  const { rows } = await sql<{ id: number }>`
    insert into inventory.locations (code, name, is_active) values ('SHUT', 'Shut', false) returning id`.execute(
    shop.db,
  )
  const { id: productId, variantId, sku } = product
  const line = { productId, variantId, sku, quantity: 7, locationId: rows[0]!.id }
  await inTransaction(shop.db, (tx) => receiveStock(tx, [line], {}, shop.now()))
  assert.equal((await findOfferOfProduct(shop.db, product.id))?.available, 3)
})

const viewsOf = async (productId: number) => {
  const { rows } = await sql<{ views: number }>`
    select views from browse.product_views where product_id = ${productId}`.execute(shop.db)
  return rows[0]?.views
}

test('V1-202 views are added up in memory and written together; a product that is gone does not stop the others', async () => {
  const [one, other] = [await stockedProduct({ shop }), await stockedProduct({ shop })]
  const counters = [openViewCounter(shop), openViewCounter(shop)]
  for (const views of counters) for (const id of [one.id, other.id, one.id, 999_999]) views.count(id)
  const statements = { statements: 0 }
  await countingStatements(statements, () => Promise.all(counters.map((views) => views.flush())))
  assert.deepEqual([await viewsOf(one.id), await viewsOf(other.id)], [4, 2])
  assert.equal(statements.statements, 0, 'they are nobody’s statements')
  counters[0]!.count(one.id)
  await Promise.all(counters.map((views) => views.close()))
  assert.equal(await viewsOf(one.id), 5)
})

test('V1-202 views that could not be written are kept for the next time', async () => {
  const product = await stockedProduct({ shop })
  const views = openViewCounter({ db: shop.db, log: { ...shop.log, warn: () => {} } })
  views.count(product.id)
  await sql`alter table browse.product_views rename to away`.execute(shop.db)
  await views.flush()
  await sql`alter table browse.away rename to product_views`.execute(shop.db)
  views.count(product.id)
  await views.close()
  assert.equal(await viewsOf(product.id), 2)
})
