import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { createBrand } from '#commerce/catalog'
import { addReview } from '#commerce/reviews'
import { inTransaction } from '#platform/database'
import { signedUp, staffMember } from '../../../test/accounts.ts'
import { stockedProduct } from '../../../test/products.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { fillShelf, type Shelf } from '../../../test/shelf.ts'

const LIST = '/api/v1/search/'
let server: TestServer
let shelf: Shelf
before(async () => {
  server = await openTestServer({ PUBLIC_URL: 'https://shop.example' })
  shelf = await fillShelf(server)
})
after(() => server.close())

async function found(query: string): Promise<string[]> {
  const { status, body } = await server.call('GET', `${LIST}?${query}`)
  assert.equal(status, 200, query)
  return body.results.map(({ name }: { name: string }) => name)
}
async function suggested(q: string): Promise<string[]> {
  const { status, body } = await server.call('GET', `${LIST}suggestions/?q=${encodeURIComponent(q)}`)
  assert.equal(status, 200, q)
  assert.equal(body.query, q)
  return body.suggestions
}
/** Until the log is written. */
async function logged(
  query: string,
): Promise<{ query: string; accountId: number | null; results: number; filters: object }[]> {
  for (let tries = 0; tries < 100; tries += 1) {
    const { rows } = await sql<{ query: string; accountId: number | null; results: number; filters: object }>`
      select query, account_id, results, filters from browse.searches where query = ${query} order by id`.execute(
      server.shop.db,
    )
    if (rows.length > 0) return rows
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return []
}

test('V1-405 products are found by words, ranked, with facets and the query', async () => {
  const { status, body } = await server.call('GET', `${LIST}?q=Tea`)
  assert.equal(status, 200)
  assert.deepEqual(
    body.results.map(({ name }: { name: string }) => name),
    ['Assam tea', 'green tea', 'Coffee'],
  )
  assert.deepEqual(
    [body.query, body.count, body.corrected, body.is_partial, body.total_pages],
    ['Tea', 3, null, false, 1],
  )
  const { drinks, teas, leaf } = shelf
  const line = ({ id, name, slug }: { id: number; name?: string; slug: string }, count: number) => ({
    id,
    name,
    slug,
    count,
  })
  assert.deepEqual(body.facets.categories, [
    line({ ...drinks, name: 'Drinks' }, 3),
    line({ ...teas, name: 'Teas' }, 2),
    { ...body.facets.categories[2], name: 'Coffees', count: 1 },
  ])
  assert.deepEqual(body.facets.brands, [line({ ...leaf, name: 'Leaf' }, 2)])
  assert.deepEqual(body.facets.price_ranges, [
    { min: '0.00', max: '10.00', count: 2 },
    { min: '10.00', max: '25.00', count: 1 },
  ])
  assert.deepEqual(body.facets.availability, { in_stock: 2, out_of_stock: 1 })
  assert.deepEqual(body.facets.ratings[0], { min_rating: 4, count: 1 })
})

test('V1-405 typing errors are understood, and it is said so', async () => {
  for (const [query, name, corrected] of [
    ['assma', 'Assam tea', 'assam'],
    ['cofee', 'Coffee', 'coffee'],
    ['gren tea', 'green tea', 'green tea'],
    ['ocffee', 'Coffee', 'coffee'],
  ]) {
    const { body } = await server.call('GET', `${LIST}?q=${encodeURIComponent(query!)}`)
    assert.deepEqual([body.results[0]?.name, body.corrected, body.is_partial], [name, corrected, false], query)
  }
})

test('V1-405 where nothing has all words, what has some of them is found, and it is said so', async () => {
  const { body } = await server.call('GET', `${LIST}?q=assam+xylophone`)
  assert.deepEqual([body.results[0].name, body.count, body.is_partial], ['Assam tea', 1, true])
  const nothing = await server.call('GET', `${LIST}?q=xylophone`)
  assert.deepEqual([nothing.body.count, nothing.body.results, nothing.body.is_partial], [0, [], false])
})

test('V1-405 each filter narrows the results; each facet ignores its own', async () => {
  assert.deepEqual(await found('q=tea&brand=leaf'), ['Assam tea', 'Coffee'])
  assert.deepEqual(await found('q=tea&category=teas&in_stock=true'), ['Assam tea'])
  assert.deepEqual(await found('q=tea&min_price=8&max_price=9.50'), ['Assam tea'])
  assert.deepEqual(await found('q=tea&min_rating=4'), ['Assam tea'])
  assert.deepEqual(await found('q=tea&seller=999'), [])
  const { body } = await server.call('GET', `${LIST}?q=tea&category=coffees&in_stock=true`)
  const counts: Record<string, number> = Object.fromEntries(
    body.facets.categories.map(({ slug, count }: { slug: string; count: number }) => [slug, count]),
  )
  assert.deepEqual({ ...counts }, { drinks: 2, teas: 1, coffees: 1 })
  assert.deepEqual(body.facets.availability, { in_stock: 1, out_of_stock: 0 })
  for (const slug of Object.keys(counts))
    assert.equal((await found(`q=tea&in_stock=true&category=${slug}`)).length, counts[slug], slug)
  assert.deepEqual(await found('q=tea&ordering=price'), ['green tea', 'Assam tea', 'Coffee'])
  assert.deepEqual(await found('q=tea&ordering=-price'), ['Coffee', 'Assam tea', 'green tea'])
})

test('V1-405 a brand and a category are found by name, an article by its number, everything without a query', async () => {
  assert.deepEqual((await found('q=leaf+coffees')).slice(0, 1), ['Coffee'])
  assert.deepEqual(await found('q=COF-2'), ['Coffee'])
  assert.deepEqual(await found('q=cof-2+coffee'), ['Coffee'])
  assert.deepEqual(await found('q='), ['Mug', 'Coffee', 'green tea', 'Assam tea'])
  assert.deepEqual(await found('category=teas'), ['green tea', 'Assam tea'])
})

test('V1-405 odd queries are answered; V1-007, V1-008 faults are told', async () => {
  for (const q of [
    "'",
    '"',
    '\\',
    '%',
    "' | 'b",
    ':*',
    '&&',
    '!tea',
    '<->',
    '(((',
    'a'.repeat(200),
    '\u{1f375}',
    'ß',
    'İ',
    '\u0301',
  ])
    assert.equal((await server.call('GET', `${LIST}?q=${encodeURIComponent(q)}`)).status, 200, q)
  for (const q of ['http://x', 'a&b', '!!!', '"tea"'])
    assert.equal((await server.call('GET', `${LIST}?category=drinks&q=${encodeURIComponent(q)}`)).status, 200, q)
  assert.equal((await server.call('GET', `${LIST}?q=${'a'.repeat(201)}`)).status, 400)
  const faults = await server.call('GET', `${LIST}?q=tea&min_price=cheap&in_stock=maybe`)
  assert.deepEqual([faults.status, Object.keys(faults.body).sort()], [400, ['in_stock', 'min_price']])
  assert.equal((await server.call('GET', `${LIST}?q=tea&seller=me`)).status, 400)
  assert.equal((await server.call('GET', `${LIST}?q=tea&page=2`)).status, 404)
  assert.equal((await server.call('GET', `${LIST}?q=tea`, { token: 'nonsense' })).status, 401)
})

test('V1-008 V1-012 a search is not narrowed by what only the list of products knows, however odd', async () => {
  const all = await found('q=tea')
  for (const unknown of ['search=coffee', 'search=a&search=b', 'tag=none&tag=b', 'featured=maybe', 'on_sale=true'])
    assert.deepEqual(await found(`q=tea&${unknown}`), all, unknown)
})

test('V1-405 a search sees each change at once, whoever made it', async () => {
  assert.deepEqual(await found('q=zanzibar'), [])
  const product = await stockedProduct(server, { name: 'Zanzibar cloves' })
  assert.deepEqual(await found('q=zanzibar'), ['Zanzibar cloves'])
  await sql`update catalog.products set name = 'Pemba cloves' where id = ${product.id}`.execute(server.shop.db)
  assert.deepEqual([await found('q=zanzibar'), await found('q=pemba')], [[], ['Pemba cloves']])
  await sql`update catalog.products set is_active = false where id = ${product.id}`.execute(server.shop.db)
  assert.deepEqual(await found('q=pemba'), [])
  await inTransaction(server.shop.db, (tx) => createBrand(tx, { name: 'Nobody' }))
  assert.deepEqual(await found('q=nobody'), [])
})

test('V1-405 of equal finds the better rated one comes first', async () => {
  const worse = await stockedProduct(server, { name: 'Cinnamon sticks alpha' })
  const better = await stockedProduct(server, { name: 'Cinnamon sticks gamma' })
  const last = await stockedProduct(server, { name: 'Cinnamon sticks delta' })
  for (const [product, rating] of [
    [better, 5],
    [worse, 2],
  ] as const) {
    const { accountId } = await signedUp(server)
    const review = {
      productId: product.id,
      accountId,
      rating,
      status: 'approved',
      createdAt: server.shop.now(),
    } as const
    await inTransaction(server.shop.db, (tx) => addReview(tx, review))
  }
  assert.deepEqual(await found('q=cinnamon'), [better.name, worse.name, last.name])
})

test('V1-405 a search is written down, and counts in no request', async () => {
  const { access: token, accountId } = await signedUp(server)
  await server.call('GET', `${LIST}?q=Logged+tea&in_stock=true`, { token })
  assert.deepEqual(await logged('Logged tea'), [
    { query: 'Logged tea', accountId, results: 2, filters: { in_stock: 'true' } },
  ])
  const { body } = await server.call('GET', '/api/v1/users/me/export/', { token })
  assert.equal(body.searches[0].query, 'Logged tea')
})

test('V1-406 suggestions: names that begin so, then with such words, brands and categories; misspelt ones, too', async () => {
  assert.deepEqual((await suggested('gre'))[0], 'green tea')
  assert.deepEqual((await suggested('te')).toSorted(), ['Assam tea', 'Teas', 'green tea'])
  assert.ok((await suggested('lea')).includes('Leaf'))
  assert.ok((await suggested('assam t')).includes('Assam tea'))
  assert.deepEqual(await suggested('asasm'), ['Assam tea'])
  assert.deepEqual(await suggested('cofef'), ['Coffee', 'Coffees'])
  assert.deepEqual(await suggested('Hid'), [])
  for (const q of ['', '   ', '%', "'", '\\', ':*']) assert.deepEqual(await suggested(q), [], q)
  for (let made = 0; made < 12; made += 1) await stockedProduct(server, { name: `Pomegranate ${made}` })
  assert.equal((await suggested('pome')).length, 10)
})

test('MP-136 what was asked for is suggested once three accounts asked', async () => {
  const ask = async () => {
    const { access: token } = await signedUp(server)
    for (let times = 0; times < 3; times += 1) await server.call('GET', `${LIST}?q=strong+assam`, { token })
  }
  await ask()
  await ask()
  for (let times = 0; times < 5; times += 1) await server.call('GET', `${LIST}?q=strong+assam`)
  await logged('strong assam')
  await new Promise((resolve) => setTimeout(resolve, 700))
  assert.ok(!(await suggested('strong a')).includes('strong assam'))
  await ask()
  await new Promise((resolve) => setTimeout(resolve, 900))
  assert.ok((await suggested('strong a')).includes('strong assam'))
  const { access: token } = await staffMember(server)
  const { body } = await server.call('GET', `${LIST}queries/?search=strong+as`, { token })
  assert.deepEqual(
    [body.count, body.results[0].query, body.results[0].times, body.results[0].users],
    [1, 'strong assam', 14, 3],
  )
})
