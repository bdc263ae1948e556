import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { signedUp, staffMember } from '../../../test/accounts.ts'
import { type StockedProduct, stockedProduct } from '../../../test/products.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'

const SEARCH = '/api/v1/search/'
const SYNONYMS = `${SEARCH}synonyms/`
const RULES = `${SEARCH}rules/`
let server: TestServer
let token: string
let sofas: StockedProduct[]
before(async () => {
  server = await openTestServer()
  token = (await staffMember(server)).access
  sofas = []
  for (const name of ['Corner sofa', 'Velvet sofa', 'Garden sofa']) sofas.push(await stockedProduct(server, { name }))
  await stockedProduct(server, { name: 'Folding camp bed' })
  await stockedProduct(server, { name: 'Electric kettle' })
})
after(() => server.close())

const staff = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, body?: unknown) =>
  server.call(method, url, { token, ...(body === undefined ? {} : { body }) })
async function found(query: string): Promise<string[]> {
  const { body } = await server.call('GET', `${SEARCH}?q=${encodeURIComponent(query)}`)
  assert.equal(body.count, body.results.length)
  return body.results.map(({ name }: { name: string }) => name)
}

test('V1-405 synonyms stand for each other, one way or both, of one word or several, until they are removed', async () => {
  assert.deepEqual(await found('divans'), [])
  const added = await staff('POST', SYNONYMS, { words: ['divan', 'Sofa', 'settee'] })
  assert.deepEqual([added.status, added.body.words, added.body.one_way], [201, ['divan', 'Sofa', 'settee'], false])
  assert.equal((await found('divans')).length, 3)
  assert.deepEqual(await found('velvet settee'), ['Velvet sofa'])
  const phrase = await staff('POST', SYNONYMS, { words: ['tea boiler', 'kettle'], one_way: true })
  assert.deepEqual(await found('electric tea boiler'), ['Electric kettle'])
  await stockedProduct(server, { name: 'Brass tea boiler' })
  assert.ok(!(await found('kettle')).includes('Brass tea boiler'), 'the other way it is not meant')
  assert.equal((await staff('PATCH', `${SYNONYMS}${phrase.body.id}/`, { one_way: false })).body.one_way, false)
  assert.deepEqual(await found('kettle'), ['Electric kettle', 'Brass tea boiler'])
  assert.deepEqual((await staff('GET', SYNONYMS)).body.count, 2)
  assert.deepEqual((await staff('GET', `${SYNONYMS}${added.body.id}/`)).body, added.body)
  assert.equal((await staff('DELETE', `${SYNONYMS}${added.body.id}/`)).status, 204)
  assert.deepEqual(await found('divans'), [])
  for (const method of ['GET', 'DELETE'] as const)
    assert.equal((await staff(method, `${SYNONYMS}${added.body.id}/`)).status, 404)
  assert.equal((await staff('PATCH', `${SYNONYMS}${added.body.id}/`, { one_way: true })).status, 404)
})

test('V1-405 synonyms that mean nothing are refused', async () => {
  const cases: [unknown, string][] = [
    [{ words: ['one'] }, 'Ensure this field has at least 2 elements.'],
    [{ words: ['Sofa', 'sofa!'] }, 'Enter at least two different words.'],
    [{ words: ['sofa', '!!'] }, 'This field may not be blank.'],
    [{ words: ['sofa', 'one two three four'] }, 'Each may have at most three words.'],
    [{}, 'This field is required.'],
  ]
  for (const [body, text] of cases) {
    const refused = await staff('POST', SYNONYMS, body)
    assert.deepEqual([refused.status, refused.body], [400, { words: [text] }])
  }
})

