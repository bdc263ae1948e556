import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { signedUp, staffMember } from '../../../test/accounts.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { fillShelf, type Shelf } from '../../../test/shelf.ts'

const LIST = '/api/v1/products/'
let server: TestServer
let shelf: Shelf
before(async () => {
  server = await openTestServer({ PUBLIC_URL: 'https://shop.example' })
  shelf = await fillShelf(server)
})
after(() => server.close())

/** The names in a list; the statements stay within the budget whatever is asked. */
async function namesIn(query: string): Promise<string[]> {
  const { status, body, statements } = await server.call('GET', `${LIST}?${query}`)
  assert.equal(status, 200, query)
  const budget = query.includes('search=') ? 4 : 2
  assert.ok(statements <= budget, `${query} took ${statements} statements`)
  assert.equal(body.count, body.results.length, query)
  return body.results.map((product: { name: string }) => product.name)
}

const NEWEST_FIRST = ['Mug', 'Coffee', 'green tea', 'Assam tea']

test('V1-200 the list shows active products, newest first, in one statement', async () => {
  const { body, statements } = await server.call('GET', LIST)
  assert.deepEqual(
    body.results.map((product: { name: string }) => product.name),
    NEWEST_FIRST,
  )
  assert.deepEqual([body.count, body.total_pages, body.next], [4, 1, null])
  assert.equal(statements, 1)
})

test('V1-200 a product is shown with everything that its page needs', async () => {
  const { body } = await server.call('GET', `${LIST}?search=assam`)
  const [{ images, updated_at: updatedAt, ...product }] = body.results
  const { tea, teas, leaf } = shelf
  assert.deepEqual(product, {
    id: tea.id,
    name: 'Assam tea',
    slug: 'assam-tea',
    sku: 'ASSAM',
    description: 'Strong, 100% leaf_tips',
    price: '9.00',
    compare_at_price: '12.00',
    discount_percentage: '25.00',
    final_price: '9.00',
    currency: 'USD',
    category: { id: teas.id, name: 'Teas', slug: 'teas' },
    brand: { id: leaf.id, name: 'Leaf', slug: 'leaf' },
    tags: ['black', 'loose'],
    image: 'https://shop.example/files/products/assam.webp',
    specifications: { Origin: 'India', Weight: { grams: 250 } },
    stock: 4,
    in_stock: true,
    is_low_stock: true,
    is_active: true,
    is_featured: false,
    rating_average: 4.33,
    rating_count: 3,
    created_at: '2026-01-01T00:00:00.000Z',
  })
  assert.equal(updatedAt, '2026-01-01T00:00:00.000Z')
  assert.deepEqual(
    images.map(({ id: _, ...image }: { id: number }) => image),
    [
      {
        url: 'https://shop.example/files/products/assam.webp',
        alt_text: 'A tin',
        is_primary: true,
        position: 0,
        sizes: {},
      },
      { url: 'https://pictures.example/2.png', alt_text: '', is_primary: false, position: 1, sizes: {} },
    ],
  )
})

test('V1-200 without category, brand, picture, review and former price there is null, and none', async () => {
  const { body } = await server.call('GET', `${LIST}?search=mug`)
  const [mug] = body.results
  assert.deepEqual([mug.category, mug.brand, mug.image, mug.compare_at_price], [null, null, null, null])
  assert.deepEqual([mug.discount_percentage, mug.images, mug.is_low_stock], ['0.00', [], false])
  const green = (await server.call('GET', `${LIST}?search=green`)).body.results[0]
  assert.deepEqual([green.stock, green.in_stock, green.is_low_stock], [0, false, false])
  assert.deepEqual([green.rating_average, green.rating_count], [0, 0])
})

test('V1-200 a product of several variants has no sku, the lowest price, and the stock of all that are sold', async () => {
  const { body } = await server.call('GET', `${LIST}?search=coffee`)
  const [coffee] = body.results
  assert.deepEqual([coffee.sku, coffee.price, coffee.stock], [null, '10.00', 20])
})

