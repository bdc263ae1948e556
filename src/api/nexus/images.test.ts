/** Pictures on nexus, as staff keeps them. */
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { signedUp } from '../../../test/accounts.ts'
import { form, image } from '../../../test/forms.ts'
import { draw } from '../../../test/pictures.ts'
import { openProductImages, type ProductImages, pathOf } from '../../../test/product-images.ts'
import type { CallOptions } from '../../../test/server.ts'

const URL = 'https://pictures.example/a.png'
const PNG = await draw('png')
let here: ProductImages
before(async () => {
  here = await openProductImages()
})
after(() => here.close())
beforeEach(() => here.begin())

const of = (path = '') => `/api/catalog/products/${here.product.slug}/images/${path}`
const post = (options: CallOptions) => here.server.call('POST', of(), { token: here.token, ...options })
const add = async (name: string, rest: object = {}) =>
  (await post({ body: { image_url: `https://a.example/${name}`, ...rest } })).body
const change = (id: number, body: object) => here.server.call('PATCH', of(`${id}/`), { token: here.token, body })
type Image = { id: number; image: string; alt_text: string; is_primary: boolean; order: number }
const detail = async () => (await here.server.call('GET', `/api/catalog/products/${here.product.slug}/`)).body
const images = async (): Promise<Image[]> => (await detail()).images
const primaries = async () => (await images()).filter((each) => each.is_primary).map(({ id }) => id)

test('NX-112 a picture is sent as a file or by its address; of several, one is primary', async () => {
  const sent = await post(form({ alt_text: 'Front' }, image(PNG)))
  assert.equal(sent.status, 201)
  const { id, image: address } = sent.body
  assert.deepEqual(sent.body, { id, image: address, alt_text: 'Front', is_primary: true, order: 0 })
  assert.equal((await here.server.call('GET', pathOf(address))).headers['content-type'], 'image/webp')
  const second = await post({ body: { image_url: URL, alt_text: 'Back', is_primary: true } })
  const expected = { id: second.body.id, image: URL, alt_text: 'Back', is_primary: true, order: 1 }
  assert.deepEqual([second.status, second.body], [201, expected])
  assert.deepEqual(await images(), [{ ...sent.body, is_primary: false }, expected])
  assert.equal((await detail()).primary_image, URL)
})

test('NX-112 making one primary clears the other; what is left out stays; one is removed', async () => {
  const [a, b, c] = [await add('a'), await add('b', { alt_text: 'B' }), await add('c')]
  const changed = await change(b.id, { is_primary: true })
  assert.deepEqual([changed.status, changed.body], [200, { ...b, is_primary: true }])
  assert.deepEqual(await primaries(), [b.id])
  assert.equal((await change(c.id, { order: 0, alt_text: 'C' })).body.alt_text, 'C')
  assert.deepEqual(
    (await images()).map(({ id }) => id),
    [c.id, a.id, b.id],
  )
  const removed = await here.server.call('DELETE', of(`${b.id}/`), { token: here.token })
  assert.equal(removed.status, 204)
  assert.deepEqual(await primaries(), [c.id])
  assert.equal((await change(b.id, { alt_text: 'gone' })).status, 404)
})

test('NX-112 anything but http and https is 400 with the field, as is what is no picture', async () => {
  for (const image_url of ['ftp://a.example/a.png', 'javascript:alert(1)', 'data:image/png;base64,AA', 'http://[']) {
    const { status, body } = await post({ body: { image_url } })
    assert.deepEqual([status, body], [400, { image_url: ['Enter a valid URL.'] }], image_url)
  }
  assert.deepEqual((await post({ body: {} })).body, { image: ['This field is required.'] })
  const none = await post(form({}, image(Buffer.from('<svg/>'))))
  assert.deepEqual([none.status, Object.keys(none.body)], [400, ['image']])
  const both = await post(form({ image_url: URL }, image(PNG)))
  assert.deepEqual([both.status, Object.keys(both.body)], [400, ['image_url']])
  const { id } = await add('a')
  for (const body of [{ order: -1 }, { is_primary: 'yes' }, { alt_text: 'x'.repeat(256) }])
    assert.deepEqual(Object.keys((await change(id, body)).body), Object.keys(body))
  assert.equal((await images()).length, 1)
})

test('NX-112 of twenty that become primary at once, one is', async () => {
  const all = await Promise.all(Array.from({ length: 20 }, (_, index) => add(`${index}`, { is_primary: true })))
  assert.equal((await primaries()).length, 1)
  const changed = await Promise.all(all.map(({ id }) => change(id, { is_primary: true })))
  assert.ok(changed.every(({ status }) => status === 200))
  assert.equal((await primaries()).length, 1)
})

test('NX-112 staff alone, and a product that there is', async () => {
  const { id } = await add('a')
  const { server } = here
  assert.equal((await server.call('POST', of(), { body: { image_url: URL } })).status, 401)
  for (const { access: token } of [await signedUp(server), await signedUp(server, { isSeller: true })]) {
    assert.equal((await server.call('POST', of(), { token, body: { image_url: URL } })).status, 403)
    assert.equal((await server.call('PATCH', of(`${id}/`), { token, body: {} })).status, 403)
    assert.equal((await server.call('DELETE', of(`${id}/`), { token })).status, 403)
  }
  const elsewhere = '/api/catalog/products/nothing/images/'
  assert.equal((await server.call('POST', elsewhere, { token: here.token, body: { image_url: URL } })).status, 404)
  assert.equal((await server.call('DELETE', `${elsewhere}${id}/`, { token: here.token })).status, 404)
})
