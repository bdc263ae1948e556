/** Which products the shared list shows, and in what order. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { createCategory } from '#commerce/catalog'
import { inTransaction } from '#platform/database'
import { signedUp } from '../../../test/accounts.ts'
import { type StockedProduct, stockedProduct } from '../../../test/products.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { assertFault } from '../../../test/shared-paths.ts'

const LIST = '/api/products/'
let server: TestServer
let sellerId: number
let electronicsId: number
const made: Record<string, StockedProduct> = {}
before(async () => {
  server = await openTestServer()
  sellerId = (await signedUp(server, { isSeller: true })).accountId
  const { electronics, phones } = await inTransaction(server.shop.db, async (tx) => {
    const electronics = await createCategory(tx, { name: 'Electronics', code: 'E-01', slug: 'electro' })
    return { electronics, phones: await createCategory(tx, { name: 'Phones', parentId: electronics.id }) }
  })
  electronicsId = electronics.id
  let minute = 0
  const make = async (name: string, wishes: Parameters<typeof stockedProduct>[1] = {}) => {
    const createdAt = new Date(Date.UTC(2026, 0, 1, 0, minute++))
    made[name] = await stockedProduct(server, { name, createdAt, ...wishes })
  }
  await make('Radio', { priceMinor: 5000, categoryId: electronics.id, isFlashSale: true, sellerId })
  const reduced = [{ sku: 'PHONE', priceMinor: 30000, compareAtMinor: 40000 }]
  await make('Phone', { variants: reduced, categoryId: phones.id, isBestSeller: true, isFeatured: true })
  await make('Basket', { priceMinor: 1000, stock: 0, tags: ['wicker'] })
  await make('Apple', { priceMinor: 1000, isFeatured: true })
  for (const [name, rating] of [
    ['Basket', 4.5],
    ['Radio', 3],
  ] as const)
    await sql`update browse.documents set rating_average = ${rating} where product_id = ${made[name]!.id}`.execute(
      server.shop.db,
    )
  await sql`insert into browse.product_views (product_id, views) values (${made.Apple!.id}, 9), (${made.Phone!.id}, 4)`.execute(
    server.shop.db,
  )
})
after(() => server.close())

async function names(query: string): Promise<string> {
  const { status, body } = await server.call('GET', `${LIST}?${query}`)
  assert.equal(status, 200, JSON.stringify(body))
  assert.equal(body.count, body.results.length)
  return body.results.map(({ name }: { name: string }) => name).join(' ')
}

const cases: [string, string, string][] = [
  ['SF-195 MP-064', '', 'Apple Basket Phone Radio'],
  ['MP-064', 'sort_by=price_low', 'Basket Apple Radio Phone'],
  ['MP-064', 'sort_by=price_high', 'Phone Radio Apple Basket'],
  ['MP-064', 'sort_by=oldest', 'Radio Phone Basket Apple'],
  ['MP-064', 'sort_by=name', 'Apple Basket Phone Radio'],
  ['MP-064', 'sort_by=rating', 'Basket Radio Apple Phone'],
  ['MP-064', 'sort_by=popularity', 'Apple Phone Basket Radio'],
  ['MP-064', 'sort_by=constructor', 'Apple Basket Phone Radio'],
  ['MP-061', 'flash_sale=true', 'Radio'],
  ['MP-061', 'flash_sale=false', 'Apple Basket Phone'],
  ['MP-061', 'best_seller_product=1', 'Phone'],
  ['MP-061', 'featured_product=true', 'Apple Phone'],
  ['MP-061', 'featured_product=0', 'Basket Radio'],
  ['MP-061', 'featured_product=', 'Apple Basket Phone Radio'],
  ['MP-062', 'category=Electronics', 'Phone Radio'],
  ['MP-062', 'category=eLECTRONICS', 'Phone Radio'],
  ['MP-062', 'category=electro', 'Phone Radio'],
  ['MP-062', 'category=E-01', 'Phone Radio'],
  ['MP-062', 'category=phones', 'Phone'],
  ['MP-062', 'category=Nothing', ''],
  ['MP-063', 'min_price=300', 'Phone'],
  ['MP-063', 'min_price=50&max_price=300.00', 'Phone Radio'],
  ['MP-063', 'max_price=10', 'Apple Basket'],
  ['MP-063', 'max_price=9.999', ''],
  ['MP-063', 'min_price=50.001', 'Phone'],
  ['MP-063', 'max_price=50.001', 'Apple Basket Radio'],
  ['MP-063', `min_price=${'9'.repeat(40)}`, ''],
  ['MP-066', 'in_stock=false', 'Basket'],
  ['MP-066', 'in_stock=true', 'Apple Phone Radio'],
  ['MP-066', 'min_rating=3.5', 'Basket'],
  ['MP-066', 'search=wicker', 'Basket'],
  ['MP-065', 'category=Electronics&featured_product=true&min_price=100', 'Phone'],
  ['MP-065', 'category=Electronics&in_stock=false', ''],
]
for (const [title, query, expected] of cases)
  test(`${title} ${query || 'without a filter'}`, async () => assert.equal(await names(query), expected))

test('MP-062 MP-066 by the numeric id of a category, and by that of a seller', async () => {
  assert.equal(await names(`category=${electronicsId}`), 'Phone Radio')
  assert.equal(await names(`seller=${sellerId}`), 'Radio')
  assert.equal(await names('seller=999999'), '')
})

test('MP-063 what a filter cannot be is 400, all of it together', async () => {
  const text = {
    min_price: ['A valid number is required.'],
    max_price: ['A valid number is required.'],
    seller: ['A valid integer is required.'],
    in_stock: ['Must be a valid boolean.'],
  }
  const query = 'min_price=cheap&max_price=-1&seller=me&in_stock=maybe'
  assertFault(await server.call('GET', `${LIST}?${query}`), 400, 'Validation failed.', text)
  for (const price of ['1e3', 'NaN', '-0.01', '1,5', '0x10', '.'])
    assert.equal((await server.call('GET', `${LIST}?min_price=${encodeURIComponent(price)}`)).status, 400, price)
})

test('MP-052 SF-011 pages have seven keys and keep the other parameters; what is no page is 404', async () => {
  const { body } = await server.call('GET', `${LIST}?page=2&page_size=1&sort_by=oldest`)
  assert.deepEqual(
    { ...body, results: body.results[0].name },
    {
      count: 4,
      next: `${server.shop.config.PUBLIC_URL}/api/products/?page=3&page_size=1&sort_by=oldest`,
      previous: `${server.shop.config.PUBLIC_URL}/api/products/?page=1&page_size=1&sort_by=oldest`,
      results: 'Phone',
      page_size: 1,
      current_page: 2,
      total_pages: 4,
    },
  )
  assert.equal((await server.call('GET', `${LIST}?page_size=1000`)).body.page_size, 100)
  for (const query of ['page=2', 'page=0', 'page=-1', 'page=x', 'page=1.5', 'category=Nothing&page=2'])
    assertFault(await server.call('GET', `${LIST}?${query}`), 404, 'Invalid page.')
})