test('V1-200 filters narrow the list, alone and together', async () => {
  const { drinks, teas, leaf } = shelf
  const cases: Record<string, string[]> = {
    'search=TEA': ['Coffee', 'green tea', 'Assam tea'],
    'search=strong+tea': ['Assam tea'],
    'search=tea+nothing': [],
    'search=100%25': ['Assam tea'],
    'search=100%25+leaf_ti': ['Assam tea'],
    'search=ssam': ['Assam tea'],
    'search=teas+leaf': ['Coffee', 'Assam tea'],
    'search=%25': [],
    'search=g_een': [],
    'search=%5C': [],
    'search=': NEWEST_FIRST,
    [`category=${drinks.id}`]: ['Coffee', 'green tea', 'Assam tea'],
    'category=drinks': ['Coffee', 'green tea', 'Assam tea'],
    [`category=${teas.id}`]: ['green tea', 'Assam tea'],
    'category=unknown': [],
    'category=999999': [],
    [`brand=${leaf.id}`]: ['Coffee', 'Assam tea'],
    'brand=leaf': ['Coffee', 'Assam tea'],
    'brand=unknown': [],
    'min_price=10': ['Mug', 'Coffee'],
    'min_price=7.01&max_price=10.00': ['Coffee', 'Assam tea'],
    'max_price=-1': [],
    'in_stock=true': ['Mug', 'Coffee', 'Assam tea'],
    'in_stock=0': ['green tea'],
    'featured=1': ['Coffee'],
    'featured=false': ['Mug', 'green tea', 'Assam tea'],
    'on_sale=true': ['Assam tea'],
    'on_sale=false': ['Mug', 'Coffee', 'green tea'],
    'tag=loose': ['Assam tea'],
    'tag=loos': [],
    'min_rating=4.3': ['Assam tea'],
    'min_rating=0': NEWEST_FIRST,
    'unheard_of=1': NEWEST_FIRST,
    'include_inactive=true': NEWEST_FIRST,
    'category=drinks&brand=leaf&in_stock=true&min_price=9.5': ['Coffee'],
    'category=drinks&search=tea&ordering=price&tag=black&min_rating=3': ['Assam tea'],
  }
  for (const [query, names] of Object.entries(cases)) assert.deepEqual(await namesIn(query), names, query)
})

test('V1-200 the list is ordered as asked, both ways, in a category too', async () => {
  const orders: Record<string, string[]> = {
    price: ['green tea', 'Assam tea', 'Coffee', 'Mug'],
    name: ['Assam tea', 'Coffee', 'green tea', 'Mug'],
    created_at: NEWEST_FIRST.toReversed(),
    rating: ['green tea', 'Coffee', 'Mug', 'Assam tea'],
  }
  for (const [order, names] of Object.entries(orders)) {
    assert.deepEqual(await namesIn(`ordering=${order}`), names)
    assert.deepEqual(await namesIn(`ordering=-${order}`), names.toReversed())
    const drinks = names.filter((name) => name !== 'Mug')
    assert.deepEqual(await namesIn(`category=drinks&ordering=${order}`), drinks)
    assert.deepEqual(
      await namesIn(`brand=leaf&ordering=-${order}`),
      drinks.filter((name) => name !== 'green tea').toReversed(),
    )
  }
  assert.deepEqual(await namesIn('ordering=unheard_of'), NEWEST_FIRST)
})

test('V1-008 filters of the wrong type are told together', async () => {
  const query = 'min_price=cheap&max_price=1.234&in_stock=maybe&min_rating=good&featured=2'
  const { status, body } = await server.call('GET', `${LIST}?${query}`)
  assert.equal(status, 400)
  assert.deepEqual(body, {
    min_price: ['A valid number is required.'],
    max_price: ['A valid number is required.'],
    in_stock: ['Must be a valid boolean.'],
    min_rating: ['A valid number is required.'],
    featured: ['Must be a valid boolean.'],
  })
})

test('V1-006 pages hold every product once, whatever the order; V1-007 past the end there is none', async () => {
  for (const order of ['price', '-created_at', 'rating', '-popularity']) {
    for (const filter of ['', '&category=drinks', '&in_stock=true', '&tag=black']) {
      const all = await namesIn(`ordering=${order}${filter}`)
      const seen: string[] = []
      let next: string | null = `${LIST}?page_size=2&ordering=${order}${filter}`
      while (next) {
        const { body } = await server.call('GET', next.replace('https://shop.example', ''))
        assert.equal(body.count, all.length)
        seen.push(...body.results.map((product: { name: string }) => product.name))
        next = body.next
      }
      assert.deepEqual(seen, all)
      const past = await server.call('GET', `${LIST}?page=9&ordering=${order}${filter}`)
      assert.deepEqual([past.status, past.body], [404, { detail: 'Invalid page.' }])
      assert.ok(past.statements <= 2)
    }
  }
})

test('V1-200 staff sees hidden products when asked; a bad token is refused', async () => {
  const { access: token } = await staffMember(server)
  const { body } = await server.call('GET', `${LIST}?include_inactive=true`, { token })
  assert.deepEqual(
    body.results.map((product: { name: string }) => product.name),
    ['Hidden', ...NEWEST_FIRST],
  )
  assert.equal(body.count, 5)
  assert.equal((await server.call('GET', LIST, { token })).body.count, 4)
  const shopper = await signedUp(server)
  assert.equal((await server.call('GET', `${LIST}?include_inactive=true`, { token: shopper.access })).body.count, 4)
  assert.equal((await server.call('GET', LIST, { token: 'nonsense' })).status, 401)
})
