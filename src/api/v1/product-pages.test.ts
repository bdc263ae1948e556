import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { signedUp, staffMember } from '../../../test/accounts.ts'
import { stockedProduct } from '../../../test/products.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { fillShelf, type Shelf } from '../../../test/shelf.ts'

const LIST = '/api/v1/products/'
let server: TestServer
let shelf: Shelf
before(async () => {
  server = await openTestServer({ PUBLIC_URL: 'https://shop.example' })
  shelf = await fillShelf(server)
})
after(() => server.close())

test('V1-202 a product is found by id and by slug, with its variants, in one statement', async () => {
  const { coffee } = shelf
  for (const handle of [coffee.id, coffee.slug]) {
    const { status, body, statements } = await server.call('GET', `${LIST}${handle}/`)
    assert.deepEqual([status, statements], [200, 1])
    assert.equal(body.id, coffee.id)
    const [big, small] = body.variants
    assert.equal(body.variants.length, 2)
    assert.deepEqual([big.price, big.image, big.name], ['30.00', null, '1 kg'])
    assert.deepEqual(small, {
      id: coffee.variantIds[1],
      product: coffee.id,
      name: '250 g',
      sku: 'COF-2',
      attributes: {},
      price: '10.00',
      stock: 10,
      in_stock: true,
      is_active: true,
      image: 'https://shop.example/files/small.webp',
    })
  }
})

test('V1-202 digits are an id first and a slug where there is no such id', async () => {
  const named = await stockedProduct(server, { name: String(shelf.mug.id), isActive: true })
  const year = await stockedProduct(server, { name: '2077' })
  assert.equal((await server.call('GET', `${LIST}${shelf.mug.id}/`)).body.name, 'Mug')
  assert.equal((await server.call('GET', `${LIST}2077/`)).body.id, year.id)
  assert.equal((await server.call('GET', `${LIST}${named.id}/`)).body.id, named.id)
})

test('V1-202 what is not there, or hidden, is not found; staff finds what is hidden', async () => {
  const { access: token } = await staffMember(server)
  const { id, slug } = shelf.hidden
  const handles = ['nothing', '999999', '99999999999999999999', '-1', "'; drop table", 'a'.repeat(250), '%F0%9F%8D%B5']
  for (const handle of [...handles, id, slug]) {
    for (const page of ['', 'variants/', 'related/']) {
      const { status, body } = await server.call('GET', `${LIST}${handle}/${page}`)
      assert.deepEqual([status, body], [404, { detail: 'Not found.' }], `${handle}/${page}`)
    }
  }
  assert.equal((await server.call('GET', `${LIST}${id}/`, { token })).body.is_active, false)
  const { body } = await server.call('GET', `${LIST}${shelf.coffee.id}/`, { token })
  assert.deepEqual(
    body.variants.map((variant: { is_active: boolean }) => variant.is_active),
    [true, true, false],
  )
})

test('V1-205 the variants of a product come in pages', async () => {
  const url = `${LIST}${shelf.coffee.id}/variants/`
  const { body, statements } = await server.call('GET', `${url}?page_size=1&page=2`)
  assert.deepEqual([body.count, body.total_pages, body.next, statements], [2, 2, null, 1])
  assert.deepEqual(
    body.results.map((variant: { sku: string }) => variant.sku),
    ['COF-2'],
  )
  assert.equal((await server.call('GET', `${url}?page=2`)).status, 404)
})

test('V1-206 related products share category or brand; what is hidden, and the product itself, is not among them', async () => {
  const { tea, coffee } = shelf
  const hidden = await stockedProduct(server, { name: 'Hidden tea', categoryId: shelf.teas.id, isActive: false })
  const { body, statements } = await server.call('GET', `${LIST}${tea.id}/related/`)
  assert.deepEqual(
    body.map((product: { name: string }) => product.name),
    ['Coffee', 'green tea'],
  )
  assert.ok(statements <= 3)
  const both = { categoryId: shelf.teas.id, brandId: shelf.leaf.id, createdAt: new Date(0) }
  await stockedProduct(server, { name: 'Darjeeling', ...both })
  const closest = await server.call('GET', `${LIST}${tea.slug}/related/`)
  assert.equal(closest.body[0].name, 'Darjeeling')
  for (let extra = 0; extra < 14; extra += 1) await stockedProduct(server, { ...both, name: `Tea no. ${extra}` })
  const many = await server.call('GET', `${LIST}${coffee.id}/related/`)
  assert.equal(many.body.length, 12)
  assert.ok(!many.body.some((product: { id: number }) => [coffee.id, hidden.id].includes(product.id)))
})

test('V1-202 a look at a product counts: popular ones come first', async (t) => {
  const other = await openTestServer()
  t.after(() => other.close())
  const products = [await stockedProduct(other), await stockedProduct(other), await stockedProduct(other)]
  const [often, seldom, never] = products.map(({ id }) => id)
  for (const id of [seldom, often, often]) await other.call('GET', `${LIST}${id}/`)
  await other.call('GET', `${LIST}${never}/related/`)
  const popular = async () => {
    // A list by popularity is kept for ten seconds.
    other.shop.pass(10_000)
    const { body } = await other.call('GET', `${LIST}?ordering=-popularity`)
    return body.results.map((product: { id: number }) => product.id)
  }
  assert.deepEqual(await popular(), [never, seldom, often], 'views are written in batches')
  const deadline = Date.now() + 5000
  while ((await popular())[0] !== often && Date.now() < deadline)
    await new Promise((resolve) => setTimeout(resolve, 50))
  assert.deepEqual(await popular(), [often, seldom, never])
})

test('V1-202 V1-205 V1-206 a hidden product is shown to staff and to its seller, not to other sellers', async () => {
  const [seller, other] = [await signedUp(server, { isSeller: true }), await signedUp(server, { isSeller: true })]
  const body = { name: 'Draft', price: '3', is_active: false }
  const { id } = (await server.call('POST', LIST, { token: seller.access, body })).body
  const staff = (await staffMember(server)).access
  for (const path of ['', 'variants/', 'related/']) {
    const statusTo = async (token?: string) =>
      (await server.call('GET', `${LIST}${id}/${path}`, token ? { token } : {})).status
    assert.deepEqual(
      [await statusTo(seller.access), await statusTo(staff), await statusTo(other.access), await statusTo()],
      [200, 200, 404, 404],
      path,
    )
  }
})
