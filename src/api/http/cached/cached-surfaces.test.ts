/** What the other surfaces keep, and whom each answer is for (MP-012, MP-200, NX-111, NX-140…144, SF-023). */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { sql } from 'kysely'
import { signedUp, staffMember } from '../../../../test/accounts.ts'
import { change, setStock } from '../../../../test/changes.ts'
import { stockedProduct } from '../../../../test/products.ts'
import { reviewed } from '../../../../test/reviews.ts'
import { type Called, openTestServer, type TestServer } from '../../../../test/server.ts'
import { fillShelf, type Shelf } from '../../../../test/shelf.ts'

let server: TestServer
let shelf: Shelf
before(async () => {
  server = await openTestServer()
  shelf = await fillShelf(server)
})
after(() => server.close())

const get = (url: string, headers: Record<string, string> = {}) => server.call('GET', url, { headers })
const statementsOf = async (url: string) => (await get(url)).statements
async function keep(...urls: string[]) {
  for (const url of urls) {
    await get(url)
    assert.equal(await statementsOf(url), 0, `${url} is not kept`)
  }
}
const ofNexus = ({ slug }: { slug: string }) => `/api/catalog/products/${slug}/`
const ofUnion = ({ id }: { id: number }) => `/api/products/${id}/`
const cookieOf = ({ headers }: Called): string | undefined => headers['set-cookie']?.toString()
const isFound = ({ body }: Called, text: string) => JSON.stringify(body).includes(text)

const NEXUS = ['/api/catalog/products/', '/api/catalog/categories/', '/api/catalog/brands/']
const SHARED = ['/api/products/', '/api/products/?category=Teas&page_size=5']
const STOREFRONT = ['/api/categories/', '/api/categories/ordered/', '/api/categories/available-orders/']

