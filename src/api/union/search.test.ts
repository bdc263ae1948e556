/** What the shared search finds, suggests and says where there is nothing. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { addReview } from '#commerce/reviews'
import { inTransaction } from '#platform/database'
import type { SignedUp } from '../../../test/accounts.ts'
import { type Called, openTestServer, type TestServer } from '../../../test/server.ts'
import { assertFault } from '../../../test/shared-paths.ts'
import { fillTeaShop } from '../../../test/tea-shop.ts'

const LIST = '/api/search/'
let server: TestServer
let seller: SignedUp
let teas: { id: number; slug: string }
before(async () => {
  server = await openTestServer({ PUBLIC_URL: 'https://shop.example' })
  ;({ seller, teas } = await fillTeaShop(server))
})
after(() => server.close())

type Query = Record<string, string>
const look = (query: Query, options: Parameters<TestServer['call']>[2] = {}) =>
  server.call('GET', `${LIST}?${new URLSearchParams(query)}`, options)
const namesOf = (list: { name: string }[]) => list.map(({ name }) => name)
async function found(query: Query): Promise<string[]> {
  const { status, body } = await look(query)
  assert.equal(status, 200, JSON.stringify(query))
  assert.deepEqual(namesOf(body.products), namesOf(body.results))
  return namesOf(body.results)
}

const EMPTY = {
  count: 0,
  next: null,
  previous: null,
  results: [],
  page_size: 20,
  current_page: 1,
  total_pages: 1,
  products: [],
  categories: [],
}
/** An empty page, whatever its facets are, with more beside it. */
function assertEmpty({ status, body }: Called, expected: number, more: object) {
  const { facets, timestamp, request_id, ...rest } = body
  assert.deepEqual([status, rest], [expected, { ...EMPTY, ...more }])
  assert.deepEqual(Object.keys(facets).sort(), FACETS)
}
const FACETS = ['availability', 'categories', 'price_ranges', 'ratings', 'sellers']

test('MP-080 SF-245 every word is found in name, tags or description, in whatever letters; the name comes first', async () => {
  assert.deepEqual(await found({ q: 'EAM' }), ['Green Steamer'])
  assert.deepEqual(await found({ q: 'strong ass' }), ['Assam'])
  assert.deepEqual(await found({ q: 'lac' }), ['Assam'])
  assert.deepEqual(await found({ q: 'sh-2' }), ['Shirt "Émile" 100% o\'cotton \\ white_blue'])
  const { body } = await look({ q: 'pot' })
  assert.deepEqual(namesOf(body.results), ['Teapot', 'Teapot lid'])
  for (const { relevance } of body.results) assert.ok(relevance > 0 && relevance <= 1)
})

test('SF-246 a product that is called so is found alone', async () => {
  const { body } = await look({ q: 'aSSAM' })
  assert.deepEqual([namesOf(body.results), body.categories, body.count], [['Assam'], [], 1])
})

test('SF-247 a category that is called so comes with its products, which are no results for that', async () => {
  const { body } = await look({ q: 'tea' })
  const [{ products, ...category }, ...others] = body.categories
  const { id } = teas
  const traits = { category_id: '001', description: 'Leaves and flowers', tags: ['hot'], image: null }
  assert.deepEqual([category, others], [{ id, name: 'Tea', slug: 'tea', ...traits }, []])
  assert.deepEqual(namesOf(products), ['Assam'])
  assert.equal(namesOf(body.results).includes('Assam'), false)
})

test('MP-082 SF-251 a page of products has the shapes of both documents, with all of each price weight', async () => {
  const { status, body } = await look({ q: 'shirt' })
  const { results, products, facets, ...rest } = body
  assert.equal(status, 200)
  const page = { count: 1, next: null, previous: null, page_size: 20, current_page: 1, total_pages: 1 }
  assert.deepEqual(rest, { ...page, query: 'shirt', categories: [] })
  const { body: listed } = await server.call('GET', `/api/products/${results[0].id}/`)
  const { data } = listed
  const { relevance, ...product } = results[0]
  assert.deepEqual([product, typeof relevance], [data, 'number'])
  const { id, name, inventory, tags, price_weights, images, is_active, status: stock } = data
  assert.deepEqual(products, [
    { id, name, category: null, inventory, tags, price_weights, images, is_active, status: stock },
  ])
  assert.deepEqual(Object.keys(price_weights[1]), ['id', 'price', 'weight', 'inventory', 'status'])
  assert.deepEqual([price_weights[1].price, price_weights[1].weight, stock], ['2100.00', '150g', 'In stock'])
  assert.equal(images[0].description, 'A shirt')
  const { body: ofWare } = await look({ q: 'lid' })
  assert.equal(ofWare.products[0].category, ofWare.results[0].category.id)
})

