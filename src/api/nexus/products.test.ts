/** Products on nexus, as everybody sees them, through HTTP. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createBrand, createCategory } from '#commerce/catalog'
import { addReview } from '#commerce/reviews'
import { inTransaction } from '#platform/database'
import { signedUp, staffMember } from '../../../test/accounts.ts'
import { type ProductWishes, type StockedProduct, stockedProduct } from '../../../test/products.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'

const LIST = '/api/catalog/products/'
const one = (slug: string) => `${LIST}${slug}/`
let server: TestServer
let home: { id: number; slug: string }
let below: { id: number; slug: string }
let brand: { id: number; slug: string }
before(async () => {
  server = await openTestServer({ PUBLIC_URL: 'https://shop.example' })
  await inTransaction(server.shop.db, async (tx) => {
    home = await createCategory(tx, { name: 'Kitchen' })
    below = await createCategory(tx, { name: 'Cups', parentId: home.id })
    brand = await createBrand(tx, { name: 'Clay' })
  })
})
after(() => server.close())

const make = (wishes: ProductWishes = {}) => {
  server.shop.pass(1000)
  return stockedProduct(server, wishes)
}
const article = (priceMinor: number, compareAtMinor: number | null = null) => ({
  variants: [
    { sku: `N-${priceMinor}-${compareAtMinor}-${Math.random()}`, priceMinor, compareAtMinor, isImplicit: true },
  ],
})
const list = async (query = '') => {
  const { status, body } = await server.call('GET', `${LIST}?${query}`)
  assert.equal(status, 200, JSON.stringify(body))
  return body
}
const slugs = async (query: string): Promise<string[]> =>
  (await list(query)).results.map(({ slug }: { slug: string }) => slug)
const detail = async (slug: string) => (await server.call('GET', one(slug))).body

async function review(product: StockedProduct, rating: number, isApproved = true, lastName = 'Lovelace') {
  const { accountId } = await signedUp(server, { firstName: 'Ada', lastName })
  server.shop.pass(1000)
  const content = { rating, title: 'Fine', comment: 'It holds tea.' }
  await inTransaction(server.shop.db, (tx) =>
    addReview(tx, {
      ...content,
      productId: product.id,
      accountId,
      status: isApproved ? 'approved' : 'pending',
      createdAt: server.shop.now(),
    }),
  )
}

test('NX-100 NX-115 a page of products, the newest first, active ones only, with list price, discount and what is asked', async () => {
  const plain = await make({ name: 'Plain' })
  const reduced = await make({ name: 'Reduced', ...article(1000, 1500), categoryId: below.id, brandId: brand.id })
  await make({ name: 'Hidden', isActive: false })
  const { body, statements } = await server.call('GET', `${LIST}?page_size=2`)
  assert.equal(statements, 1)
  const { results, ...page } = body
  assert.deepEqual(page, { count: 2, next: null, previous: null, page_size: 2, current_page: 1, total_pages: 1 })
  const [first, second] = results
  assert.deepEqual([first.slug, second.slug], [reduced.slug, plain.slug])
  const { created_at, updated_at, ...shown } = first
  assert.match(created_at, /^\d{4}-\d\d-\d\dT.*Z$/)
  assert.match(updated_at, /Z$/)
  assert.deepEqual(shown, {
    id: reduced.id,
    name: 'Reduced',
    slug: 'reduced',
    sku: reduced.sku,
    short_description: '',
    price: '15.00',
    discount_price: '10.00',
    final_price: '10.00',
    discount_percentage: 33,
    currency: 'USD',
    category: { id: below.id, name: 'Cups', slug: 'cups' },
    brand: { id: brand.id, name: 'Clay', slug: 'clay' },
    primary_image: null,
    stock: 10,
    in_stock: true,
    is_low_stock: false,
    is_active: true,
    is_featured: false,
    average_rating: 0,
    review_count: 0,
  })
  const { price, discount_price, final_price, discount_percentage, category } = second
  assert.deepEqual(
    [price, discount_price, final_price, discount_percentage, category],
    ['10.00', null, '10.00', 0, null],
  )
  const { results: seconds, next, previous } = await list('page=2&page_size=1&search=')
  assert.deepEqual([seconds[0].slug, next], [plain.slug, null])
  assert.equal(previous, `https://shop.example${LIST}?page=1&page_size=1&search=`)
  for (const query of ['page=9', 'page=x', 'page=0'])
    assert.deepEqual((await server.call('GET', `${LIST}?${query}`)).body, { detail: 'Invalid page.' })
})

test('NX-115 a percentage is rounded once, also where it is given in hundredths', async () => {
  const near = await make({ name: 'Near', ...article(875_004, 1_000_000) })
  assert.equal((await detail(near.slug)).discount_percentage, 12)
  const half = await make({ name: 'Half', ...article(875, 1000), discountBasisPoints: 1250 })
  assert.equal((await detail(half.slug)).discount_percentage, 13)
})

test('NX-101 NX-105 prices are filtered, to the cent, and sorted by what is asked', async () => {
  const brandId = (await inTransaction(server.shop.db, (tx) => createBrand(tx, { name: 'Priced' }))).id
  const cheap = await make({ name: 'Cheap', brandId, ...article(500, 9000) })
  const middle = await make({ name: 'Middle', brandId, ...article(2000) })
  const dear = await make({ name: 'Dear', brandId, ...article(2001) })
  const of = (query: string) => slugs(`brand=priced&${query}`)
  assert.deepEqual(await of('ordering=price'), [cheap.slug, middle.slug, dear.slug])
  assert.deepEqual(await of('ordering=-price'), [dear.slug, middle.slug, cheap.slug])
  assert.deepEqual(await of('ordering=price&min_price=5&max_price=20.00'), [cheap.slug, middle.slug])
  assert.deepEqual(await of('min_price=5.01&max_price=20'), [middle.slug])
  assert.deepEqual(await of('ordering=price&min_price=&max_price='), [cheap.slug, middle.slug, dear.slug])
  const { status, body } = await server.call('GET', `${LIST}?min_price=cheap&max_price=1e3&in_stock=perhaps`)
  assert.equal(status, 400)
  assert.deepEqual(body, {
    min_price: ['A valid number is required.'],
    max_price: ['A valid number is required.'],
    in_stock: ['Must be a valid boolean.'],
  })
})

test('NX-102 category and brand by id or slug, a category with those below it; what is unknown gives an empty page', async () => {
  const cup = await make({ name: 'Blue cup', categoryId: below.id })
  const pot = await make({ name: 'Pot', categoryId: home.id, brandId: brand.id })
  for (const category of [home.id, home.slug]) {
    const found = await slugs(`category=${category}&ordering=-created_at`)
    assert.deepEqual(found.slice(0, 2), [pot.slug, cup.slug])
  }
  for (const category of [below.id, below.slug]) assert.ok(!(await slugs(`category=${category}`)).includes(pot.slug))
  for (const called of [brand.id, brand.slug]) assert.equal((await slugs(`brand=${called}`))[0], pot.slug)
  for (const query of ['category=nothing', 'brand=nothing', 'category=999999', 'brand=999999', 'brand=%25']) {
    const { count, results, total_pages } = await list(query)
    assert.deepEqual([count, results, total_pages], [0, [], 1], query)
  }
})

test('NX-103 in_stock takes true, false, 1 and 0', async () => {
  const gone = await make({ name: 'Sold out', stock: 0 })
  const there = await make({ name: 'There' })
  for (const yes of ['true', '1', 'True']) {
    const found = await slugs(`in_stock=${yes}&page_size=100`)
    assert.ok(found.includes(there.slug) && !found.includes(gone.slug))
  }
  for (const no of ['false', '0']) assert.deepEqual(await slugs(`in_stock=${no}`), [gone.slug])
})

test('NX-104 all words have to be there: in name, description, brand, category or SKU', async () => {
  const lamp = await make({ name: 'Copper lantern', description: 'Lights a garden', brandId: brand.id })
  await make({ name: 'Copper pan', description: 'For the oven', categoryId: below.id })
  assert.deepEqual(await slugs('search=copper%20garden'), [lamp.slug])
  assert.deepEqual(await slugs('search=LANTERN+clay'), [lamp.slug])
  assert.deepEqual(await slugs('search=pan+cups'), ['copper-pan'])
  assert.deepEqual(await slugs(`search=${lamp.sku}`), [lamp.slug])
  assert.deepEqual(await slugs('search=copper+zeppelin'), [])
  assert.equal((await list('search=copper')).count, 2)
})

test('NX-105 by name, date, rating and views, either way; what is unknown is ignored', async () => {
  const { id: categoryId, slug: category } = await inTransaction(server.shop.db, (tx) =>
    createCategory(tx, { name: 'Ordered' }),
  )
  const one = await make({ name: 'beta', categoryId })
  const two = await make({ name: 'Alpha', categoryId })
  const three = await make({ name: 'gamma', categoryId })
  await review(one, 4)
  await review(three, 5)
  for (const { slug } of [two, two, one]) await detail(slug)
  await server.server.views.flush()
  const by = (ordering: string) => slugs(`category=${category}&ordering=${ordering}`)
  const expected = {
    name: [two, one, three],
    created_at: [one, two, three],
    average_rating: [two, one, three],
    view_count: [three, one, two],
  }
  for (const [ordering, products] of Object.entries(expected)) {
    const ascending = products.map(({ slug }) => slug)
    assert.deepEqual(await by(ordering), ascending, ordering)
    assert.deepEqual(await by(`-${ordering}`), [...ascending].reverse(), `-${ordering}`)
  }
  const newest = [three.slug, two.slug, one.slug]
  for (const ordering of ['', 'nothing', '-', '--price', 'toString', 'id;drop', 'popularity'])
    assert.deepEqual(await by(encodeURIComponent(ordering)), newest, ordering)
})

test('NX-110 NX-113 a product with pictures, specifications and its approved reviews; nobody is named in full', async () => {
  const specifications = { size: { height: 10, unit: 'cm' }, colours: ['red', null], 'new?': true }
  const product = await make({
    name: 'Whole product',
    description: 'Long',
    shortDescription: 'Short',
    specifications,
    stock: 3,
    pictures: [{ url: '/files/one.webp', altText: 'Front' }, { url: 'https://pictures.example/two.png' }],
  })
  await review(product, 5)
  await review(product, 2, true, '')
  await review(product, 1, false)
  const { status, body, statements } = await server.call('GET', one(product.slug))
  assert.deepEqual([status, statements], [200, 3])
  assert.deepEqual([body.description, body.short_description, body.specifications], ['Long', 'Short', specifications])
  assert.deepEqual(
    body.images.map(({ id: _, ...image }: { id: number }) => image),
    [
      { image: 'https://shop.example/files/one.webp', alt_text: 'Front', is_primary: true, order: 0 },
      { image: 'https://pictures.example/two.png', alt_text: '', is_primary: false, order: 1 },
    ],
  )
  assert.equal(body.primary_image, 'https://shop.example/files/one.webp')
  assert.deepEqual([body.average_rating, body.review_count], [3.5, 2])
  assert.deepEqual(
    body.reviews.map(({ rating, user, is_approved }: Record<string, unknown>) => [rating, user, is_approved]),
    [
      [2, { display_name: 'Ada' }, true],
      [5, { display_name: 'Ada L.' }, true],
    ],
  )
  assert.doesNotMatch(JSON.stringify(body), /Lovelace|@/)
  assert.deepEqual([body.stock, body.low_stock_threshold, body.is_low_stock, body.in_stock], [3, 5, true, true])
})

test('NX-110 of many reviews the twenty newest', async () => {
  const product = await make({ name: 'Well known' })
  for (let number = 0; number < 22; number += 1) await review(product, number === 21 ? 1 : 5)
  const { reviews, review_count } = await detail(product.slug)
  assert.deepEqual([reviews.length, review_count, reviews[0].rating], [20, 22, 1])
})

test('NX-110 NX-144 what is unknown or hidden is 404, for staff as well; digits are a slug', async () => {
  const hidden = await make({ name: 'Not for sale', isActive: false })
  const { access: token } = await staffMember(server)
  for (const slug of ['nothing', hidden.slug, String(hidden.id), '9'.repeat(40), '%27%20or%201=1'])
    for (const options of [{}, { token }]) {
      const { status, body } = await server.call('GET', one(slug), options)
      assert.deepEqual([status, body], [404, { detail: 'Not found.' }], slug)
    }
  const year = await make({ name: '1984' })
  assert.equal((await detail('1984')).id, year.id)
})

test('NX-002 NX-003 who has signed in is shown the same; a token that is no good is told so', async () => {
  const product = await make({ name: 'For everybody' })
  const { access: token } = await signedUp(server)
  for (const url of [LIST, one(product.slug), '/api/catalog/categories/', '/api/catalog/brands/']) {
    const shown = async (options: object) => ({ ...(await server.call('GET', url, options)).body, view_count: 0 })
    assert.deepEqual(await shown({ token }), await shown({}))
    const bad = await server.call('GET', url, { token: 'nonsense' })
    assert.deepEqual([bad.status, bad.body.code], [401, 'token_not_valid'])
  }
})

test('NX-111 each read of a product counts one view, on whichever surface', async () => {
  const product = await make({ name: 'Much looked at' })
  for (let read = 0; read < 3; read += 1) await detail(product.slug)
  await server.call('GET', `/api/v1/products/${product.id}/`)
  await server.call('GET', one('nothing'))
  await server.server.views.flush()
  server.shop.pass(3000)
  assert.equal((await detail(product.slug)).view_count, 4)
})

test('NX-114 an amount has as many decimals as its currency', async () => {
  const yen = await make({ name: 'From Kyoto', currency: 'JPY', ...article(1200, 1500) })
  const { price, discount_price, final_price, currency } = await detail(yen.slug)
  assert.deepEqual([price, discount_price, final_price, currency], ['1500', '1200', '1200', 'JPY'])
})

test('NX-142 a change on another surface shows at the next read', async () => {
  const product = await make({ name: 'Changing' })
  const { access: token } = await staffMember(server)
  await detail(product.slug)
  await server.call('PATCH', `/api/v1/products/${product.id}/`, { token, body: { price: '8.00', name: 'Changed' } })
  assert.deepEqual([(await detail(product.slug)).final_price, (await slugs('search=changed'))[0]], ['8.00', 'changing'])
  await server.call('PATCH', `/api/v1/products/${product.id}/`, { token, body: { is_active: false } })
  assert.equal((await server.call('GET', one(product.slug))).status, 404)
})
