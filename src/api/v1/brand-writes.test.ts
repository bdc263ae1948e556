/** Brands on v1, as staff keeps them. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type SignedUp, signedUp, staffMember } from '../../../test/accounts.ts'
import { stockedProduct } from '../../../test/products.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'

const LIST = '/api/v1/brands/'
const one = (handle: string | number) => `${LIST}${handle}/`
let server: TestServer
let staff: SignedUp
before(async () => {
  server = await openTestServer()
  staff = await staffMember(server)
})
after(() => server.close())

const TAKEN = { name: ['A brand with this name already exists.'] }
const add = (body: object, token = staff.access) => server.call('POST', LIST, { token, body })
const patch = (handle: string | number, body: object) =>
  server.call('PATCH', one(handle), { token: staff.access, body })
const remove = (handle: string | number) => server.call('DELETE', one(handle), { token: staff.access })

test('V1-230 a brand is made, shown, changed and taken away', async () => {
  const { status, body } = await add({
    name: ' Clay & Co ',
    description: 'Cups',
    website: 'https://clay.example',
    logo: 'https://clay.example/logo.png',
  })
  assert.equal(status, 201, JSON.stringify(body))
  assert.deepEqual(body, {
    id: body.id,
    name: 'Clay & Co',
    slug: 'clay-co',
    description: 'Cups',
    logo: 'https://clay.example/logo.png',
    website: 'https://clay.example',
    is_active: true,
    product_count: 0,
  })
  assert.deepEqual((await server.call('GET', one('clay-co'))).body, body)
  const put = await server.call('PUT', one('clay-co'), {
    token: staff.access,
    body: { name: 'Clay', website: null, is_active: false },
  })
  assert.deepEqual(
    [put.status, put.body.name, put.body.slug, put.body.website, put.body.description, put.body.is_active],
    [200, 'Clay', 'clay-co', null, 'Cups', false],
  )
  assert.equal((await server.call('GET', one(body.id))).status, 404)
  assert.equal((await remove(body.id)).status, 204)
  assert.equal((await remove(body.id)).status, 404)
  assert.equal((await patch(body.id, { name: 'Late' })).status, 404)
})

test('V1-230 what is wrong is told all at once; a name is taken whatever its case', async () => {
  const { body: brand } = await add({ name: 'Iron' })
  assert.deepEqual((await add({ name: 'IRON', website: 'iron.example', is_active: 1 })).body, {
    name: TAKEN.name,
    website: ['Enter a valid URL.'],
    is_active: ['Must be a valid boolean.'],
  })
  for (const [name, text] of [
    [undefined, 'This field is required.'],
    [' ', 'This field may not be blank.'],
    [null, 'This field may not be null.'],
    ['x'.repeat(256), 'Ensure this field has no more than 255 characters.'],
  ])
    assert.deepEqual((await add({ name })).body, { name: [text] })
  const { body: other } = await add({ name: 'Steel' })
  assert.deepEqual((await patch(other.id, { name: 'iron' })).body, TAKEN)
  assert.equal((await patch(brand.id, { name: 'IRON' })).body.name, 'IRON', 'its own name is free to it')
})

test('V1-230 a brand with products stays', async () => {
  const { body: brand } = await add({ name: 'Brass' })
  const product = await stockedProduct(server, { brandId: brand.id, isActive: false })
  const refused = await remove(brand.id)
  assert.deepEqual([refused.status, refused.body], [400, { detail: 'This brand still has products.' }])
  await server.call('DELETE', `/api/v1/products/${product.id}/`, { token: staff.access })
  assert.equal((await remove(brand.id)).status, 204)
})

test('V1-230 only staff keeps brands', async () => {
  const { body: brand } = await add({ name: 'Wood' })
  const tokens = [(await signedUp(server, { isSeller: true })).access, (await signedUp(server)).access]
  for (const [method, url] of [
    ['POST', LIST],
    ['PUT', one(brand.id)],
    ['PATCH', one(brand.id)],
    ['DELETE', one(brand.id)],
  ] as const) {
    const body = method === 'DELETE' ? undefined : { name: 'Mine' }
    assert.equal((await server.call(method, url, { body })).status, 401)
    for (const token of tokens) assert.equal((await server.call(method, url, { token, body })).status, 403)
  }
  assert.equal((await server.call('GET', one(brand.id))).body.name, 'Wood')
})

test('V1-230 of twenty brands of one name, made at once, one is made; of two renamed to one name, one is', async () => {
  const made = await Promise.all(Array.from({ length: 20 }, (_, index) => add({ name: index % 2 ? 'Glass' : 'GLASS' })))
  assert.deepEqual(made.map(({ status }) => status).sort(), [201, ...Array.from({ length: 19 }, () => 400)])
  for (const { body } of made.filter(({ status }) => status === 400)) assert.deepEqual(body, TAKEN)
  for (let round = 0; round < 5; round += 1) {
    const brands = await Promise.all([1, 2, 3, 4].map((each) => add({ name: `Renamed ${round} ${each}` })))
    const renamed = await Promise.all(brands.map(({ body }) => patch(body.id, { name: `Common ${round}` })))
    assert.deepEqual(renamed.map(({ status }) => status).sort(), [200, 400, 400, 400])
    for (const { body } of renamed.filter(({ status }) => status === 400)) assert.deepEqual(body, TAKEN)
  }
})