test('MP-200 NX-140 lists, pages, trees and brands are answered again without a statement, and just the same', async () => {
  const { tea, teas, leaf } = shelf
  const pages = [ofNexus(tea), ofUnion(tea), `/api/products/${tea.slug}/`]
  const one = [
    `/api/catalog/categories/${teas.slug}/`,
    `/api/catalog/brands/${leaf.id}/`,
    `/api/categories/${teas.slug}/`,
  ]
  for (const url of [...NEXUS, ...SHARED, ...STOREFRONT, ...pages, ...one]) {
    const first = await get(url)
    const again = await get(url)
    assert.equal(first.status, 200, url)
    assert.ok(first.statements > 0 && again.statements === 0, url)
    assert.deepEqual([again.status, again.body], [200, first.body], url)
    const own = ['x-request-id', 'server-timing', 'date', 'set-cookie']
    const headersOf = ({ headers }: Called) =>
      Object.entries(headers)
        .filter(([name]) => !own.includes(name))
        .sort()
    assert.deepEqual(headersOf(again), headersOf(first), url)
    assert.match(String(again.headers.etag), /^W\//)
    assert.equal(Boolean(cookieOf(first)), !url.startsWith('/api/catalog/'), url)
    assert.equal(Boolean(cookieOf(again)), Boolean(cookieOf(first)), url)
  }
})

describe('SF-023 a guest who is answered from the cache', () => {
  test('begins a visit of his own, which no other cache may keep', async () => {
    for (const url of ['/api/products/?fresh=1', '/api/categories/?fresh=1']) {
      const guests = [await get(url), await get(url), await get(url)]
      assert.deepEqual([guests[0]!.statements > 0, guests[1]!.statements], [true, 0])
      const cookies = guests.map(cookieOf)
      assert.equal(new Set(cookies).size, 3, url)
      for (const cookie of cookies)
        assert.match(cookie!, /^visitor=[\w-]{22}\.[\w-]{22}; Path=\/; HttpOnly; SameSite=Lax$/)
      for (const guest of guests) assert.equal(guest.headers['cache-control'], 'private, no-cache')
    }
  })

  test('goes on with the visit that he brings; whoever has the answer is told so, and begins one, too', async () => {
    const url = '/api/products/?fresh=2'
    const first = await get(url)
    const cookie = cookieOf(first)!.split(';')[0]!
    const etag = String(first.headers.etag)
    for (const path of [url, '/api/products/?fresh=3', url]) {
      const again = await get(path, { cookie })
      assert.deepEqual([cookieOf(again), again.headers['cache-control']], [undefined, 'public, no-cache'])
      const unchanged = await get(path, { cookie, 'if-none-match': etag })
      assert.deepEqual([unchanged.status, cookieOf(unchanged)], [304, undefined])
    }
    const stranger = await get(url, { 'if-none-match': etag })
    assert.deepEqual([stranger.status, stranger.headers['cache-control']], [304, 'private, no-cache'])
    assert.ok(cookieOf(stranger))
    assert.ok(cookieOf(await get('/api/products/999999/')), 'also of what is not there')
  })

  test('whoever has signed in is not answered from it, and gets no cookie', async () => {
    const { access: token } = await signedUp(server)
    await keep('/api/products/')
    const answer = await server.call('GET', '/api/products/', { token })
    assert.ok(answer.statements > 0)
    assert.deepEqual(
      [cookieOf(answer), answer.headers['cache-control'], answer.headers.etag],
      [undefined, 'no-store', undefined],
    )
  })
})

test('MP-002 a kept answer of the shared paths has an id that is a UUID', async () => {
  await keep('/api/products/')
  const { headers } = await get('/api/products/', { 'x-request-id': 'my-request.0001' })
  assert.match(String(headers['x-request-id']), /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
})

describe('NX-142 a change shows at the next read', () => {
  test('of stock, in whatever shows it or chooses by it', async () => {
    const { mug } = shelf
    const chosen = ['/api/catalog/products/?in_stock=false', '/api/products/?in_stock=false']
    const showing = [ofNexus(mug), ofUnion(mug), '/api/products/', '/api/catalog/products/']
    await keep(...chosen, ...showing, ofUnion(shelf.tea))
    await setStock(server.shop.db, mug.variantId, 0, mug.id)
    for (const url of chosen) assert.ok(isFound(await get(url), '"Mug"'), url)
    for (const url of [ofNexus(mug), ofUnion(mug)]) assert.equal((await get(url)).body.in_stock, false, url)
    assert.equal((await get('/api/products/')).body.results[0].stock, 0)
    assert.equal((await get('/api/catalog/products/')).body.results[0].stock, 0)
    assert.equal(await statementsOf(ofUnion(shelf.tea)), 0)
    await setStock(server.shop.db, mug.variantId, 10, mug.id)
  })

  test('of a category or a brand, in what names it', async () => {
    const { teas, leaf, tea } = shelf
    const named = [...SHARED.slice(0, 1), ...NEXUS.slice(0, 2), STOREFRONT[0]!, ofNexus(tea), ofUnion(tea)]
    await keep(...named)
    await change(server.shop.db, sql`update catalog.categories set name = 'Leaves' where id = ${teas.id}`, 'categories')
    for (const url of named) assert.ok(isFound(await get(url), '"Leaves"'), url)
    const branded = [...NEXUS.filter((url) => !url.includes('categories')), ofNexus(tea)]
    await keep(...branded)
    await change(server.shop.db, sql`update catalog.brands set name = 'Twig' where id = ${leaf.id}`, 'brands')
    for (const url of branded) assert.ok(isFound(await get(url), '"Twig"'), url)
  })

  test('of a product that is new, also in the counts of its category and brand', async () => {
    const { teas, leaf } = shelf
    const urls = [...NEXUS, SHARED[0]!]
    await keep(...urls)
    const before = await Promise.all(urls.map(async (url) => JSON.stringify((await get(url)).body)))
    await stockedProduct(server, { name: 'Newcomer', categoryId: teas.id, brandId: leaf.id })
    for (const [index, url] of urls.entries())
      assert.notEqual(JSON.stringify((await get(url)).body), before[index], url)
  })

  test('of a review that is approved or taken back, on the page of its product', async () => {
    const { access: token } = await staffMember(server)
    const product = await stockedProduct(server, { name: 'Reviewed' })
    const url = ofNexus(product)
    await keep(url)
    const { id } = await reviewed(server, product, { title: 'A fine thing', firstName: 'Ada', lastName: 'Lovelace' })
    assert.deepEqual((await get(url)).body.reviews[0]?.title, 'A fine thing')
    await keep(url)
    await server.call('POST', `${url}reviews/${id}/reject/`, { token, body: {} })
    assert.deepEqual((await get(url)).body.reviews, [])
  })

  test('of the name of whoever sells or has reviewed it', async () => {
    const { access: staff } = await staffMember(server)
    const seller = await signedUp(server, { isSeller: true, firstName: 'Sela', lastName: 'Trader' })
    const product = await stockedProduct(server, { name: 'Sold and reviewed', sellerId: seller.accountId })
    const { author } = await reviewed(server, product, { firstName: 'Ada', lastName: 'Lovelace' })
    const shown = async () => {
      const [page, list, nexus] = [
        await get(ofUnion(product)),
        await get('/api/products/?page_size=1'),
        await get(ofNexus(product)),
      ]
      return [page.body.seller.name, list.body.results[0].seller.name, nexus.body.reviews[0].user.display_name]
    }
    const keepAll = () => keep(ofUnion(product), '/api/products/?page_size=1', ofNexus(product))
    assert.deepEqual(await shown(), ['Sela Trader', 'Sela Trader', 'Ada L.'])
    await keepAll()
    const rename = (token: string, url: string, first_name: string) =>
      server.call('PATCH', url, { token, body: { first_name } })
    assert.equal((await rename(seller.access, '/api/v1/users/me/', 'Sara')).status, 200)
    assert.equal((await rename(author.access, '/api/v1/users/me/', 'Eda')).status, 200)
    assert.deepEqual(await shown(), ['Sara Trader', 'Sara Trader', 'Eda L.'])
    await keepAll()
    assert.equal((await rename(staff, `/api/v1/users/${seller.accountId}/`, 'Sue')).status, 200)
    assert.deepEqual((await shown())[0], 'Sue Trader')
    await keepAll()
    for (const { access, password } of [seller, author])
      await server.call('DELETE', '/api/v1/users/me/', { token: access, body: { password } })
    assert.deepEqual(await shown(), ['', '', 'Anonymous'])
  })
})

describe('MP-073 a flash sale', () => {
  test('is over for everybody when it ends, kept or not', async () => {
    const ends = new Date(server.shop.now().getTime() + 60_000)
    const product = await stockedProduct(server, { name: 'On sale', isFlashSale: true, flashSaleEndsAt: ends })
    const list = '/api/products/?search=sale'
    const isOn = async () => [
      (await get(ofUnion(product))).body.flash_sale,
      (await get(list)).body.results[0].flash_sale,
    ]
    assert.deepEqual(await isOn(), [true, true])
    server.shop.pass(59_000)
    assert.deepEqual([await statementsOf(ofUnion(product)), await statementsOf(list)], [0, 0])
    server.shop.pass(1_000)
    assert.deepEqual(await isOn(), [false, false])
    server.shop.pass(600_000)
    assert.equal(await statementsOf(ofUnion(product)), 0)
  })
})

test('NX-140 what depends on views or the hour is kept for ten seconds, a page with its views for three', async () => {
  const brief: [string, number][] = [
    ['/api/products/?sort_by=popularity', 10_000],
    ['/api/products/?flash_sale=false', 10_000],
    ['/api/catalog/products/?ordering=-view_count', 10_000],
    [ofNexus(shelf.tea), 3_000],
  ]
  for (const [url, ms] of brief) {
    await keep(url)
    server.shop.pass(ms - 1000)
    assert.equal(await statementsOf(url), 0, url)
    server.shop.pass(1000)
    assert.ok((await statementsOf(url)) > 0, url)
  }
})

test('NX-111 MP-069 a look that is answered from the cache counts as any other', async () => {
  const product = await stockedProduct(server)
  for (const url of [ofNexus(product), ofUnion(product)]) await keep(url)
  await server.server.views.flush()
  const { rows } = await sql<{ views: number }>`
    select views from browse.product_views where product_id = ${product.id}`.execute(server.shop.db)
  assert.equal(rows[0]?.views, 4)
})
