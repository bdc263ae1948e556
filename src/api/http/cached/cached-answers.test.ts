/** What is kept, for how long, and for whom (MP-012, MP-200, NX-111, NX-140…144). */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { signedUp, staffMember } from '../../../../test/accounts.ts'
import { change, renameProduct, setStock } from '../../../../test/changes.ts'
import { stockedProduct } from '../../../../test/products.ts'
import { openTestServer, type TestServer } from '../../../../test/server.ts'
import { fillShelf, type Shelf } from '../../../../test/shelf.ts'

const LIST = '/api/v1/products/'
let server: TestServer
let shelf: Shelf
before(async () => {
  server = await openTestServer({ CORS_ALLOWED_ORIGINS: 'https://shop.example' })
  shelf = await fillShelf(server)
})
after(() => server.close())

const get = (url: string, headers: Record<string, string> = {}) => server.call('GET', url, { headers })
const statementsOf = async (url: string, headers = {}) => (await get(url, headers)).statements
/** Has an address kept, and makes sure of it. */
async function keep(url: string) {
  await get(url)
  assert.equal(await statementsOf(url), 0, `${url} is not kept`)
}
let number = 0
/** An address that no test asked for yet. */
const fresh = (query = '') => {
  number += 1
  return `${LIST}?fresh=${number}${query && `&${query}`}`
}

test('MP-200 NX-140 lists, pages, the tree and brands are answered again without a statement, and just the same', async () => {
  const { tea, teas, leaf } = shelf
  const pages = [`${LIST}${tea.id}/`, `${LIST}${tea.slug}/variants/`, `${LIST}${tea.id}/related/`]
  const menus = ['/api/v1/categories/', '/api/v1/categories/?tree=true', `/api/v1/categories/${teas.slug}/`]
  for (const url of [LIST, ...pages, ...menus, '/api/v1/brands/', `/api/v1/brands/${leaf.id}/`]) {
    const first = await get(url)
    const again = await get(url)
    assert.ok(first.statements > 0 && again.statements === 0, url)
    assert.deepEqual([again.status, again.body], [200, first.body], url)
    const own = ['x-request-id', 'server-timing', 'date']
    const headersOf = ({ headers }: typeof first) =>
      Object.entries(headers)
        .filter(([name]) => !own.includes(name))
        .sort()
    assert.deepEqual(headersOf(again), headersOf(first), url)
    assert.equal(again.headers['cache-control'], 'public, no-cache')
    assert.match(String(again.headers.etag), /^W\/"[\w-]{32}"$/)
  }
})

test('NX-141 V1-013 with or without the last slash, and in whatever order the parameters come, it is one answer', async () => {
  await keep(`${LIST}?page_size=2&search=tea`)
  for (const url of [`${LIST}?search=tea&page_size=2`, '/api/v1/products?search=tea&page_size=2'])
    assert.equal(await statementsOf(url), 0, url)
  assert.ok((await statementsOf(`${LIST}?search=tea&page_size=3`)) > 0)
})

describe('MP-012 who has the answer already', () => {
  test('gets 304 without a body, from the cache or not', async () => {
    const url = fresh()
    const { headers } = await get(url)
    const etag = String(headers.etag)
    const strong = etag.slice(2)
    for (const asked of [etag, strong, '*', `"other", ${etag}`, `W/"a",${strong} `]) {
      for (const kept of [true, false]) {
        if (!kept) await change(server.shop.db, sql`select 1`, 'products')
        const answer = await get(url, { 'if-none-match': asked })
        assert.deepEqual([answer.status, answer.body.length], [304, 0], asked)
        assert.equal(answer.headers.etag, etag)
        assert.equal(answer.headers['cache-control'], 'public, no-cache')
        assert.equal(answer.headers['content-length'], undefined)
        assert.equal(answer.headers['content-type'], undefined)
      }
    }
    for (const asked of ['"other"', '', 'W/""', etag.slice(0, -2)])
      assert.equal((await get(url, { 'if-none-match': asked })).status, 200, asked)
  })

  test('gets the new one when it changed', async () => {
    const { tea } = shelf
    const url = `${LIST}${tea.id}/`
    const { headers } = await get(url)
    await renameProduct(server.shop.db, tea.id, 'Assam tea, second flush')
    const { status, body } = await get(url, { 'if-none-match': String(headers.etag) })
    assert.deepEqual([status, body.name], [200, 'Assam tea, second flush'])
    await renameProduct(server.shop.db, tea.id, tea.name)
  })
})

