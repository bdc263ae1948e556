import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { addRule, addSynonyms, keepSearchInStep, removeRule, removeSynonyms } from '#commerce/browse'
import { answer, type OpenSearchDouble, openOpenSearchDouble } from '../../../../../test/opensearch-double.ts'
import { openTestServer, type TestServer } from '../../../../../test/server.ts'
import { fillShelf, type Shelf } from '../../../../../test/shelf.ts'

const LIST = '/api/v1/search/'
const TIMEOUT_MS = 300
let double: OpenSearchDouble
let server: TestServer
let shelf: Shelf
before(async () => {
  double = await openOpenSearchDouble()
  server = await openTestServer({
    SEARCH_URL: double.url,
    SEARCH_TIMEOUT_MS: String(TIMEOUT_MS),
    LOG_LEVEL: 'silent',
  })
  shelf = await fillShelf(server)
  await keepSearchInStep(server.shop)
})
after(async () => {
  await server.close()
  await double.close()
})
beforeEach(() => {
  double.searches.length = 0
  double.asked.length = 0
})

async function search(query: string) {
  const { status, body } = await server.call('GET', `${LIST}?${query}`)
  assert.equal(status, 200, query)
  return body
}
const named = (body: { results: { name: string }[] }) => body.results.map(({ name }) => name)
const found = async (query: string) => named(await search(query))
async function suggested(q: string): Promise<string[]> {
  const { status, body } = await server.call('GET', `${LIST}suggestions/?q=${encodeURIComponent(q)}`)
  assert.equal(status, 200)
  return body.suggestions
}

test('V1-443 the engine finds and ranks, and the shop shows what it knows itself', async () => {
  const body = await search('q=tea')
  assert.deepEqual(named(body), ['Assam tea', 'green tea', 'Coffee'])
  assert.deepEqual([body.count, body.corrected, body.is_partial], [3, null, false])
  assert.equal(double.searches.length, 1, 'the engine was asked, once')
  assert.deepEqual(body.results[0].price, '9.00')
  assert.deepEqual(await found('q=COF-1'), ['Coffee'])
  assert.deepEqual(await found('q=Leaf'), ['Assam tea', 'Coffee'])
  assert.deepEqual(await found('q=hidden'), [])
})

test('V1-443 misspelt words are understood, and of several words some are enough', async () => {
  const misspelt = await search('q=cofee')
  assert.deepEqual([named(misspelt), misspelt.corrected, misspelt.is_partial], [['Coffee'], 'coffee', false])
  const partial = await search('q=mug+spaceship')
  assert.deepEqual([named(partial), partial.corrected, partial.is_partial], [['Mug'], null, true])
  assert.deepEqual(await found('q=spaceship'), [])
})

test('V1-443 filters and orders go to the engine', async () => {
  const { drinks, leaf } = shelf
  for (const [query, names] of [
    ['q=tea&ordering=price', ['green tea', 'Assam tea', 'Coffee']],
    ['q=tea&ordering=-name', ['green tea', 'Coffee', 'Assam tea']],
    [`q=tea&category=${drinks.id}`, ['Assam tea', 'green tea', 'Coffee']],
    ['q=tea&category=nowhere', []],
    [`q=tea&brand=${leaf.slug}`, ['Assam tea', 'Coffee']],
    ['q=tea&in_stock=false', ['green tea']],
    ['q=tea&min_price=8&max_price=9.5', ['Assam tea']],
    ['q=tea&min_rating=4', ['Assam tea']],
    ['ordering=created_at', ['Assam tea', 'green tea', 'Coffee', 'Mug']],
    ['', ['Mug', 'Coffee', 'green tea', 'Assam tea']],
    ['q=tea&page=2&page_size=2', ['Coffee']],
  ] as const) {
    double.searches.length = 0
    assert.deepEqual(await found(query), names, query)
    assert.ok(double.searches.length > 0, query)
  }
})

test('V1-443 each facet counts as if its own filter were not set', async () => {
  const { teas, drinks, leaf } = shelf
  const { facets, count } = await search(`q=tea&category=${teas.id}&in_stock=true`)
  const counts = (lines: { id: number; count: number }[]) => lines.map((line) => [line.id, line.count])
  assert.equal(count, 1)
  assert.deepEqual(counts(facets.categories).slice(0, 2), [
    [drinks.id, 2],
    [teas.id, 1],
  ])
  assert.equal(facets.categories.length, 3)
  assert.deepEqual(facets.categories[1].name, 'Teas')
  assert.deepEqual(counts(facets.brands), [[leaf.id, 1]])
  assert.deepEqual(facets.availability, { in_stock: 1, out_of_stock: 1 })
  assert.deepEqual(facets.price_ranges, [{ min: '0.00', max: '10.00', count: 1 }])
  assert.deepEqual(facets.ratings[0], { min_rating: 4, count: 1 })
  assert.equal(double.searches.length, 1)
})

test('V1-443 what the database says in place of the engine is the same', async () => {
  const queries = ['q=tea', `q=tea&category=${shelf.teas.id}&in_stock=true`, 'q=leaf&ordering=price', 'min_price=8']
  const byEngine = []
  for (const query of queries) byEngine.push(await search(query))
  double.always = (_, response) => answer(response, 503, {})
  for (const [at, query] of queries.entries()) assert.deepEqual(await search(query), byEngine[at], query)
  double.always = undefined
  server.shop.pass(120_000)
})

