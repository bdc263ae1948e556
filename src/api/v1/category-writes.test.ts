/** Categories on v1, as staff keeps them. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type SignedUp, signedUp, staffMember } from '../../../test/accounts.ts'
import { stockedProduct } from '../../../test/products.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'

const LIST = '/api/v1/categories/'
const one = (handle: string | number) => `${LIST}${handle}/`
let server: TestServer
let staff: SignedUp
before(async () => {
  server = await openTestServer()
  staff = await staffMember(server)
})
after(() => server.close())

let number = 0
const add = (body: object = {}, token = staff.access) => {
  number += 1
  return server.call('POST', LIST, { token, body: { name: `Category ${number}`, ...body } })
}
const added = async (body: object = {}) => {
  const { status, body: category } = await add(body)
  assert.equal(status, 201, JSON.stringify(category))
  return category
}
const patch = (handle: string | number, body: object) =>
  server.call('PATCH', one(handle), { token: staff.access, body })
const remove = (handle: string | number) => server.call('DELETE', one(handle), { token: staff.access })
const get = async (handle: string | number, token?: string) =>
  server.call('GET', one(handle), token === undefined ? {} : { token })

test('V1-221 a category is made with what is said of it, and is shown at once', async () => {
  const root = await added({ name: 'Kitchen' })
  const category = await added({
    name: ' Tea & Coffee ',
    description: 'Hot',
    parent: root.id,
    image: 'https://pictures.example/tea.png',
  })
  assert.deepEqual(category, {
    id: category.id,
    name: 'Tea & Coffee',
    slug: 'tea-coffee',
    description: 'Hot',
    image: 'https://pictures.example/tea.png',
    parent: root.id,
    level: 1,
    is_active: true,
    product_count: 0,
  })
  assert.deepEqual((await get('tea-coffee')).body, category)
  assert.equal((await added({ name: 'Tea & Coffee' })).slug, 'tea-coffee-2')
  assert.equal((await added({ name: 'Drinks', slug: 'Cold Drinks' })).slug, 'cold-drinks')
})

test('V1-221 what is wrong is told all at once, and nothing is made', async () => {
  const { status, body } = await add({
    name: '  ',
    description: 5,
    parent: 999_999,
    image: 'ftp://pictures.example/tea.png',
    is_active: 'yes',
    slug: '',
  })
  assert.equal(status, 400)
  assert.deepEqual(body, {
    name: ['This field may not be blank.'],
    description: ['Not a valid string.'],
    parent: ['Category not found.'],
    image: ['Enter a valid URL.'],
    is_active: ['Must be a valid boolean.'],
    slug: ['This field may not be blank.'],
  })
  assert.deepEqual((await server.call('POST', LIST, { token: staff.access, body: {} })).body, {
    name: ['This field is required.'],
  })
  for (const parent of ['1', 1.5, -1, 0, {}, [], Number.MAX_SAFE_INTEGER])
    assert.equal((await add({ parent })).status, 400, String(parent))
})

test('V1-221 PUT and PATCH change what is sent; a category is hidden, shown again and renamed', async () => {
  const category = await added({ description: 'Old', image: 'https://pictures.example/old.png' })
  const { status, body } = await server.call('PUT', one(category.slug), {
    token: staff.access,
    body: { name: 'Bowls', image: null, slug: 'All Bowls' },
  })
  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual([body.name, body.slug, body.image, body.description], ['Bowls', 'all-bowls', null, 'Old'])
  assert.equal((await get(category.slug)).status, 404)
  assert.equal((await patch(category.id, { is_active: false })).body.is_active, false)
  assert.equal((await get('all-bowls')).status, 404)
  assert.equal((await get('all-bowls', staff.access)).status, 200)
  assert.equal((await patch('all-bowls', { is_active: true })).status, 200)
  assert.equal((await get('all-bowls')).status, 200)
  const other = await added()
  assert.deepEqual((await patch(other.id, { slug: 'all bowls', name: '' })).body, {
    slug: ['This slug is already used.'],
    name: ['This field may not be blank.'],
  })
  assert.equal((await patch(999_999, { name: '' })).status, 404)
})

test('V1-221 a category moves with all below it; it may not lie below itself', async () => {
  const [top, other] = [await added(), await added()]
  const middle = await added({ parent: top.id })
  const leaf = await added({ parent: middle.id })
  await stockedProduct(server, { categoryId: leaf.id })
  for (const parent of [top.id, middle.id, leaf.id]) {
    const { status, body } = await patch(top.id, { parent })
    assert.deepEqual([status, body], [400, { parent: ['A category cannot lie below itself.'] }])
  }
  assert.equal((await patch(middle.id, { parent: other.id })).status, 200)
  const [moved, below] = [(await get(middle.id)).body, (await get(leaf.id)).body]
  assert.deepEqual([moved.parent, moved.level, below.parent, below.level], [other.id, 1, middle.id, 2])
  const count = async (id: number) => (await get(id)).body.product_count
  assert.deepEqual([await count(top.id), await count(other.id), await count(middle.id)], [0, 1, 1])
  const found = await server.call('GET', `/api/v1/products/?category=${other.id}`)
  assert.equal(found.body.count, 1)
  assert.equal((await patch(middle.id, { parent: null })).body.level, 0)
  assert.equal((await get(leaf.id)).body.level, 1)
  assert.deepEqual((await patch(middle.id, { parent: 999_999 })).body, { parent: ['Category not found.'] })
})

test('V1-221 a category with others below it or with products stays; an empty one goes', async () => {
  const parent = await added()
  const child = await added({ parent: parent.id })
  const refusal = { detail: 'This category still has categories below it or products.' }
  const refused = await remove(parent.id)
  assert.deepEqual([refused.status, refused.body], [400, refusal])
  const product = await stockedProduct(server, { categoryId: child.id, isActive: false })
  assert.deepEqual((await remove(child.slug)).body, refusal)
  await server.call('PATCH', `/api/v1/products/${product.id}/`, {
    token: staff.access,
    body: { category_id: null },
  })
  assert.equal((await remove(child.slug)).status, 204)
  assert.equal((await remove(child.id)).status, 404)
  assert.equal((await remove(parent.id)).status, 204)
})

test('V1-221 only staff keeps categories', async () => {
  const category = await added()
  const sellers = await signedUp(server, { isSeller: true })
  const customers = await signedUp(server)
  for (const [method, url] of [
    ['POST', LIST],
    ['PUT', one(category.id)],
    ['PATCH', one(category.id)],
    ['DELETE', one(category.id)],
  ] as const) {
    const body = method === 'DELETE' ? undefined : { name: 'Mine' }
    assert.equal((await server.call(method, url, { body })).status, 401)
    for (const token of [sellers.access, customers.access])
      assert.equal((await server.call(method, url, { token, body })).status, 403)
  }
  assert.equal((await get(category.id)).body.name, category.name)
})

test('V1-221 of two moves at once that would hang one below the other, one is refused', async () => {
  for (let round = 0; round < 10; round += 1) {
    const [one, other] = [await added(), await added()]
    const moves = await Promise.all([patch(one.id, { parent: other.id }), patch(other.id, { parent: one.id })])
    assert.deepEqual(moves.map(({ status }) => status).sort(), [200, 400])
    const levels = [(await get(one.id)).body.level, (await get(other.id)).body.level]
    assert.deepEqual(levels.sort(), [0, 1])
  }
})

test('V1-221 V1-201 a category that goes while products come into it: either it stays, or they are refused', async () => {
  const product = (category_id: number) =>
    server.call('POST', '/api/v1/products/', { token: staff.access, body: { name: 'Late', price: '1', category_id } })
  for (let round = 0; round < 10; round += 1) {
    const { id } = await added()
    const [gone, come] = await Promise.all([remove(id), product(id)])
    const expected = gone.status === 204 ? [204, 400] : [400, 201]
    assert.deepEqual([gone.status, come.status], expected, JSON.stringify(come.body))
    if (come.status === 400) assert.deepEqual(come.body, { category_id: ['Category not found.'] })
  }
})