test('MP-011 MP-012 it is packed for those who take it, before it is kept and after', async () => {
  const url = fresh()
  const plain = await get(fresh())
  for (const time of ['first', 'again']) {
    const answer = await server.server.inject({ url, headers: { 'accept-encoding': 'br;q=1, gzip;q=0.5' } })
    assert.equal(answer.headers['content-encoding'], 'gzip', time)
    assert.equal(answer.headers['content-length'], String(answer.rawPayload.length))
    assert.match(String(answer.headers.vary), /Accept-Encoding/)
    assert.deepEqual(JSON.parse(String(gunzipSync(answer.rawPayload))), plain.body)
  }
  const { headers, body } = await get(url, { 'accept-encoding': 'gzip;q=0' })
  assert.deepEqual([headers['content-encoding'], body], [undefined, plain.body])
  const small = `/api/v1/brands/${shelf.leaf.id}/`
  await keep(small)
  assert.equal((await get(small, { 'accept-encoding': 'gzip' })).headers['content-encoding'], undefined)
})

test('V1-011 HEAD is the same without the body, and fills the cache as well', async () => {
  const url = fresh()
  const heads = []
  for (let time = 0; time < 2; time += 1) heads.push(await server.server.inject({ method: 'HEAD', url }))
  const { headers, body, statements } = await get(url)
  assert.equal(statements, 0)
  for (const head of heads) {
    assert.deepEqual([head.statusCode, head.body], [200, ''])
    assert.equal(head.headers['content-length'], String(Buffer.byteLength(JSON.stringify(body))))
    assert.equal(head.headers.etag, headers.etag)
  }
  assert.match(String(heads[1]!.headers['server-timing']), /0 statements of 4/)
})

describe('NX-142 a change shows at the next read', () => {
  test('of a product in whatever shows it; what shows others stays', async () => {
    const { tea, mug } = shelf
    const [ofMug, ofTea] = [`${LIST}${mug.id}/`, `${LIST}${tea.id}/`]
    for (const url of [LIST, ofMug, ofTea, `${LIST}?search=mug`]) await keep(url)
    await setStock(server.shop.db, mug.variantId, 77, mug.id)
    assert.equal((await get(ofMug)).body.stock, 77)
    assert.equal((await get(LIST)).body.results[0].stock, 77)
    assert.equal((await get(`${LIST}?search=mug`)).body.results[0].stock, 77)
    assert.equal(await statementsOf(ofTea), 0)
  })

  test('of stock in the lists that choose by it', async () => {
    const { mug } = shelf
    await keep(`${LIST}?in_stock=true&search=nothing`)
    await keep(`${LIST}?in_stock=false`)
    const other = `${LIST}?search=assam`
    await keep(other)
    await setStock(server.shop.db, mug.variantId, 0, mug.id)
    const { body } = await get(`${LIST}?in_stock=false`)
    assert.ok(body.results.some(({ id }: { id: number }) => id === mug.id))
    assert.equal(await statementsOf(other), 0)
    await setStock(server.shop.db, mug.variantId, 10, mug.id)
  })

  test('of a name in the lists of categories and brands, and in the products that name them', async () => {
    const { teas, leaf, tea } = shelf
    const urls = [`/api/v1/categories/${teas.id}/`, '/api/v1/categories/?tree=true', `${LIST}${tea.id}/`, LIST]
    for (const url of [...urls, '/api/v1/brands/']) await keep(url)
    await change(server.shop.db, sql`update catalog.categories set name = 'Leaves' where id = ${teas.id}`, 'categories')
    for (const url of urls) assert.match(JSON.stringify((await get(url)).body), /"Leaves"/, url)
    assert.equal(await statementsOf('/api/v1/brands/'), 0)
    await change(server.shop.db, sql`update catalog.brands set name = 'Twig' where id = ${leaf.id}`, 'brands')
    for (const url of [`${LIST}${tea.id}/`, LIST, '/api/v1/brands/'])
      assert.match(JSON.stringify((await get(url)).body), /"Twig"/, url)
  })

  test('and a refusal is not kept: what was not there is found when it is', async () => {
    const slug = 'not-yet-there'
    for (let time = 0; time < 2; time += 1) {
      const { status, headers } = await get(`${LIST}${slug}/`)
      assert.deepEqual([status, headers.etag], [404, undefined])
    }
    await stockedProduct(server, { name: 'Not yet there' })
    assert.equal((await get(`${LIST}${slug}/`)).status, 200)
  })
})