test('V1-405 a rule puts products first at their places, or last, where that is asked for', async () => {
  const [corner, velvet, garden] = sofas as [StockedProduct, StockedProduct, StockedProduct]
  const usual = await found('sofa')
  const rule = {
    query: 'Sofa!',
    pinned: [{ product_id: usual[2] === corner.name ? corner.id : garden.id, position: 1 }],
    buried: [velvet.id],
  }
  const added = await staff('POST', RULES, rule)
  assert.deepEqual(
    [added.status, added.body.query, added.body.pinned, added.body.buried],
    [201, rule.query, rule.pinned, rule.buried],
  )
  const ruled = await found('SOFA')
  assert.equal(ruled.length, 3)
  assert.deepEqual([ruled[0], ruled.at(-1)], [usual[2] === corner.name ? corner.name : garden.name, velvet.name])
  assert.deepEqual(await found('velvet sofa'), [velvet.name], 'another query has no rule')
  const bed = (await server.call('GET', '/api/v1/products/?search=camp')).body.results[0]
  const pinned = [{ product_id: bed.id, position: 2 }]
  assert.equal((await staff('PATCH', `${RULES}${added.body.id}/`, { pinned, buried: [] })).status, 200)
  assert.equal((await found('sofa'))[1], bed.name, 'also one that the words do not find')
  const pages = []
  for (const page of [1, 2]) pages.push((await server.call('GET', `${SEARCH}?q=sofa&page_size=3&page=${page}`)).body)
  assert.deepEqual(
    pages.map(({ count, results }) => [count, results.length]),
    [
      [4, 3],
      [4, 1],
    ],
  )
  assert.equal((await staff('DELETE', `${RULES}${added.body.id}/`)).status, 204)
  assert.deepEqual(await found('sofa'), usual)
  assert.equal((await staff('GET', RULES)).body.count, 0)
})

test('V1-405 a rule for nothing, for what has one, or of products that there are not is refused', async () => {
  const [corner, velvet] = sofas as [StockedProduct, StockedProduct]
  const pinned = [{ product_id: corner.id, position: 1 }]
  const added = await staff('POST', RULES, { query: 'couch', pinned })
  const other = await staff('POST', RULES, { query: 'seat', buried: [velvet.id] })
  const cases: [unknown, object][] = [
    [{ query: 'Couch', pinned }, { query: ['There is a rule for this query already.'] }],
    [{ query: '%%', pinned }, { query: ['This field may not be blank.'] }],
    [{ query: 'x' }, { pinned: ['This field is required.'] }],
    [
      { query: 'y', pinned: [{ product_id: 999_999, position: 1 }], buried: [999_998] },
      { pinned: ['Product not found.'], buried: ['Product not found.'] },
    ],
    [{ query: 'z', pinned, buried: [corner.id] }, { buried: ['A product cannot stand first and last.'] }],
  ]
  for (const [body, faults] of cases) {
    const refused = await staff('POST', RULES, body)
    assert.deepEqual([refused.status, refused.body], [400, faults])
  }
  assert.equal((await staff('PATCH', `${RULES}${other.body.id}/`, { query: 'couch' })).status, 400)
  assert.equal((await staff('GET', `${RULES}${added.body.id}/`)).body.query, 'couch')
  const adding = await Promise.all([1, 2, 3].map(() => staff('POST', RULES, { query: 'race', pinned })))
  assert.deepEqual(adding.map(({ status }) => status).sort(), [201, 400, 400])
  for (const method of ['GET', 'DELETE'] as const) assert.equal((await staff(method, `${RULES}999999/`)).status, 404)
  assert.equal((await staff('PATCH', `${RULES}999999/`, { query: 'q' })).status, 404)
})

test('V1-405 staff sees what was asked for, and what found nothing', async () => {
  await found('unobtainable')
  await found('Unobtainable!')
  await found('camp bed')
  await new Promise((resolve) => setTimeout(resolve, 900))
  const { body } = await staff('GET', `${SEARCH}queries/?found=false&search=unobt`)
  assert.equal(body.count, 1)
  const { last_asked_at: lastAt, ...query } = body.results[0]
  assert.deepEqual(query, { query: 'Unobtainable!', times: 2, users: 0, results: 0 })
  assert.ok(Date.parse(lastAt) > 0)
  const withResults = (await staff('GET', `${SEARCH}queries/?found=true`)).body.results
  assert.ok(
    withResults.some((each: { query: string; results: number }) => each.query === 'camp bed' && each.results === 1),
  )
  assert.equal((await staff('GET', `${SEARCH}queries/?found=perhaps`)).status, 400)
})

test('V1-405 only staff may', async () => {
  const { access } = await signedUp(server)
  for (const url of [SYNONYMS, RULES, `${SEARCH}queries/`]) {
    assert.equal((await server.call('GET', url)).status, 401)
    assert.equal((await server.call('GET', url, { token: access })).status, 403)
  }
})
