/** Brands on nexus through HTTP. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type SignedUp, signedUp, staffMember } from '../../../test/accounts.ts'
import { stockedProduct } from '../../../test/products.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'

const LIST = '/api/catalog/brands/'
const one = (id: number | string) => `${LIST}${id}/`
let server: TestServer
let staff: SignedUp
before(async () => {
  server = await openTestServer()
  staff = await staffMember(server)
})
after(() => server.close())

const TAKEN = { name: ['A brand with this name already exists.'] }
const post = (body: object, token = staff.access) => server.call('POST', LIST, { token, body })
const patch = (id: number, body: object) => server.call('PATCH', one(id), { token: staff.access, body })
const remove = (id: number) => server.call('DELETE', one(id), { token: staff.access })

test('NX-084 NX-085 brands are a bare array by name, active ones only', async () => {
  const { body: zeta } = await post({ name: 'zeta', description: 'Last', website: 'https://zeta.example' })
  const { body: alpha } = await post({ name: 'Alpha' })
  const { body: hidden } = await post({ name: 'Hidden', is_active: false })
  await stockedProduct(server, { brandId: zeta.id })
  await stockedProduct(server, { brandId: zeta.id, isActive: false })
  const { status, body, statements } = await server.call('GET', LIST)
  assert.deepEqual([status, statements], [200, 1])
  assert.deepEqual(
    body.map(({ name }: { name: string }) => name),
    ['Alpha', 'zeta'],
  )
  const shown = {
    id: zeta.id,
    name: 'zeta',
    slug: 'zeta',
    description: 'Last',
    logo: null,
    website: 'https://zeta.example',
    is_active: true,
    product_count: 1,
  }
  assert.deepEqual(body[1], shown)
  const found = await server.call('GET', one(zeta.id))
  assert.deepEqual([found.body, found.statements], [shown, 1])
  for (const id of [hidden.id, 999_999, 'alpha', '9'.repeat(30)]) {
    const missing = await server.call('GET', one(id), { token: staff.access })
    assert.deepEqual([missing.status, missing.body], [404, { detail: 'Not found.' }], String(id))
    for (const method of ['PATCH', 'PUT'] as const) {
      const answer = await server.call(method, one(id), { token: staff.access, body: { name: '' } })
      if (id !== hidden.id)
        assert.deepEqual([answer.status, answer.body], [404, { detail: 'Not found.' }], `${method} ${id}`)
    }
  }
  await patch(alpha.id, { is_active: false })
  assert.equal((await server.call('GET', LIST)).body.length, 1)
})

test('NX-085 a brand is changed and taken away; one with products stays', async () => {
  const { status, body } = await post({ name: 'Clay', logo: 'https://clay.example/logo.png' })
  assert.deepEqual([status, body.logo], [201, 'https://clay.example/logo.png'])
  const put = await server.call('PUT', one(body.id), { token: staff.access, body: { name: 'Clay & Co', logo: null } })
  assert.deepEqual([put.status, put.body.name, put.body.slug, put.body.logo], [200, 'Clay & Co', 'clay', null])
  const product = await stockedProduct(server, { brandId: body.id })
  const refused = await remove(body.id)
  assert.deepEqual([refused.status, refused.body], [400, { detail: 'This brand still has products.' }])
  await server.call('PATCH', `/api/catalog/products/${product.slug}/`, { token: staff.access, body: { brand: null } })
  assert.equal((await remove(body.id)).status, 204)
  assert.equal((await remove(body.id)).status, 404)
  assert.equal((await patch(body.id, { name: 'Late' })).status, 404)
})

test('NX-085 a name is taken whatever its case; all faults are told at once', async () => {
  const { body: iron } = await post({ name: 'Iron' })
  assert.deepEqual((await post({ name: 'IRON', website: 'iron' })).body, { ...TAKEN, website: ['Enter a valid URL.'] })
  assert.deepEqual((await post({ description: 1 })).body, {
    name: ['This field is required.'],
    description: ['Not a valid string.'],
  })
  const { body: steel } = await post({ name: 'Steel' })
  const renamed = await patch(steel.id, { name: 'iron' })
  assert.deepEqual([renamed.status, renamed.body], [400, TAKEN])
  assert.equal((await patch(iron.id, { name: 'iron' })).status, 200)
})

test('NX-085 anonymous 401, others 403', async () => {
  const { body: brand } = await post({ name: 'Wood' })
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
})

test('NX-085 of twenty brands of one name, made at once, one is made', async () => {
  const made = await Promise.all(Array.from({ length: 20 }, () => post({ name: 'Glass' })))
  assert.deepEqual(made.map(({ status }) => status).sort(), [201, ...Array.from({ length: 19 }, () => 400)])
  for (const { body } of made.filter(({ status }) => status === 400)) assert.deepEqual(body, TAKEN)
})