test('V1-443 what staff pins or buries, and synonyms, hold for the engine', async () => {
  const { mug, tea } = shelf
  const rule = await addRule(server.shop, {
    query: 'tea',
    pinned: [{ productId: mug.id, place: 2 }],
    buriedIds: [tea.id],
  })
  assert.deepEqual(await found('q=tea'), ['green tea', 'Mug', 'Coffee', 'Assam tea'])
  assert.deepEqual(await found('q=tea&page=2&page_size=1'), ['Mug'])
  await removeRule(server.shop, rule.id)
  const synonyms = await addSynonyms(server.shop, { words: ['beaker', 'mug'], isOneWay: false })
  assert.deepEqual(await found('q=beaker'), ['Mug'])
  await removeSynonyms(server.shop, synonyms.id)
  assert.deepEqual(await found('q=beaker'), [])
})

test('V1-443 suggestions come from the engine, with brands and categories of the shop', async () => {
  assert.deepEqual(await suggested('te'), ['Assam tea', 'green tea', 'Teas'])
  assert.deepEqual(await suggested('assam t'), ['Assam tea'])
  assert.deepEqual(await suggested('lea'), ['Leaf'])
  assert.deepEqual(await suggested('hid'), [])
  assert.ok(double.searches.length > 0)
})

test('V1-443 what the engine cannot answer the database does: signs, popularity, pages beyond its last', async () => {
  await search('q=%25')
  await search('q=tea&ordering=popularity')
  await search('q=tea&page=1&page_size=100')
  assert.equal(double.searches.length, 1)
  const { status } = await server.call('GET', `${LIST}?q=tea&page=10000&page_size=100`)
  assert.equal(status, 404)
  const shared = await server.call('GET', '/api/marketplace/search?query=tea')
  assert.ok(shared.status < 500)
  assert.equal(double.searches.length, 1)
})

test('V1-443 a hidden product is never shown, though the engine still has it', async () => {
  for (const document of double.indexes.values()) assert.ok(!document.get(String(shelf.hidden.id))?.source)
  const [index] = [...double.indexes.values()]
  index!.set(String(shelf.hidden.id), {
    version: 1,
    source: { ...index!.get(String(shelf.mug.id))!.source, name: 'Hidden mug', product_id: shelf.hidden.id },
  })
  assert.deepEqual(await found('q=hidden'), [])
  assert.deepEqual(await suggested('hidden'), [])
  index!.delete(String(shelf.hidden.id))
})

test('V1-443 shoppers get the answer of the database, at once, whatever the engine does', async () => {
  const silent = () => {}
  const garbled = (_: unknown, response: { end(text: string): void }) => response.end('<html>')
  const cut = (request: { socket: { destroy(): void } }) => request.socket.destroy()
  for (const trouble of [
    (_: unknown, response: never) => answer(response, 500, {}),
    (_: unknown, response: never) => answer(response, 429, {}),
    (_: unknown, response: never) => answer(response, 400, { error: { type: 'parsing_exception' } }),
    (_: unknown, response: never) => answer(response, 200, {}),
    garbled,
    cut,
    silent,
  ]) {
    double.troubles.push(trouble as never)
    const began = performance.now()
    assert.deepEqual(await found('q=tea'), ['Assam tea', 'green tea', 'Coffee'])
    assert.ok(performance.now() - began < TIMEOUT_MS + 500)
    double.troubles.push(trouble as never)
    assert.deepEqual(await suggested('te'), ['Assam tea', 'green tea', 'Teas'])
    // Past whatever pause that brought, it is asked again.
    server.shop.pass(120_000)
    await found('q=tea')
  }
})

test('V1-443 an engine that fails again and again is left alone for a while, then one search tries', async () => {
  double.always = (_, response) => answer(response, 503, {})
  for (let times = 0; times < 5; times += 1) await found('q=tea')
  assert.equal(double.asked.length, 3, 'three failures, and it is not asked any more')
  server.shop.pass(5500)
  await Promise.all([found('q=tea'), found('q=mug'), found('q=leaf')])
  assert.equal(double.asked.length, 4, 'one tries')
  server.shop.pass(5500)
  await found('q=tea')
  assert.equal(double.asked.length, 4, 'it failed: the pause is longer')
  double.always = undefined
  server.shop.pass(5000)
  await found('q=tea')
  await found('q=tea')
  assert.equal(double.asked.length, 6, 'it answers again')
})

test('V1-443 a slow engine costs each shopper its limit at most, and nobody once it is left alone', async () => {
  double.always = () => sleep(TIMEOUT_MS * 3, true)
  const began = performance.now()
  await Promise.all(Array.from({ length: 10 }, () => found('q=tea')))
  const first = performance.now() - began
  assert.ok(first >= TIMEOUT_MS * 0.9 && first < TIMEOUT_MS * 3, String(first))
  const then = performance.now()
  await found('q=tea')
  assert.ok(performance.now() - then < TIMEOUT_MS)
  double.always = undefined
  server.shop.pass(120_000)
})
