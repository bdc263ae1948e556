/** Categories on nexus through HTTP. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type SignedUp, signedUp, staffMember } from '../../../test/accounts.ts'
import { stockedProduct } from '../../../test/products.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'

const LIST = '/api/catalog/categories/'
const one = (slug: string) => `${LIST}${slug}/`
let server: TestServer
let staff: SignedUp
before(async () => {
  server = await openTestServer()
  staff = await staffMember(server)
})
after(() => server.close())

type Node = { id: number; name: string; slug: string; level: number; product_count: number; children: Node[] }
const post = (body: object, token = staff.access) => server.call('POST', LIST, { token, body })
const add = async (body: object): Promise<Node> => {
  const { status, body: category } = await post(body)
  assert.equal(status, 201, JSON.stringify(category))
  return category
}
const patch = (slug: string, body: object) => server.call('PATCH', one(slug), { token: staff.access, body })
const remove = (slug: string) => server.call('DELETE', one(slug), { token: staff.access })
const tree = async (): Promise<Node[]> => (await server.call('GET', LIST)).body
const names = (nodes: Node[]) => nodes.map(({ name }) => name)

test('NX-080 NX-083 the tree is a bare array of roots, siblings by name, with the products below them', async () => {
  const zinc = await add({ name: 'Zinc', description: 'Metal', image: 'https://pictures.example/zinc.png' })
  const ash = await add({ name: 'ash' })
  const late = await add({ name: 'Late', parent: zinc.id })
  await add({ name: 'Early', parent: 'zinc' })
  await stockedProduct(server, { categoryId: late.id })
  await stockedProduct(server, { categoryId: zinc.id })
  await stockedProduct(server, { categoryId: late.id, isActive: false })
  const { status, body, statements } = await server.call('GET', LIST)
  assert.deepEqual([status, statements], [200, 1])
  assert.deepEqual(names(body), ['ash', 'Zinc'])
  const { children, ...root } = body[1]
  assert.deepEqual(root, {
    id: zinc.id,
    name: 'Zinc',
    slug: 'zinc',
    description: 'Metal',
    image: 'https://pictures.example/zinc.png',
    parent: null,
    level: 0,
    is_active: true,
    product_count: 2,
  })
  assert.deepEqual(names(children), ['Early', 'Late'])
  assert.deepEqual([children[1].parent, children[1].level, children[1].product_count], [zinc.id, 1, 1])
  assert.deepEqual([ash.children, body[0].children], [[], []])
})

test('NX-081 a category comes with all below it and the way to it from the root, in one statement', async () => {
  const top = await add({ name: 'Top' })
  const middle = await add({ name: 'Middle', parent: 'top' })
  const leaf = await add({ name: 'Leaf', parent: middle.slug })
  await add({ name: 'Aside', parent: top.id })
  const { status, body, statements } = await server.call('GET', one('middle'))
  assert.deepEqual([status, statements, body.id, body.level], [200, 1, middle.id, 1])
  assert.deepEqual(body.ancestors, [{ id: top.id, name: 'Top', slug: 'top' }])
  assert.deepEqual(names(body.children), ['Leaf'])
  const { body: lowest } = await server.call('GET', one('leaf'))
  assert.deepEqual(names(lowest.ancestors), ['Top', 'Middle'])
  assert.deepEqual([lowest.id, lowest.children], [leaf.id, []])
  const { body: root } = await server.call('GET', one('top'))
  assert.deepEqual([root.ancestors, names(root.children)], [[], ['Aside', 'Middle']])
  for (const slug of ['nothing', String(top.id), '%20', '9'.repeat(30)]) {
    const missing = await server.call('GET', one(slug))
    assert.deepEqual([missing.status, missing.body], [404, { detail: 'Not found.' }], slug)
  }
})

test('NX-080 NX-082 fifty levels are fifty levels', async () => {
  let parent: number | null = null
  for (let level = 1; level <= 50; level += 1) parent = (await add({ name: `Level ${level}`, parent })).id
  await stockedProduct(server, { categoryId: parent })
  let nodes = (await tree()).filter(({ name }) => name === 'Level 1')
  for (let level = 1; level <= 50; level += 1) {
    assert.deepEqual([names(nodes), nodes[0]!.level, nodes[0]!.product_count], [[`Level ${level}`], level - 1, 1])
    nodes = nodes[0]!.children
  }
  assert.deepEqual(nodes, [])
  const { body } = await server.call('GET', one('level-50'))
  assert.equal(body.ancestors.length, 49)
  const { body: found } = await server.call('GET', '/api/catalog/products/?category=level-1')
  assert.equal(found.count, 1)
})

test('NX-080 NX-083 a hidden category hides those below it, and is there again when it is shown', async () => {
  await add({ name: 'Attic' })
  await add({ name: 'Chest', parent: 'attic' })
  await add({ name: 'Letters', parent: 'chest' })
  const hidden = await patch('chest', { is_active: false })
  assert.deepEqual([hidden.status, hidden.body.is_active, names(hidden.body.children)], [200, false, ['Letters']])
  assert.deepEqual((await tree()).find(({ slug }) => slug === 'attic')!.children, [])
  for (const slug of ['chest', 'letters']) {
    assert.equal((await server.call('GET', one(slug))).status, 404)
    assert.equal((await server.call('GET', one(slug), { token: staff.access })).status, 404, 'NX-144')
  }
  await patch('chest', { is_active: true })
  assert.deepEqual(names((await server.call('GET', one('attic'))).body.children[0].children), ['Letters'])
})

test('NX-083 PUT and PATCH change what is sent; a branch moves whole; a cycle is refused', async () => {
  const [red] = [await add({ name: 'Red' }), await add({ name: 'Blue' })]
  await add({ name: 'Light', parent: 'red' })
  await add({ name: 'Pale', parent: 'light' })
  for (const parent of [red.id, 'light', 'pale']) {
    const { status, body } = await patch('red', { parent })
    assert.deepEqual([status, body], [400, { parent: ['A category cannot lie below itself.'] }])
  }
  const put = await server.call('PUT', one('light'), {
    token: staff.access,
    body: { name: 'Bright', parent: 'blue', slug: 'Very bright' },
  })
  assert.deepEqual([put.status, put.body.slug, put.body.level], [200, 'very-bright', 1], JSON.stringify(put.body))
  const { body } = await server.call('GET', one('pale'))
  assert.deepEqual(names(body.ancestors), ['Blue', 'Bright'])
  assert.deepEqual((await server.call('GET', one('red'))).body.children, [])
  assert.equal((await patch('very-bright', { parent: null })).body.level, 0)
  assert.equal((await patch('nothing', { name: 'x' })).status, 404)
  assert.deepEqual((await patch('pale', { slug: 'red' })).body, { slug: ['This slug is already used.'] })
})

test('NX-083 what is wrong is told all at once; digits in a text are an id, or else a slug', async () => {
  const { status, body } = await post({ name: ' ', parent: 'nothing', slug: 5, is_active: 'yes', image: 'pictures' })
  assert.equal(status, 400)
  assert.deepEqual(body, {
    name: ['This field may not be blank.'],
    parent: ['Category not found.'],
    slug: ['Not a valid string.'],
    is_active: ['Must be a valid boolean.'],
    image: ['Enter a valid URL.'],
  })
  assert.deepEqual((await post({})).body, { name: ['This field is required.'] })
  for (const parent of [999_999, '', 1.5, -1, {}, [], true, 10 ** 15])
    assert.equal((await post({ name: 'Lost', parent })).status, 400, String(parent))
  const years = await add({ name: '1998' })
  assert.equal((await add({ name: 'Year', parent: '1998' })).level, 1)
  assert.equal((await add({ name: 'Id', parent: String(years.id) })).level, 1)
  assert.equal((await post({ name: 'No id', parent: 1998 })).status, 400)
})

test('NX-083 one with categories below it or products is not deleted', async () => {
  await add({ name: 'Full' })
  const child = await add({ name: 'Filling', parent: 'full' })
  const refusal = { detail: 'This category still has categories below it or products.' }
  const refused = await remove('full')
  assert.deepEqual([refused.status, refused.body], [400, refusal])
  const product = await stockedProduct(server, { categoryId: child.id })
  assert.deepEqual((await remove('filling')).body, refusal)
  await server.call('PATCH', `/api/catalog/products/${product.slug}/`, {
    token: staff.access,
    body: { category: null },
  })
  assert.equal((await remove('filling')).status, 204)
  assert.equal((await remove('filling')).status, 404)
  assert.equal((await remove('full')).status, 204)
})

test('NX-083 anonymous 401, others 403', async () => {
  await add({ name: 'Guarded' })
  const tokens = [(await signedUp(server, { isSeller: true })).access, (await signedUp(server)).access]
  for (const [method, url] of [
    ['POST', LIST],
    ['PUT', one('guarded')],
    ['PATCH', one('guarded')],
    ['DELETE', one('guarded')],
  ] as const) {
    const body = method === 'DELETE' ? undefined : { name: 'Mine' }
    const anonymous = await server.call(method, url, { body })
    assert.deepEqual([anonymous.status, anonymous.body.detail], [401, 'Authentication credentials were not provided.'])
    for (const token of tokens) assert.equal((await server.call(method, url, { token, body })).status, 403)
  }
})

test('NX-083 of three moves at once that would close a circle, one is refused', async () => {
  for (let round = 0; round < 5; round += 1) {
    const slugs = await Promise.all(
      [1, 2, 3].map(async (each) => (await add({ name: `Circle ${round} ${each}` })).slug),
    )
    const moves = await Promise.all(slugs.map((slug, index) => patch(slug, { parent: slugs[(index + 1) % 3] })))
    assert.deepEqual(moves.map(({ status }) => status).sort(), [200, 200, 400])
    const roots = names(await tree()).filter((name) => name.startsWith(`Circle ${round}`))
    assert.equal(roots.length, 1)
  }
})