test('SF-248 MP-082 only the kind that is asked for is looked for', async () => {
  const products = await look({ q: 'tea', type: 'product' })
  assert.deepEqual([products.body.categories, products.body.count], [[], 3])
  const categories = await look({ q: 'tea', type: 'category' })
  const { body } = categories
  assert.deepEqual([body.results, body.products, body.count, namesOf(body.categories)], [[], [], 0, ['Tea']])
  assert.deepEqual(body.facets.availability, { in_stock: 0, out_of_stock: 0 })
  assertEmpty(await look({ q: 'tex', type: 'category' }), 200, {
    query: 'tex',
    detail: 'No exact match found, did you mean:',
    product_suggestions: [],
    category_suggestions: ['Tea'],
  })
})

test('SF-249 SF-255 MP-083 where nothing is found, names that are written alike are suggested', async () => {
  assertEmpty(await look({ q: 'Teapto' }), 200, {
    query: 'Teapto',
    detail: 'No exact match found, did you mean:',
    product_suggestions: ['Teapot'],
    category_suggestions: [],
  })
  assert.deepEqual((await look({ q: 'Teapto', page_size: '5' })).body.product_suggestions, ['Teapot'])
})

test('MP-083 what only the filters leave out is no typing error', async () => {
  assertEmpty(await look({ q: 'teapo', min_price: '900' }), 200, { query: 'teapo' })
  assertEmpty(await look({ q: 'teapot', min_price: '900' }), 200, { query: 'teapot' })
})

describe('MP-084 where there is nothing at all', () => {
  test('SF-250 it is 404 with an empty page and the words of both documents', async () => {
    const answer = await look({ q: 'qqqqqq' })
    const words = { detail: 'No matches found.', error: 'Product not found.', details: {}, status: 404 }
    assertEmpty(answer, 404, { query: 'qqqqqq', ...words })
    assert.equal(answer.headers['x-request-id'], answer.body.request_id)
    assert.match(answer.body.timestamp, /Z$/)
    assert.equal((await look({ q: 'qqqqqq', type: 'product' })).status, 404)
  })

  test('it is an empty page for whoever asks in the manner of the marketplace', async () => {
    const wishes = {
      category: 'Tea',
      min_price: '1',
      max_price: '5',
      sort_by: 'rating',
      page: '1',
      page_size: '20',
      seller: '1',
      in_stock: 'true',
      min_rating: '4',
    }
    for (const [name, value] of Object.entries(wishes))
      assertEmpty(await look({ q: 'qqqqqq', [name]: value }), 200, { query: 'qqqqqq' })
  })
})

describe('MP-081 filters and orders', () => {
  test('narrow what is found, and combine', async () => {
    const byFilter: [Query, string[]][] = [
      [{ category: 'tea' }, ['Assam']],
      [{ category: '002' }, ['Teapot', 'Teapot lid']],
      [{ category: 'nothing' }, []],
      [{ min_price: '30' }, ['Green Steamer', 'Teapot']],
      [{ max_price: '9.00' }, ['Assam', 'Teapot lid']],
      [{ seller: String(seller.accountId) }, ['Green Steamer']],
      [{ in_stock: 'false' }, ['Teapot']],
      [{ in_stock: 'true', max_price: '6' }, ['Teapot lid']],
    ]
    for (const [filter, names] of byFilter)
      assert.deepEqual((await found({ q: 'e', ...filter })).filter((name) => !name.startsWith('Shirt')).sort(), names)
  })

  test('order what is found; an order that is not known is relevance', async () => {
    const byPrice = ['Teapot lid', 'Teapot']
    assert.deepEqual(await found({ q: 'pot', sort_by: 'price_low' }), byPrice)
    assert.deepEqual(await found({ q: 'pot', sort_by: 'price_high' }), byPrice.toReversed())
    assert.deepEqual(await found({ q: 'pot', sort_by: 'newest' }), ['Teapot lid', 'Teapot'])
    for (const sort_by of ['relevance', 'nonsense', ''])
      assert.deepEqual(await found({ q: 'pot', sort_by }), ['Teapot', 'Teapot lid'], sort_by)
  })

  test('are refused together where they are of the wrong type', async () => {
    const wrong = { min_price: 'x', max_price: '-1', seller: 'x', in_stock: 'x', min_rating: 'x' }
    const answer = await look({ q: 'x'.repeat(201), type: 'x', ...wrong })
    assertFault(answer, 400, 'Validation failed.', answer.body.details)
    assert.deepEqual(Object.keys(answer.body.details).sort(), [...Object.keys(wrong), 'q', 'type'].sort())
  })
})

