import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { createCategory } from '#commerce/catalog'
import { inTransaction } from '#platform/database'
import { type SignedUp, signedUp } from '../../../test/accounts.ts'
import { type StockedProduct, stockedProduct } from '../../../test/products.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { assertFault } from '../../../test/shared-paths.ts'

const LIST = '/api/search/suggestions/'
let server: TestServer
let teapot: StockedProduct
let people: SignedUp[]
before(async () => {
  server = await openTestServer()
  people = [await signedUp(server), await signedUp(server), await signedUp(server)]
  await inTransaction(server.shop.db, (tx) => createCategory(tx, { name: 'Tea ware' }))
  teapot = await stockedProduct(server, { name: 'Teapot' })
  await stockedProduct(server, { name: 'Book', description: 'For every tealeaf reader' })
  await stockedProduct(server, { name: 'Tea of the night', isActive: false })
  for (let number = 1; number <= 25; number += 1) await stockedProduct(server, { name: `Lamp ${number}` })
})
after(() => server.close())

const suggest = (query: string) => server.call('GET', `${LIST}?${query}`, { token: people[0]!.access })

test('MP-135 names, products and categories that begin so, or nearly; none that is hidden', async () => {
  const { status, body } = await suggest('q=tea')
  const { timestamp, data, ...rest } = body
  assert.deepEqual([status, rest], [200, { message: 'Suggestions retrieved successfully.', status: 200 }])
  assert.match(timestamp, /Z$/)
  assert.deepEqual(data.query, 'tea')
  assert.deepEqual(data.suggestions, ['Teapot', 'Tea ware'])
  assert.deepEqual(data.products, [{ id: teapot.id, title: 'Teapot', slug: teapot.slug }])
  const [category, ...others] = data.categories
  assert.deepEqual([{ ...category, id: 0 }, others], [{ id: 0, name: 'Tea ware', slug: 'tea-ware' }, []])
  assert.deepEqual((await suggest('q=taepo')).body.data.products[0]?.title, 'Teapot')
})

test('MP-135 ten at most, or as many as are wanted up to twenty', async () => {
  const countOf = async (query: string) => {
    const { suggestions, products } = (await suggest(`q=lamp&${query}`)).body.data
    return [suggestions.length, products.length]
  }
  assert.deepEqual(await countOf(''), [10, 10])
  assert.deepEqual(await countOf('limit='), [10, 10])
  assert.deepEqual(await countOf('limit=3'), [3, 3])
  assert.deepEqual(await countOf('limit=20'), [20, 20])
  assert.deepEqual(await countOf('limit=500'), [20, 20])
  const odd = await suggest(`limit=x&q=${'x'.repeat(201)}`)
  assertFault(odd, 400, 'Validation failed.', odd.body.details)
  assert.deepEqual(Object.keys(odd.body.details).sort(), ['limit', 'q'])
  for (const limit of ['0', '-1', '1.5']) assert.equal((await suggest(`q=lamp&limit=${limit}`)).status, 400, limit)
})

test('MP-135 nothing to a blank beginning, and nothing without credentials', async () => {
  for (const query of ['', 'q=', 'q=%20%09'])
    assert.deepEqual(
      { ...(await suggest(query)).body.data, query: '' },
      { query: '', suggestions: [], products: [], categories: [] },
    )
  assertFault(await server.call('GET', LIST), 401, 'Authentication credentials were not provided.')
})

test('MP-136 what others searched for is suggested once three people have', async () => {
  const asked = async () => (await suggest('q=tealeaf')).body.data.suggestions
  const isWritten = async (users: number) => {
    const { rows } = await sql`select from browse.queries where plain = 'tealeaf reader' and users = ${users}`.execute(
      server.shop.db,
    )
    return rows.length > 0
  }
  for (const [index, { access: token }] of people.entries()) {
    for (let times = 0; times < 3; times += 1) await server.call('GET', '/api/search/?q=Tealeaf+reader', { token })
    for (let tries = 0; tries < 100 && !(await isWritten(index + 1)); tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 50))
    assert.ok(await isWritten(index + 1))
    assert.deepEqual(await asked(), index < 2 ? [] : ['Tealeaf reader'])
  }
})

test('SF-013 whatever is typed, it never breaks', async () => {
  const odd = ["' or 1=1 --", '%', '_', '\\', ':*', '<->', '😀', '\u0001', 'x'.repeat(10_000), 'a '.repeat(100)]
  for (const q of [...odd.map(encodeURIComponent), '%00', '%ED%A0%80', '%', 'a&q=b'])
    assert.ok([200, 400].includes((await suggest(`q=${q}`)).status), q.slice(0, 50))
})
