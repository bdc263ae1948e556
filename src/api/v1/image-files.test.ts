import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import sharp from 'sharp'
import { makePictureCopies, removeUnusedPicture } from '#commerce/catalog'
import type { Heard } from '#platform/changes'
import { signedUp } from '../../../test/accounts.ts'
import { ADDRESS, fillCart } from '../../../test/goods.ts'
import { openProductImages, type ProductImages, pathOf } from '../../../test/product-images.ts'

const changes: Heard[] = []
const told = () => changes.map((each) => [...each].sort())
let here: ProductImages
before(async () => {
  here = await openProductImages()
  here.server.shop.changes.hear((each) => void changes.push(each))
})
after(() => here.close())
beforeEach(() => here.begin())

test('V1-204 a picture that is sent is served by this server as a picture, and its copies follow', async () => {
  const { server, product, upload, shown } = here
  const { status, body, statements } = await upload({ alt_text: 'A vase' })
  assert.equal(status, 201)
  const { id, url, ...rest } = body
  assert.deepEqual(rest, { alt_text: 'A vase', is_primary: true, position: 0, sizes: {} })
  assert.match(url, /^https:\/\/shop\.example\/files\/products\/blue-vase(-\d+)?-[0-9a-f]{16}\.webp$/)
  assert.ok(statements <= 8)
  const served = await server.call('GET', pathOf(url))
  assert.deepEqual([served.status, served.headers['content-type']], [200, 'image/webp'])
  assert.equal((await sharp(served.body).metadata()).width, 600)
  assert.deepEqual(told().at(-1), [`product:${product.id}`, 'products'])

  await server.shop.runJobs()
  const [copied] = (await shown()).images
  assert.deepEqual(Object.keys(copied.sizes), ['160', '480'])
  assert.equal(copied.id, id)
  for (const [width, address] of Object.entries<string>(copied.sizes)) {
    const copy = await server.call('GET', pathOf(address))
    assert.deepEqual([copy.status, (await sharp(copy.body).metadata()).width], [200, Number(width)])
  }
  assert.deepEqual(told().at(-1), [`product:${product.id}`, 'products'])
})

test('V1-204 the files of a removed picture go away, and those of the same one that is still shown do not', async () => {
  const { server, token, images, upload, files } = here
  const [one, same] = [(await upload()).body, (await upload()).body]
  await server.shop.runJobs()
  assert.equal((await files()).length, 6)
  await server.call('DELETE', `${images}${one.id}/`, { token })
  assert.equal((await server.call('GET', pathOf(one.url))).status, 200, 'until the job')
  await server.shop.runJobs()
  assert.equal((await server.call('GET', pathOf(one.url))).status, 404)
  assert.equal((await server.call('GET', pathOf(same.url))).status, 200)
  assert.equal((await files()).length, 3)
})

test('V1-204 a file stays as long as something else shows it', async () => {
  const { server, token, product, images, upload } = here
  const users = [
    (url: string) => sql`update catalog.variants set image = ${url} where id = ${product.variantId}`,
    (url: string) =>
      sql`insert into catalog.categories (name, slug, code, image, path) values ('C', ${`c-${product.id}`}, ${`c-${product.id}`}, ${url}, '{}')`,
    (url: string) => sql`insert into catalog.brands (name, slug, logo) values ('B', ${`b-${product.id}`}, ${url})`,
    (url: string) =>
      sql`insert into catalog.pictures (product_id, url) values (${product.id}, ${`https://shop.example${url}`})`,
  ]
  for (const use of users) {
    const { body } = await upload()
    await use(pathOf(body.url)).execute(server.shop.db)
    await server.call('DELETE', `${images}${body.id}/`, { token })
    await server.shop.runJobs()
    assert.equal((await server.call('GET', pathOf(body.url))).status, 200)
  }
})

test('MP-122 an order goes on showing the picture that the buyer saw', async () => {
  const { server, token, product, images, upload } = here
  const { body } = await upload()
  const buyer = await signedUp(server)
  const article = { ...product, productId: product.id, priceMinor: 1000 }
  await fillCart(server.shop, buyer.accountId, [article, 1])
  const order = { shipping_address: ADDRESS, payment_method: 'cod' }
  const placed = await server.call('POST', '/api/v1/orders/', { token: buyer.access, body: order })
  assert.equal(placed.body.items[0].product_snapshot.image, body.url)
  await server.call('DELETE', `${images}${body.id}/`, { token })
  await server.shop.runJobs()
  assert.equal((await server.call('GET', pathOf(body.url))).status, 200)
})

test('V1-204 copies that are made while the picture is removed do not stay', async () => {
  const { server, token, product, images, upload, files } = here
  const { body } = await upload()
  const store = server.shop.files
  const { save } = store
  // The picture goes, and its file with it, while its first copy is written.
  store.save = async (...given) => {
    store.save = save
    await server.call('DELETE', `${images}${body.id}/`, { token })
    await removeUnusedPicture(server.shop, { address: pathOf(body.url), productId: product.id })
    return save(...given)
  }
  await makePictureCopies(server.shop, { pictureId: body.id })
  assert.deepEqual(await files(), [])
  await makePictureCopies(server.shop, { pictureId: body.id })
})