test('MP-052 pages keep the other parameters, and beyond the last there is none', async () => {
  const { body } = await look({ q: 'pot', page_size: '1' })
  assert.deepEqual([body.next, body.total_pages], ['https://shop.example/api/search/?q=pot&page_size=1&page=2', 2])
  assert.deepEqual(await found({ q: 'pot', page_size: '1', page: '2' }), ['Teapot lid'])
  for (const page of ['3', '0', 'x']) assertFault(await look({ q: 'pot', page_size: '1', page }), 404, 'Invalid page.')
})

describe('MP-085 SF-253 without words', () => {
  test('what the filters leave is found, the newest first', async () => {
    assert.deepEqual(await found({ max_price: '30' }), ['Teapot lid', 'Teapot', 'Assam'])
    assert.deepEqual(await found({ q: ' ', category: 'Tea', sort_by: 'relevance' }), ['Assam'])
  })

  test('and without filters it is refused, as is an unknown type', async () => {
    assertFault(await look({}), 400, 'Validation failed.', { q: ['This field is required.'] })
    for (const q of ['', ' \t'])
      assertFault(await look({ q, type: 'product' }), 400, 'Validation failed.', {
        q: ['This field may not be blank.'],
      })
    const unknown = await look({ q: 'tea', type: 'brand' })
    assertFault(unknown, 400, 'Validation failed.', { type: ['"brand" is not a valid choice.'] })
  })

  test('200 characters may be looked for, and no more', async () => {
    assert.equal((await look({ q: 'é'.repeat(200) })).status, 404)
    const { body } = await look({ q: 'é'.repeat(201) })
    assert.deepEqual(Object.keys(body.details), ['q'])
  })
})

test('MP-086 facets count all that is found, each as if its own filter were not there', async () => {
  const review = { productId: (await look({ q: 'lid' })).body.results[0].id, rating: 4, status: 'approved' } as const
  const rated = { ...review, accountId: seller.accountId, createdAt: server.shop.now() }
  await inTransaction(server.shop.db, (tx) => addReview(tx, rated))
  const facetsOf = async (query: Query) => (await look({ q: 'te', page_size: '1', ...query })).body.facets
  const all = await facetsOf({})
  const line = (count: number, { id, slug }: typeof teas, name: string) => ({ id, name, slug, count })
  const ware = { id: all.categories[0].id, slug: 'tea-ware' }
  const sellers = [{ id: seller.accountId, name: 'Sela Trader', count: 1 }]
  assert.deepEqual(
    { ...all },
    {
      categories: [line(2, ware, 'Tea ware'), line(1, teas, 'Tea')],
      sellers,
      price_ranges: [
        { min: '0.00', max: '10.00', count: 2 },
        { min: '25.00', max: '50.00', count: 2 },
        { min: '1000.00', max: null, count: 1 },
      ],
      availability: { in_stock: 4, out_of_stock: 1 },
      ratings: [
        { rating: 4, count: 1 },
        { rating: 3, count: 1 },
        { rating: 2, count: 1 },
        { rating: 1, count: 1 },
      ],
    },
  )
  const narrow: [Query, string][] = [
    [{ category: 'Tea' }, 'categories'],
    [{ seller: String(seller.accountId) }, 'sellers'],
    [{ max_price: '9' }, 'price_ranges'],
    [{ in_stock: 'false' }, 'availability'],
    [{ min_rating: '4' }, 'ratings'],
  ]
  for (const [query, own] of narrow) {
    const facets = await facetsOf(query)
    assert.deepEqual(facets[own], all[own], own)
    assert.notDeepEqual(facets, all, own)
  }
})
