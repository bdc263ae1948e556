import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, beforeEach, test } from 'node:test'
import { addPicture } from '#commerce/catalog'
import { signedUp, staffMember } from '../../../test/accounts.ts'
import { form, image } from '../../../test/forms.ts'
import { draw, promisePng } from '../../../test/pictures.ts'
import { openProductImages, type ProductImages } from '../../../test/product-images.ts'
import { stockedProduct } from '../../../test/products.ts'
import { openTestServer } from '../../../test/server.ts'

const PNG = await draw('png')
let here: ProductImages
before(async () => {
  here = await openProductImages()
})
after(() => here.close())
beforeEach(() => here.begin())

test('V1-204 whatever a file is called and said to be, its content counts', async () => {
  const { server, token, images } = here
  for (const kind of ['png', 'jpeg', 'webp', 'gif'] as const) {
    const sent = form({}, image(await draw(kind), 'index.html', 'text/html'))
    assert.equal((await server.call('POST', images, { token, ...sent })).status, 201, kind)
  }
  for (const name of [
    '../../etc/passwd',
    'a\0b.png',
    '',
    ' ',
    '😀.png',
    'x'.repeat(5000),
    'C:\\fakepath\\a.png',
    '%00',
  ])
    assert.equal((await server.call('POST', images, { token, ...form({}, image(PNG, name)) })).status, 201, name)
})

test('V1-204 V1-203 a picture elsewhere is shown as it is, and nobody asks for it', async () => {
  const { server, product, addUrl } = here
  const { status, body } = await addUrl({
    url: 'http://127.0.0.1:1/a%20b.png',
    alt_text: 'Far',
    is_primary: false,
  })
  assert.equal(status, 201)
  assert.deepEqual(body, {
    id: body.id,
    url: 'http://127.0.0.1:1/a%20b.png',
    alt_text: 'Far',
    is_primary: true,
    position: 0,
    sizes: {},
  })
  await server.shop.runJobs()
  for (const url of [
    'ftp://a.example/a.png',
    'javascript:alert(1)',
    'file:///etc/passwd',
    '//a.example/a.png',
    '/files/a.webp',
    'data:image/png;base64,AA',
    'http://',
    'x',
    '',
  ])
    assert.equal((await addUrl({ url })).status, 400, url)
  assert.deepEqual((await addUrl({ url: 'ftp://a.example/a.png' })).body, { url: ['Enter a valid URL.'] })
  assert.equal((await addUrl({ url: 7 })).status, 400)
  assert.equal((await addUrl({ url: `https://a.example/${'x'.repeat(2000)}` })).status, 400)
  // Another surface may send what the schema here would not let through.
  const odd = { url: 'https://a.example/\u0007' }
  await assert.rejects(addPicture(server.shop, { ...product, sellerId: null }, odd), { code: 'invalid_fields' })
})

test('V1-204 V1-010 who may: staff; nobody is 401, a customer or a strange seller 403; what there is not is 404', async () => {
  const { server, token, product, images, addUrl, shown } = here
  const { body } = await addUrl({ url: 'https://a.example/1' })
  const requests = [
    ['POST', images, { url: 'https://a.example/2' }],
    ['PATCH', `${images}${body.id}/`, { alt_text: 'x' }],
    ['DELETE', `${images}${body.id}/`, undefined],
  ] as const
  const customer = (await signedUp(server)).access
  const seller = (await signedUp(server, { isSeller: true })).access
  for (const [method, url, sent] of requests) {
    assert.equal((await server.call(method, url, { body: sent })).status, 401)
    for (const other of [customer, seller]) {
      const refused = await server.call(method, url, { body: sent, token: other })
      assert.deepEqual(
        [refused.status, refused.body],
        [403, { detail: 'You do not have permission to perform this action.' }],
      )
    }
  }
  const other = await stockedProduct(server)
  for (const url of [
    '/api/v1/products/999999/images/',
    '/api/v1/products/no-such/images/',
    `/api/v1/products/999999/images/${body.id}/`,
    `/api/v1/products/${other.id}/images/${body.id}/`,
    `${images}999999/`,
    `${images}x/`,
    `${images}99999999999999999999/`,
  ])
    for (const method of ['POST', 'PATCH', 'DELETE'] as const) {
      const { status } = await server.call(method, url, { token, body: { url: 'https://a.example/2' } })
      assert.ok(
        status === 404 || (status === 405 && (method === 'POST') === /\d+\/$|x\/$/.test(url)),
        `${method} ${url}: ${status}`,
      )
    }
  const bySlug = await server.call('POST', `/api/v1/products/${product.slug}/images/`, {
    token,
    body: { url: 'https://a.example/2' },
  })
  assert.equal(bySlug.status, 201)
  assert.equal((await shown()).images.length, 2)
})

