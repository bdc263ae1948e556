import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import { examine } from '#commerce/doctor'
import type { Heard } from '#platform/changes'
import { openProductImages, type ProductImages } from '../../../test/product-images.ts'

const changes: Heard[] = []
const told = () => changes.map((each) => [...each].sort())
let here: ProductImages
before(async () => {
  here = await openProductImages()
  here.server.shop.changes.hear((each) => void changes.push(each))
})
after(() => here.close())
beforeEach(() => here.begin())

test('V1-204 the first picture is primary, a later one if that is wished, and then no other is', async () => {
  const { upload, addUrl, shown } = here
  const first = (await upload()).body
  const second = (await upload({ is_primary: 'false' })).body
  const third = (await upload({ is_primary: 'True' })).body
  const { body: fourth } = await addUrl({ url: 'https://a.example/4.png' })
  const { images: all, image: primary } = await shown()
  assert.deepEqual(
    all.map((each: { id: number; is_primary: boolean; position: number }) => [each.id, each.is_primary, each.position]),
    [
      [first.id, false, 0],
      [second.id, false, 1],
      [third.id, true, 2],
      [fourth.id, false, 3],
    ],
  )
  assert.equal(primary, third.url)
})

test('V1-204 NX-112 a picture is made primary, described and moved; what is left out stays', async () => {
  const { server, token, product, images, addUrl, shown } = here
  const ids: number[] = []
  for (const name of ['a', 'b', 'c', 'd'])
    ids.push((await addUrl({ url: `https://a.example/${name}`, alt_text: name })).body.id)
  const [a, b, c, d] = ids as [number, number, number, number]
  const change = async (id: number, body: object) =>
    (await server.call('PATCH', `${images}${id}/`, { token, body })).body
  const order = async () => (await shown()).images.map(({ id }: { id: number }) => id)

  assert.deepEqual((await change(c, { is_primary: true })).is_primary, true)
  assert.deepEqual((await change(c, { alt_text: 'C', is_primary: true })).alt_text, 'C')
  assert.deepEqual((await change(c, {})).alt_text, 'C')
  const primaries = async () =>
    (await shown()).images
      .filter((each: { is_primary: boolean }) => each.is_primary)
      .map(({ id }: { id: number }) => id)
  assert.deepEqual(await primaries(), [c])
  assert.equal((await change(c, { is_primary: false })).is_primary, false)
  assert.deepEqual(await primaries(), [a])

  assert.equal((await change(d, { position: 0 })).position, 0)
  assert.deepEqual(await order(), [d, a, b, c])
  assert.equal((await change(d, { position: 2 })).position, 2)
  assert.deepEqual(await order(), [a, b, d, c])
  assert.equal((await change(a, { position: 99 })).position, 3)
  assert.deepEqual(await order(), [b, d, c, a])
  assert.deepEqual(told().at(-1), [`product:${product.id}`, 'products'])

  for (const body of [
    { position: -1 },
    { position: 'x' },
    { is_primary: 'true' },
    { alt_text: 'x'.repeat(256) },
    { position: 1.5 },
  ])
    assert.equal((await server.call('PATCH', `${images}${a}/`, { token, body })).status, 400, JSON.stringify(body))
})

test('V1-204 a picture is removed; the next becomes primary, and a sole one stays it', async () => {
  const { server, token, images, upload, shown } = here
  const [a, b] = [(await upload()).body, (await upload()).body]
  assert.equal((await server.call('DELETE', `${images}${a.id}/`, { token })).status, 204)
  assert.equal((await shown()).image, b.url)
  const { body } = await server.call('PATCH', `${images}${b.id}/`, { token, body: { is_primary: false } })
  assert.equal(body.is_primary, true)
  assert.equal((await server.call('DELETE', `${images}${a.id}/`, { token })).status, 404)
  await server.call('DELETE', `${images}${b.id}/`, { token })
  assert.deepEqual([(await shown()).images, (await shown()).image], [[], null])
})

test('V1-204 a product has at most fifty pictures, and the file of the one too many does not stay', async () => {
  const { server, product, upload, addUrl, shown, files } = here
  await sql`
    insert into catalog.pictures (product_id, url, is_primary, position)
    select ${product.id}, 'https://a.example/' || n, n = 0, n from generate_series(0, 49) n`.execute(server.shop.db)
  const { status, body } = await upload({ is_primary: 'true' })
  assert.deepEqual([status, body], [400, { non_field_errors: ['A product cannot have more than 50 images.'] }])
  assert.equal((await addUrl({ url: 'https://a.example/51' })).status, 400)
  assert.deepEqual(await files(), [])
  assert.equal((await shown()).images[0].is_primary, true)
})

test('NX-112 of twenty pictures that become primary at once, one is', async () => {
  const { server, token, images, addUrl, shown } = here
  const added = await Promise.all(
    Array.from({ length: 20 }, (_, n) => addUrl({ url: `https://a.example/${n}`, is_primary: true })),
  )
  assert.ok(added.every(({ status }) => status === 201))
  const changed = await Promise.all(
    added.map(({ body }, n) =>
      server.call('PATCH', `${images}${body.id}/`, { token, body: { is_primary: true, position: n % 3 } }),
    ),
  )
  assert.deepEqual(new Set(changed.map(({ status }) => status)), new Set([200]))
  const { images: all } = await shown()
  assert.equal(all.filter((each: { is_primary: boolean }) => each.is_primary).length, 1)
  assert.deepEqual(
    all.map(({ position }: { position: number }) => position),
    Array.from({ length: 20 }, (_, n) => n),
  )
  const removed = await Promise.all(
    added.slice(1).map(({ body }) => server.call('DELETE', `${images}${body.id}/`, { token })),
  )
  assert.deepEqual(new Set(removed.map(({ status }) => status)), new Set([204]))
  assert.deepEqual(
    (await shown()).images.map((each: { is_primary: boolean }) => each.is_primary),
    [true],
  )
  assert.deepEqual((await examine(server.shop.db)).broken, [])
})
