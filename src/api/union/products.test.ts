/** What the shared list and the shared page of a product show, and to whom. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { createCategory } from '#commerce/catalog'
import { inTransaction } from '#platform/database'
import { type SignedUp, signedUp } from '../../../test/accounts.ts'
import { stockedProduct } from '../../../test/products.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { assertFault } from '../../../test/shared-paths.ts'
import { BAD_TOKEN } from '../../../test/storefront.ts'

const LIST = '/api/products/'
let server: TestServer
let staff: SignedUp
let seller: SignedUp
let other: SignedUp
before(async () => {
  server = await openTestServer({ PUBLIC_URL: 'https://shop.example' })
  staff = await signedUp(server, { isStaff: true })
  seller = await signedUp(server, { isSeller: true, firstName: 'Sela', lastName: 'Trader' })
  other = await signedUp(server, { isSeller: true })
})
after(() => server.close())

const get = (path: string | number = '', token?: string) =>
  server.call('GET', `${LIST}${path}${typeof path === 'number' ? '/' : ''}`, token ? { token } : {})

const KEYS =
  `average_rating best_seller_product category category_name created_at currency description discount_percentage
  discounted_price featured_product flash_sale flash_sale_ends_at has_variants id image image_urls images in_stock inventory
  is_active name price price_weights price_weights_display review_count seller slug status stock tags title updated_at`.split(
    /\s+/,
  )

test('MP-051 MP-060 SF-196 SF-204 SF-205 a product has every key of both documents, in the list and by itself', async () => {
  const { code, id: categoryId } = await inTransaction(server.shop.db, async (tx) => ({
    ...(await createCategory(tx, { name: 'Dry Fruits', code: '001' })),
    code: '001',
  }))
  const weights = [
    { sku: 'ALM-1', name: '100gms', weightLabel: '100gms', priceMinor: 200000, compareAtMinor: 250000 },
    { sku: 'ALM-2', name: 'half', weightGrams: 500, priceMinor: 599990 },
    { sku: 'ALM-3', name: 'Large bag', priceMinor: 700000 },
    { sku: 'ALM-4', name: 'gone', priceMinor: 1, isActive: false },
  ]
  const made = await stockedProduct(server, {
    name: 'Almonds',
    description: 'Whole <b>almonds</b>',
    currency: 'INR',
    categoryId,
    sellerId: seller.accountId,
    tags: ['nuts', 'dry'],
    isFlashSale: true,
    isBestSeller: true,
    discountBasisPoints: 2000,
    variants: weights,
    pictures: [{ url: '/files/a.webp', altText: 'A bowl' }, { url: 'https://pictures.example/b.png' }],
    stock: 3,
  })
  const listed = await get()
  assert.equal(listed.status, 200)
  const { results, ...page } = listed.body
  assert.deepEqual(page, {
    count: 1,
    next: null,
    previous: null,
    page_size: 20,
    current_page: 1,
    total_pages: 1,
  })
  const [product] = results
  assert.deepEqual(Object.keys(product).sort(), KEYS)
  const { created_at, updated_at, images, price_weights, ...rest } = product
  assert.deepEqual(rest, {
    id: made.id,
    name: 'Almonds',
    title: 'Almonds',
    slug: 'almonds',
    description: 'Whole <b>almonds</b>',
    price: '2500.00',
    discount_percentage: '20.00',
    discounted_price: '2000.00',
    currency: 'INR',
    category: { id: categoryId, category_id: code, name: 'Dry Fruits', slug: 'dry-fruits' },
    category_name: 'Dry Fruits',
    seller: { id: seller.accountId, name: 'Sela Trader' },
    flash_sale: true,
    flash_sale_ends_at: null,
    best_seller_product: true,
    featured_product: false,
    stock: 9,
    inventory: 9,
    in_stock: true,
    is_active: true,
    status: 'In stock',
    price_weights_display: '2000-100gms, 5999.90-500g, 7000-Large bag',
    tags: ['nuts', 'dry'],
    image_urls: ['https://shop.example/files/a.webp', 'https://pictures.example/b.png'],
    image: 'https://shop.example/files/a.webp',
    average_rating: 0,
    review_count: 0,
    has_variants: true,
  })
  assert.match(`${created_at} ${updated_at}`, /^\S+Z \S+Z$/)
  assert.deepEqual(
    images.map(({ id, ...image }: { id: number }) => image),
    [
      { image_url: rest.image, url: rest.image, description: 'A bowl', is_primary: true },
      { image_url: rest.image_urls[1], url: rest.image_urls[1], description: '', is_primary: false },
    ],
  )
  assert.deepEqual(price_weights[0], {
    id: made.variantIds[0],
    price: '2000.00',
    weight: '100gms',
    inventory: 3,
    status: 'In stock',
  })
  assert.deepEqual(
    price_weights.map(({ weight }: { weight: string }) => weight),
    ['100gms', '500g', 'Large bag'],
  )

  for (const path of [made.id, 'almonds/', 'almonds']) {
    const { status, body } = await get(path)
    const { data, message, timestamp, ...shown } = body
    assert.deepEqual([status, shown, data], [200, product, product])
    assert.equal(message, 'Product retrieved successfully.')
    assert.match(timestamp, /Z$/)
  }
})

test('SF-203 MP-094 what is sold out says so; the article without a choice is a price weight, and no variant', async () => {
  const variants = [{ sku: 'MUG-1', priceMinor: 1250, isImplicit: true }]
  const { id } = await stockedProduct(server, { name: 'Mug', variants, stock: 0 })
  const { body } = await get(id)
  assert.deepEqual(
    [body.status, body.in_stock, body.has_variants, body.price, body.discount_percentage, body.category, body.seller],
    ['Out of stock', false, false, '12.50', '0.00', null, null],
  )
  assert.deepEqual(body.price_weights[0].status, 'Out of stock')
  assert.equal(body.price_weights_display, '12.50')
})

test('MP-073 a flash sale is over at its end, without anybody touching it', async () => {
  const flashSaleEndsAt = new Date(server.shop.now().getTime() + 60_000)
  const { id } = await stockedProduct(server, { name: 'Hourly', isFlashSale: true, flashSaleEndsAt })
  assert.equal((await get(id)).body.flash_sale, true)
  assert.ok((await get('?flash_sale=true')).body.results.some((each: { id: number }) => each.id === id))
  server.shop.pass(60_001)
  assert.equal((await get(id)).body.flash_sale, false)
  assert.ok(!(await get('?flash_sale=1')).body.results.some((each: { id: number }) => each.id === id))
  assert.ok((await get('?flash_sale=0')).body.results.some((each: { id: number }) => each.id === id))
})

test('MP-060 SF-197 SF-206 SF-218 hidden products: staff sees all, a seller his own, and only when asked in lists', async () => {
  const sellerId = seller.accountId
  const hidden = await stockedProduct(server, { name: 'Hidden', isActive: false, sellerId })
  const removed = await stockedProduct(server, { name: 'Removed', isActive: false, sellerId })
  await sql`update catalog.products set removed_at = now() where id = ${removed.id}`.execute(server.shop.db)
  const customer = await signedUp(server)
  for (const [token, detail, shown] of [
    [undefined, 404, false],
    [customer.access, 404, false],
    [other.access, 404, false],
    [seller.access, 200, true],
    [staff.access, 200, true],
  ] as const) {
    const called = await get(hidden.id, token)
    assert.equal(called.status, detail)
    if (detail === 404) assertFault(called, 404, 'Product not found or inactive.')
    const ids = async (query: string) =>
      (await get(`?page_size=100${query}`, token)).body.results.map((each: { id: number }) => each.id)
    assert.ok(!(await ids('')).includes(hidden.id))
    assert.equal((await ids('&include_inactive=true')).includes(hidden.id), shown)
    assert.ok(!(await ids('&include_inactive=true')).includes(removed.id))
    assertFault(await get(removed.id, token), 404, 'Product not found or inactive.')
  }
  const { count } = (await get('?include_inactive=true', seller.access)).body
  assert.equal(count, (await get()).body.count + 1, 'of others he sees no more than anybody')
})

test('MP-050 SF-206 what is not there is told with the keys of both documents', async () => {
  for (const path of [999_999, 'no-such-thing/', 'inventory/', `${'9'.repeat(20)}/`])
    assertFault(await get(path), 404, 'Product not found or inactive.')
})

test('MP-053 SF-007 SF-008 nobody has to sign in to look; a token that is sent must be good', async () => {
  const { detail, ...more } = BAD_TOKEN
  for (const path of [LIST, `${LIST}1/`]) {
    for (const token of ['nonsense', '', `${staff.access.slice(0, -6)}AAAAAA`])
      assertFault(await server.call('GET', path, { token }), 401, detail, {}, more)
  }
  const left = await signedUp(server)
  await server.call('POST', '/accounts/logout/', { token: left.access })
  assertFault(await get('', left.access), 401, detail, {}, more)
  assertFault(await server.call('POST', LIST), 401, 'Authentication credentials were not provided.')
})

test('SF-015 MP-050 another method is 405 in both forms; what is no address is the storefront’s 404, what cannot be read one of both', async () => {
  assertFault(await server.call('DELETE', LIST), 405, 'Method "DELETE" not allowed.')
  assertFault(await server.call('POST', `${LIST}1/`, { token: staff.access }), 405, 'Method "POST" not allowed.')
  for (const path of ['/api/products/1/nothing/', '/api/nothing/'])
    assert.deepEqual((await server.call('GET', path)).body, { detail: 'Not found.' })
  assertFault(await server.call('GET', '/api/products/%zz/'), 404, 'Not found.')
})

test('MP-002 the id of a request is a UUID, in the header too', async () => {
  const { headers } = await server.call('GET', LIST, { headers: { 'x-request-id': 'my-request-0001' } })
  assert.match(String(headers['x-request-id']), /^[0-9a-f-]{36}$/)
})

test('MP-069 each look at a product is counted', async () => {
  const { id } = await stockedProduct(server, { name: 'Looked at' })
  for (let look = 0; look < 3; look += 1) await get(id)
  await new Promise((resolve) => setTimeout(resolve, 1500))
  const { rows } = await sql<{ views: number }>`
    select views from browse.product_views where product_id = ${id}`.execute(server.shop.db)
  assert.equal(rows[0]?.views, 3)
})

test('SF-023 who looks around gets a cookie, once, and by TLS alone where the shop is reached by TLS', async () => {
  const first = await get()
  const cookie = String(first.headers['set-cookie'])
  assert.match(cookie, /^__Host-visitor=[\w-]{22}\.[\w-]{22}; Path=\/; HttpOnly; SameSite=Lax; Secure$/)
  assert.equal(first.headers['cache-control'], 'private, no-cache')
  const headers = { cookie: `a=b; ${cookie.split(';')[0]}` }
  const again = await server.call('GET', LIST, { headers })
  assert.deepEqual([again.headers['set-cookie'], again.headers['cache-control']], [undefined, 'public, no-cache'])
  assert.ok((await get(999_999)).headers['set-cookie'])
  for (const called of [await get('', seller.access), await get('', 'nonsense'), await server.call('POST', LIST)])
    assert.equal(called.headers['set-cookie'], undefined)
  assert.equal((await server.call('GET', `${LIST}1/variants/`)).headers['set-cookie'], undefined)
})
