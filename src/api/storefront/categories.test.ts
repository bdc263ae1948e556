import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import { type SignedUp, signedUp } from '../../../test/accounts.ts'
import { form, image } from '../../../test/forms.ts'
import { stockedProduct } from '../../../test/products.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { BAD_TOKEN, NO_CREDENTIALS } from '../../../test/storefront.ts'

const LIST = '/api/categories/'
const WRONG = 'Invalid category ID or insufficient permissions'
const NOT_ALLOWED = 'You do not have permission to perform this action.'
let server: TestServer
let staff: SignedUp
let customer: SignedUp
let png: Buffer
before(async () => {
  server = await openTestServer({ PUBLIC_URL: 'https://shop.example' })
  staff = await signedUp(server, { isStaff: true })
  customer = await signedUp(server)
  png = await sharp({ create: { width: 20, height: 10, channels: 3, background: 'teal' } })
    .png()
    .toBuffer()
})
after(() => server.close())

let number = 0
const add = (body: object = {}, token = staff.access) => {
  number += 1
  return server.call('POST', LIST, { token, body: { category_id: `c${number}`, name: `Category ${number}`, ...body } })
}
const change = (code: string, body: object) => server.call('PUT', LIST + code, { token: staff.access, body })
const get = (code: string) => server.call('GET', `${LIST}${code}/`)
const remove = (code: string) => server.call('DELETE', `${LIST}${code}/`, { token: staff.access })

const send = (method: 'POST' | 'PUT', url: string, fields: Record<string, string>, picture?: Buffer) =>
  server.call(method, url, { token: staff.access, ...form(fields, ...(picture ? [image(picture)] : [])) })

test('SF-172 a category is made, and shown whole; SF-190 its tags stay in order', async () => {
  const { status, body } = await add({
    category_id: '001',
    name: 'Teas',
    description: 'Leaves',
    tags: ['b', 'a', 'c'],
    display_order: 3,
  })
  assert.equal(status, 201, JSON.stringify(body))
  const { id, ...rest } = body
  assert.equal(typeof id, 'number')
  assert.deepEqual(rest, {
    category_id: '001',
    name: 'Teas',
    description: 'Leaves',
    tags: ['b', 'a', 'c'],
    image: null,
    display_order: 3,
    available_display_orders: [1, 2, 4, 5, 6, 7, 8],
  })
  assert.deepEqual((await get('001')).body, body)
})

test('SF-170 those on the front page come first, in their order, then the rest by name', async () => {
  await add({ category_id: 'zeta', name: 'Zeta', display_order: 1 })
  await add({ category_id: 'beta', name: 'beta' })
  await add({ category_id: 'alpha', name: 'Alpha' })
  const codes = async (url: string) =>
    (await server.call('GET', url)).body.map((each: { category_id: string }) => each.category_id)
  assert.deepEqual(await codes(LIST), ['zeta', '001', 'alpha', 'beta'])
  assert.deepEqual(await codes(`${LIST}ordered/`), ['zeta', '001'])
  assert.deepEqual((await server.call('GET', `${LIST}available-orders`)).body, {
    available_orders: [2, 4, 5, 6, 7, 8],
    total_slots: 8,
    used_slots: 2,
  })
})