describe('NX-144 what depends on who asks is shared with nobody', () => {
  test('staff neither fills the cache nor is answered from it', async () => {
    const { access: token } = await staffMember(server)
    const url = fresh('include_inactive=true&search=hidden')
    const asStaff = await server.call('GET', url, { token })
    assert.deepEqual(
      [asStaff.body.count, asStaff.headers.etag, asStaff.headers['cache-control']],
      [1, undefined, 'no-store'],
    )
    assert.equal((await get(url)).body.count, 0)
    assert.equal((await get(url)).statements, 0)
    assert.equal((await server.call('GET', url, { token })).body.count, 1)
  })

  test('any credentials, good or bad, and the token of a cart, go past it', async () => {
    const { access } = await signedUp(server)
    await keep(LIST)
    assert.ok((await statementsOf(LIST, { authorization: `Bearer ${access}` })) > 0)
    assert.equal((await get(LIST, { authorization: 'Bearer nonsense' })).status, 401)
    for (const headers of [{ authorization: 'Basic YTpi' }, { authorization: '' }, { 'x-cart-token': 'x' }])
      assert.ok((await statementsOf(LIST, headers)) > 0, JSON.stringify(headers))
  })
})

describe('NX-140 for how long', () => {
  test('a list for half an hour, a page for an hour, a list by popularity for ten seconds', async () => {
    const [list, page, popular] = [fresh(), `${LIST}${shelf.mug.id}/`, fresh('ordering=-popularity')]
    for (const url of [list, page, popular]) await keep(url)
    server.shop.pass(9_000)
    assert.equal(await statementsOf(popular), 0)
    server.shop.pass(1_000)
    assert.ok((await statementsOf(popular)) > 0)
    server.shop.pass(1_790_000)
    assert.ok((await statementsOf(list)) > 0)
    assert.equal(await statementsOf(page), 0)
    server.shop.pass(1_800_000)
    assert.ok((await statementsOf(page)) > 0)
  })

  test('a list whose large number was counted before is kept for ten seconds only', async () => {
    const { db } = server.shop
    const many = sql`
      insert into catalog.products (name, slug, currency, price_minor, created_at, updated_at)
      select 'Bulk ' || n, 'bulk-' || n, 'USD', 100, now(), now() from generate_series(1, 10002) n`
    await change(db, many, 'products')
    const url = `${LIST}?search=bulk&page_size=1`
    assert.equal((await get(url)).body.count, 10_002)
    await change(db, sql`delete from catalog.products where slug = 'bulk-1'`, 'products')
    await get(url)
    assert.equal(await statementsOf(url), 0)
    server.shop.pass(10_000)
    assert.ok((await statementsOf(url)) > 0)
    await change(db, sql`delete from catalog.products where slug like 'bulk-%'`, 'products')
  })

  test('with 0 seconds nothing is kept, and who has the answer is still told so', async (t) => {
    const other = await openTestServer({ CACHE_LIST_SECONDS: '0' })
    t.after(() => other.close())
    const { headers } = await other.call('GET', LIST)
    assert.ok((await other.call('GET', LIST)).statements > 0)
    const again = await other.call('GET', LIST, { headers: { 'if-none-match': String(headers.etag) } })
    assert.equal(again.status, 304)
  })
})

test('NX-111 V1-202 a look that is answered from the cache counts as any other', async () => {
  const product = await stockedProduct(server)
  const views = async () => {
    const { rows } = await sql<{ views: number }>`
      select views from browse.product_views where product_id = ${product.id}`.execute(server.shop.db)
    return rows[0]?.views
  }
  const first = await get(`${LIST}${product.id}/`)
  await get(`${LIST}${product.slug}/`)
  assert.equal(await statementsOf(`${LIST}${product.id}/`), 0)
  await get(`${LIST}${product.id}/`, { 'if-none-match': String(first.headers.etag) })
  for (let tries = 0; tries < 100 && (await views()) !== 4; tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 50))
  assert.equal(await views(), 4)
})