test('MP-207 a form is not read before it is known that its sender may send one', async () => {
  const { server, images, files } = here
  const nobody = await server.call('POST', images, form({}, image(await promisePng(60_000, 60_000))))
  assert.equal(nobody.status, 401)
  const customer = (await signedUp(server)).access
  assert.equal((await server.call('POST', images, { token: customer, ...form({}, image(PNG)) })).status, 403)
  assert.deepEqual(await files(), [])
})

test('V1-204 V1-005 a file that is no picture, no file at all, and fields at fault are told by field', async () => {
  const { server, token, images, addUrl, files } = here
  const NOT_AN_IMAGE = { image: ['This is not a PNG, JPEG, WebP or GIF image, or it is damaged.'] }
  const refusals: [ReturnType<typeof form>, object][] = [
    [form({}, image(Buffer.from('<html>'), 'a.png')), NOT_AN_IMAGE],
    [form({}, image(Buffer.alloc(0), 'a.png')), NOT_AN_IMAGE],
    [form({ image: 'text' }), NOT_AN_IMAGE],
    [
      form({}, image(await promisePng(60_000, 60_000))),
      { image: ['This image has more than 50 megapixels, or is too wide or too high.'] },
    ],
    [form({}), { image: ['This field is required.'] }],
    // An input of a browser that was left empty.
    [form({}, image(Buffer.alloc(0), '')), { image: ['This field is required.'] }],
    [form({}, { ...image(PNG), name: 'photo' }), { image: ['This field is required.'] }],
    [form({ url: 'https://a.example/1' }, image(PNG)), { url: ['Send either an image or its address, not both.'] }],
    [
      form({ is_primary: 'perhaps', alt_text: 'x'.repeat(256) }, image(PNG)),
      {
        is_primary: ['Must be a valid boolean.'],
        alt_text: ['Ensure this field has no more than 255 characters.'],
      },
    ],
    [form({ alt_text: 'a\0b' }, image(PNG)), { alt_text: ['Null characters are not allowed.'] }],
  ]
  for (const [sent, expected] of refusals) {
    const { status, body } = await server.call('POST', images, { token, ...sent })
    assert.deepEqual([status, body], [400, expected])
  }
  assert.deepEqual((await addUrl({})).body, { image: ['This field is required.'] })
  assert.deepEqual((await addUrl([])).body, { non_field_errors: ['Invalid data. Expected a dictionary.'] })
  assert.deepEqual(await files(), [])
  assert.equal((await server.call('POST', images, { token, ...form({ url: 'https://a.example/1' }) })).status, 201)
})

test('V1-012 a storage that fails is 503, and no picture is there that cannot be seen', async () => {
  const lost = await openTestServer({ FILES_URL: 's3://k:s@127.0.0.1:1/pictures?tls=false', LOG_LEVEL: 'silent' })
  const { access } = await staffMember(lost)
  const { id } = await stockedProduct(lost)
  const { status } = await lost.call('POST', `/api/v1/products/${id}/images/`, {
    token: access,
    ...form({}, image(PNG)),
  })
  assert.equal(status, 503)
  assert.deepEqual((await lost.call('GET', `/api/v1/products/${id}/`)).body.images, [])
  await lost.close()
})

test('MP-207 V1-012 whatever is sent as a picture, it is 4xx or a picture, and the memory stays', async () => {
  const { server, token, images, upload } = here
  const kinds = await Promise.all((['png', 'jpeg', 'webp', 'gif'] as const).map((kind) => draw(kind, { width: 200 })))
  const hostile = () => {
    const whole = kinds[Math.floor(Math.random() * kinds.length)]!
    const bytes = Buffer.from(whole.subarray(0, Math.ceil(Math.random() * whole.length)))
    for (let flips = 0; flips < 5; flips += 1) bytes[Math.floor(Math.random() * bytes.length)] = Math.random() * 256
    return Math.random() < 0.3 ? randomBytes(5000) : bytes
  }
  const bombs = [await promisePng(60_000, 60_000), Buffer.alloc(0), Buffer.alloc(9 * 1024 * 1024)]
  const round = () => Promise.all([...bombs, ...Array.from({ length: 40 }, hostile)].map((bytes) => upload({}, bytes)))
  await round()
  const before = process.memoryUsage().rss
  for (let count = 0; count < 4; count += 1) {
    for (const { status } of await round()) assert.ok(status === 201 || (status >= 400 && status < 500), `${status}`)
  }
  assert.ok(process.memoryUsage().rss - before < 150_000_000)
  const eleven = form({}, image(Buffer.alloc(11 * 1024 * 1024)))
  assert.equal((await server.call('POST', images, { token, ...eleven })).status, 413)
  const pretended = { ...form({}, image(PNG)), headers: { 'content-type': 'image/png' } }
  assert.equal((await server.call('POST', images, { token, ...pretended })).status, 415)
})