test('SF-173 a form with a picture; SF-185 an update without one keeps it', async () => {
  const { status, body } = await send(
    'POST',
    LIST,
    { category_id: 'pic', name: 'Pictured', tags: '["x","y"]', display_order: '5' },
    png,
  )
  assert.equal(status, 201, JSON.stringify(body))
  assert.deepEqual([body.tags, body.display_order], [['x', 'y'], 5])
  assert.match(body.image, /^https:\/\/shop\.example\/files\/categories\//)
  const served = await server.call('GET', new URL(body.image).pathname)
  assert.deepEqual([served.status, served.headers['content-type']], [200, 'image/webp'])
  const changed = await send('PUT', `${LIST}pic/`, { tags: 'x, z', display_order: '' })
  assert.deepEqual([changed.body.image, changed.body.tags, changed.body.display_order], [body.image, ['x', 'z'], null])
  const other = await send('PUT', `${LIST}pic/`, {}, await sharp(png).negate().png().toBuffer())
  assert.notEqual(other.body.image, body.image)
  await server.shop.runJobs()
  assert.equal((await server.call('GET', new URL(body.image).pathname)).status, 404)
})

test('SF-191 what is no picture is refused with all else that is wrong, and nothing is made', async () => {
  const { status, body } = await send(
    'POST',
    LIST,
    { category_id: '001', name: 'Not made', display_order: '9' },
    Buffer.from('GIF89a no'),
  )
  assert.equal(status, 400)
  assert.equal(typeof body.error, 'string')
  assert.deepEqual(Object.keys(body.details).sort(), ['category_id', 'display_order', 'image'])
  assert.deepEqual(body.image, body.details.image)
})

test('SF-175 a place is 1 to 8; SF-176 and nobody has it yet', async () => {
  for (const place of [0, 9, 1.5, 'first', '99', true, [], {}, -1]) {
    const { status, body } = await add({ display_order: place })
    assert.equal(status, 400, String(place))
    assert.deepEqual(body.display_order, ['Display order must be between 1 and 8.'])
  }
  const { status, body } = await add({ display_order: 3 })
  assert.equal(status, 400)
  assert.deepEqual(body.display_order, ['A category with this display order already exists.'])
  assert.equal((await change('001', { display_order: 3 })).status, 200)
  assert.equal((await change('zeta', { display_order: 3 })).status, 400)
})

test('SF-177 a code that is missing, reserved or taken, and a missing name', async () => {
  for (const code of ['ordered', 'available-orders', '001', '', null, 'a b', 'a/b']) {
    const { status, body } = await add({ category_id: code })
    assert.equal(status, 400, String(code))
    assert.ok(Array.isArray(body.category_id) && Array.isArray(body.details.category_id) && body.error, String(code))
  }
  const { body } = await server.call('POST', LIST, { token: staff.access })
  assert.deepEqual(Object.keys(body.details).sort(), ['category_id', 'name'])
})

test('SF-184 PUT and PATCH change what is sent; SF-186 null frees the place; SF-187 removing it does, too', async () => {
  const { status, body } = await change('zeta', { name: 'Zeta 2', description: 'New', tags: [], display_order: null })
  assert.equal(status, 200)
  assert.deepEqual([body.name, body.description, body.tags, body.display_order], ['Zeta 2', 'New', [], null])
  assert.ok(body.available_display_orders.includes(1))
  await server.call('PATCH', `${LIST}zeta/`, { token: staff.access, body: { display_order: 1 } })
  assert.deepEqual((await get('zeta')).body.name, 'Zeta 2')
  const removed = await remove('zeta')
  assert.deepEqual([removed.status, removed.body.length], [204, 0])
  assert.equal((await get('zeta')).status, 404)
  assert.ok((await get('001')).body.available_display_orders.includes(1))
})

test('SF-183 an unknown code is 404 with any method', async () => {
  for (const called of [await get('nothing'), await change('nothing', { name: 'x' }), await remove('nothing')])
    assert.deepEqual([called.status, called.body], [404, { error: WRONG }])
})

test('SF-188 a category with products stays', async () => {
  const { body } = await add({ category_id: 'full' })
  await stockedProduct(server, { categoryId: body.id })
  const { status, body: answer } = await remove('full')
  assert.equal(status, 409)
  assert.equal(typeof answer.error, 'string')
  assert.equal((await get('full')).status, 200)
})

test('SF-174 SF-189 writes are for admins', async () => {
  assert.deepEqual((await server.call('POST', LIST, { body: {} })).body, NO_CREDENTIALS)
  const posted = await add({}, customer.access)
  assert.deepEqual([posted.status, posted.body], [403, { detail: NOT_ALLOWED, error: 'Permissions required' }])
  for (const method of ['PUT', 'PATCH', 'DELETE'] as const) {
    assert.equal((await server.call(method, `${LIST}001/`)).status, 401)
    const { status, body } = await server.call(method, `${LIST}001/`, { token: customer.access })
    assert.deepEqual([status, body], [403, { detail: NOT_ALLOWED, error: WRONG }])
  }
  const bad = await server.call('GET', LIST, { token: 'nonsense' })
  assert.deepEqual([bad.status, bad.body], [401, BAD_TOKEN])
})

test('SF-192 of simultaneous writes for one place exactly one succeeds; SF-181 there are eight', async () => {
  const made = await Promise.all(Array.from({ length: 20 }, () => add({ display_order: 8 })))
  assert.deepEqual(made.map(({ status }) => status).sort(), [201, ...Array.from({ length: 19 }, () => 400)])
  for (const { body } of made.filter(({ status }) => status === 400))
    assert.deepEqual(body.display_order, ['A category with this display order already exists.'])
  const moved = await Promise.all(['alpha', 'beta', 'full'].map((code) => change(code, { display_order: 7 })))
  assert.deepEqual(moved.map(({ status }) => status).sort(), [200, 400, 400])
})

test('SF-023 who looks around without an account is given a session, once', async () => {
  const { headers } = await server.call('GET', LIST)
  assert.match(
    String(headers['set-cookie']),
    /^visitor=[\w-]{22}\.[\w-]{22}; Path=\/; HttpOnly; SameSite=Lax|^__Host-visitor=/,
  )
  const cookie = String(headers['set-cookie']).split(';')[0]!
  assert.equal((await server.call('GET', LIST, { headers: { cookie } })).headers['set-cookie'], undefined)
  assert.equal((await server.call('GET', LIST, { token: customer.access })).headers['set-cookie'], undefined)
})
