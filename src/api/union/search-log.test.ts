/** What the shared search notes, whom it is for, and whatever may be typed. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { sql } from 'kysely'
import { type SignedUp, signedUp } from '../../../test/accounts.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { assertFault } from '../../../test/shared-paths.ts'
import { BAD_TOKEN } from '../../../test/storefront.ts'
import { fillTeaShop } from '../../../test/tea-shop.ts'

const LIST = '/api/search/'
let server: TestServer
let seller: SignedUp
before(async () => {
  server = await openTestServer({ PUBLIC_URL: 'https://shop.example' })
  ;({ seller } = await fillTeaShop(server))
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

type Logged = { accountId: number | null; sessionId: string | null; results: number; kind: string; filters: object }
/** Waits until the log has so many of them. */
async function logged(query: string, count = 1): Promise<Logged[]> {
  for (let tries = 0; tries < 100; tries += 1) {
    const { rows } = await sql<Logged>`select account_id, session_id, results, kind, filters from browse.searches
      where query = ${query} order by id`.execute(server.shop.db)
    if (rows.length >= count) return rows
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return []
}

describe('MP-087 SF-254 each search is noted', () => {
  test('by account, with its kind, filters and the number of products and categories', async () => {
    const { access: token, accountId } = await signedUp(server)
    await look({ q: 'teap', type: 'product', in_stock: 'true', category: '', page_size: '1' }, { token })
    await look({ q: ' leaves ' })
    await look({ q: 'leaves', type: 'category' })
    await look({ q: 'wwwwww' })
    const byAccount = { accountId, sessionId: null, results: 1, kind: 'product', filters: { in_stock: 'true' } }
    assert.deepEqual(await logged('teap'), [byAccount])
    const leaves = await logged('leaves', 2)
    assert.deepEqual(
      leaves.map(({ kind, results }) => [kind, results]),
      [
        ['all', 2],
        ['category', 1],
      ],
    )
    assert.deepEqual((await logged('wwwwww'))[0]!.results, 0)
  })

  test('SF-023 by visit for a guest, who is given a cookie', async () => {
    const { headers } = await look({ q: 'visitors search' })
    const [, visit] = /^__Host-visitor=([\w-]{22}\.[\w-]{22});/.exec(String(headers['set-cookie'])) ?? []
    assert.equal(headers['cache-control'], 'private, no-cache')
    const again = await look({ q: 'visitors search' }, { headers: { cookie: `__Host-visitor=${visit}` } })
    assert.equal(again.headers['set-cookie'], undefined)
    for (const { sessionId, accountId } of await logged('visitors search', 2))
      assert.deepEqual([sessionId, accountId], [visit!.split('.')[0], null])
  })
})

test('MP-053 anybody may search, but a token that is sent must be good', async () => {
  const answer = await look({ q: 'tea' }, { token: 'nonsense' })
  const { detail, ...more } = BAD_TOKEN
  assertFault(answer, 401, detail, {}, more)
  assert.equal((await look({ q: 'tea' }, { token: seller.access })).status, 200)
})

test('SF-252 an inactive product is neither found nor suggested nor nested', async () => {
  assert.equal((await look({ q: 'secret' })).status, 404)
  assert.equal((await look({ q: 'secret teapo' })).body.product_suggestions?.includes('Secret teapot') ?? false, false)
  assert.equal(JSON.stringify((await look({ q: 'tea' })).body).includes('Secret'), false)
})

test('SF-256 SF-013 whatever is typed is taken literally, and never breaks', async () => {
  const shirt = 'Shirt "Émile" 100% o\'cotton \\ white_blue'
  for (const q of ['"', '%', '_', '\\', '100%', "o'cotton", 'white_blue', '% \\'])
    assert.deepEqual(await found({ q }), [shirt], q)
  const odd = [
    "' or 1=1; drop table catalog.products; --",
    "'s:a' | b",
    ':*',
    '<->',
    '!&|()',
    '$1 %s %n {0} <x>',
    '\\\\\\',
    '%%%',
    '___',
    '👩‍👩‍👧‍👦🫖',
    '\u200b\u202e\ufeff',
    'é'.repeat(200),
    'a '.repeat(100),
    '\t\n\r',
    'x'.repeat(10_000),
    '😀'.repeat(5_000),
    '[]',
    '-1',
    'null',
    '\u0001\u001f',
  ]
  const raw = ['%00', '%ED%A0%80', '%ED%A0%80abc%ED%BF%BF', '%', '%zz', '%C3', '%F4%90%80%80', '%EF%BF%BF', 'a&q=b']
  for (const q of [...odd.map(encodeURIComponent), ...raw]) {
    for (const more of ['', '&type=product', '&type=category', '&page_size=1', '&sort_by=price_low']) {
      const { status, body } = await server.call('GET', `${LIST}?q=${q}${more}`)
      assert.ok([200, 400, 404].includes(status), `${status} for ${q.slice(0, 50)}${more}`)
      if (status >= 400) assert.equal(typeof body.error, 'string')
    }
  }
  for (const name of [
    'type',
    'category',
    'min_price',
    'max_price',
    'sort_by',
    'seller',
    'in_stock',
    'min_rating',
    'page',
  ])
    for (const value of [...odd.map(encodeURIComponent), ...raw, '9'.repeat(30), '1e400', `x&${name}=y`]) {
      const { status } = await server.call('GET', `${LIST}?q=tea&${name}=${value}`)
      assert.ok(status < 500, `${status} for ${name}=${value.slice(0, 50)}`)
    }
})

test('SF-002 SF-015 with or without the slash, and by GET alone', async () => {
  assert.deepEqual((await server.call('GET', '/api/search?q=lid')).body.count, 1)
  assertFault(await server.call('POST', LIST, { body: {} }), 405, 'Method "POST" not allowed.')
})
