/** Pictures on the shared path, in the envelope of the marketplace. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type SignedUp, signedUp } from '../../../test/accounts.ts'
import { form, image } from '../../../test/forms.ts'
import { draw } from '../../../test/pictures.ts'
import { openProductImages, type ProductImages, pathOf } from '../../../test/product-images.ts'
import type { TestServer } from '../../../test/server.ts'
import { assertFault } from '../../../test/shared-paths.ts'
import { NOT_ALLOWED } from '../../../test/storefront.ts'

const LIST = '/api/products/'
const INVALID = 'Validation failed.'
const URL = 'https://pictures.example/a.png'
const PNG = await draw('png')
let here: ProductImages
let server: TestServer
let seller: SignedUp
before(async () => {
  here = await openProductImages()
  server = here.server
  seller = await signedUp(server, { isSeller: true })
})
after(() => here.close())

let number = 0
async function product(): Promise<number> {
  number += 1
  const body = { title: `Vase ${number}`, price: '20.00' }
  return (await server.call('POST', LIST, { token: seller.access, body })).body.id
}
const add = (id: number | string, body: unknown, token: string | undefined = seller.access) =>
  server.call('POST', `${LIST}${id}/images/`, { body, ...(token ? { token } : {}) })
const upload = (id: number, fields: Record<string, string> = {}, bytes: Uint8Array = PNG) =>
  server.call('POST', `${LIST}${id}/images/`, { token: seller.access, ...form(fields, image(bytes)) })
const remove = (id: number, imageId: number, token = seller.access) =>
  server.call('DELETE', `${LIST}${id}/images/${imageId}/`, { token })
const shown = async (id: number) => (await server.call('GET', `${LIST}${id}/`)).body

test('MP-071 V1-204 a picture is sent as a file or by its address, and is shown with the product at once', async () => {
  const id = await product()
  assert.deepEqual((await shown(id)).images, [])
  const sent = await upload(id, { description: 'From the front' })
  assert.deepEqual(Object.keys(sent.body).sort(), ['data', 'message', 'status', 'timestamp'])
  assert.deepEqual([sent.status, sent.body.status, sent.body.message], [201, 201, 'Image added successfully.'])
  const { data: first } = sent.body
  assert.deepEqual(first, {
    id: first.id,
    image_url: first.url,
    url: first.url,
    description: 'From the front',
    is_primary: true,
  })
  const served = await server.call('GET', pathOf(first.url))
  assert.deepEqual([served.status, served.headers['content-type']], [200, 'image/webp'])

  const { data: second } = (await add(id, { image_url: URL, alt_text: 'Far', is_primary: true })).body
  assert.deepEqual([second.image_url, second.description, second.is_primary], [URL, 'Far', true])
  const { images, image_urls, image: primary } = await shown(id)
  assert.deepEqual(images, [{ ...first, is_primary: false }, second])
  assert.deepEqual([image_urls, primary], [[first.url, URL], URL])
})

test('MP-071 a picture is removed; the next becomes primary', async () => {
  const id = await product()
  const [first, second] = [(await upload(id)).body.data, (await upload(id)).body.data]
  const removed = await remove(id, first.id)
  assert.deepEqual([removed.status, removed.body.length], [204, 0])
  assert.deepEqual((await shown(id)).images, [{ ...second, is_primary: true }])
  assertFault(await remove(id, first.id), 404, 'Not found.')
  assertFault(await remove(await product(), second.id), 404, 'Not found.')
})

test('MP-071 MP-050 what is no picture, or no address of the web, is 400 with the field', async () => {
  const id = await product()
  const NO_URL = { image_url: ['Enter a valid URL.'] }
  for (const image_url of [
    'ftp://a.example/a.png',
    'javascript:alert(1)',
    'file:///etc/passwd',
    '//a.example',
    'http://[',
  ])
    assertFault(await add(id, { image_url }), 400, INVALID, NO_URL)
  assertFault(await add(id, {}), 400, INVALID, { image: ['This field is required.'] })
  const noImage = { image: ['This is not a PNG, JPEG, WebP or GIF image, or it is damaged.'] }
  assertFault(await upload(id, {}, Buffer.from('<svg/>')), 400, INVALID, noImage)
  assertFault(await add(id, { image: 'text' }), 400, INVALID, noImage)
  assertFault(await upload(id, { image_url: URL }), 400, INVALID, {
    image_url: ['Send either an image or its address, not both.'],
  })
  assertFault(await upload(id, { is_primary: 'maybe' }), 400, INVALID, { is_primary: ['Must be a valid boolean.'] })
  const large = await upload(id, {}, Buffer.alloc(10 * 1024 * 1024 + 1))
  assertFault(large, 413, 'The request body is too large.')
  assert.deepEqual((await shown(id)).images, [])
  for (let count = 0; count < 50; count += 1) assert.equal((await add(id, { image_url: URL })).status, 201)
  assertFault(await add(id, { image_url: URL }), 400, 'A product cannot have more than 50 images.')
})

test('MP-005 MP-007 MP-071 who may: the seller of it and the shop', async () => {
  const id = await product()
  const { data } = (await add(id, { image_url: URL })).body
  const [other, customer] = [await signedUp(server, { isSeller: true }), await signedUp(server)]
  assertFault(await server.call('POST', `${LIST}${id}/images/`, { body: {} }), 401, NOT_SIGNED_IN)
  for (const { access } of [other, customer]) {
    assertFault(await add(id, { image_url: URL }, access), 403, NOT_ALLOWED.detail)
    assertFault(await remove(id, data.id, access), 403, NOT_ALLOWED.detail)
  }
  assert.equal((await add(id, { image_url: URL }, here.token)).status, 201)
  assert.equal((await remove(id, data.id, here.token)).status, 204)
  assertFault(await add(999_999, { image_url: URL }), 404, 'Product not found.')
  assert.equal((await server.call('PUT', `${LIST}${id}/images/`, { token: here.token, body: {} })).status, 405)
})

const NOT_SIGNED_IN = 'Authentication credentials were not provided.'
