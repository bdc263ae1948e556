import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import { createBrand, createCategory } from '#commerce/catalog'
import { inTransaction } from '#platform/database'
import { type SignedUp, signedUp } from '../../../test/accounts.ts'
import { form, image } from '../../../test/forms.ts'
import { ADDRESS, fillCart } from '../../../test/goods.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'

const LIST = '/api/v1/products/'
let server: TestServer
let staff: SignedUp
let seller: SignedUp
let other: SignedUp
let customer: SignedUp
before(async () => {
  server = await openTestServer()
  staff = await signedUp(server, { isStaff: true })
  seller = await signedUp(server, { isSeller: true })
  other = await signedUp(server, { isSeller: true })
  customer = await signedUp(server)
})
after(() => server.close())

let number = 0
const add = (body: object = {}, token = staff.access) => {
  number += 1
  return server.call('POST', LIST, { token, body: { name: `Thing ${number}`, price: '10.00', ...body } })
}
const get = (id: number, token?: string) => server.call('GET', `${LIST}${id}/`, token ? { token } : {})
const patch = (id: number, body: object, token = staff.access) => server.call('PATCH', `${LIST}${id}/`, { token, body })

test('V1-201 a product is made with everything that is said of it, its stock as a line of the ledger', async () => {
  const { category, brand } = await inTransaction(server.shop.db, async (tx) => ({
    category: await createCategory(tx, { name: 'Cups' }),
    brand: await createBrand(tx, { name: 'Clay' }),
  }))
  const { status, body } = await add({
    name: 'Blue cup',
    price: 12.5,
    compare_at_price: '15',
    description: 'Holds <b>tea</b>',
    category_id: category.id,
    brand_id: brand.id,
    sku: 'CUP-1',
    stock: 3,
    low_stock_threshold: 4,
    specifications: { glaze: { colour: 'blue' } },
    tags: ['blue', 'cup'],
    is_featured: true,
    image_urls: ['https://pictures.example/cup.png'],
  })
  assert.equal(status, 201, JSON.stringify(body))
  assert.deepEqual(
    [body.name, body.slug, body.price, body.compare_at_price, body.final_price, body.currency, body.sku, body.stock],
    ['Blue cup', 'blue-cup', '12.50', '15.00', '12.50', 'USD', 'CUP-1', 3],
  )
  assert.deepEqual(
    [body.category.slug, body.brand.name, body.tags, body.is_low_stock, body.is_featured, body.description],
    ['cups', 'Clay', ['blue', 'cup'], true, true, 'Holds <b>tea</b>'],
  )
  assert.deepEqual(
    [body.specifications, body.image],
    [{ glaze: { colour: 'blue' } }, 'https://pictures.example/cup.png'],
  )
  assert.deepEqual((await get(body.id)).body.stock, 3)
  assert.equal((await add({ name: 'Blue cup' })).body.slug, 'blue-cup-2')
})

test('V1-201 what is wrong is told all at once, and nothing is made', async () => {
  await add({ sku: 'TAKEN-1' })
  const wrong = {
    name: ' ',
    price: '1.999',
    compare_at_price: 'dear',
    currency: 'XXY',
    category_id: 999_999,
    brand_id: 999_999,
    sku: 'taken-1',
    stock: -1,
    tags: 'blue',
    specifications: [],
    image_urls: ['ftp://pictures.example/cup.png'],
  }
  const { status, body } = await add(wrong)
  assert.equal(status, 400)
  assert.deepEqual(Object.keys(body).sort(), Object.keys(wrong).sort())
  assert.deepEqual(body.price, ['Ensure that there are no more than 2 decimal places.'])
  assert.deepEqual(body.sku, ['A variant with this SKU already exists.'])
  for (const price of [-1, '-0.01', '', 'NaN', '1e3', null, {}, '9'.repeat(20)])
    assert.equal((await add({ price })).status, 400, String(price))
  assert.equal((await add({ price: undefined })).body.price[0], 'This field is required.')
  assert.deepEqual((await add({ compare_at_price: '9.00' })).body, {
    compare_at_price: ['The former price must be above the price.'],
  })
})

test('V1-201 staff and sellers offer; customers may not, and nobody has to sign in', async () => {
  assert.equal((await add({}, customer.access)).status, 403)
  assert.equal((await server.call('POST', LIST, { body: { name: 'x', price: '1' } })).status, 401)
  const { status, body } = await add({}, seller.access)
  assert.equal(status, 201)
  assert.equal((await patch(body.id, { name: 'Mine' }, seller.access)).status, 200)
  assert.equal((await patch(body.id, { name: 'Not yours' }, other.access)).status, 403)
  assert.equal((await patch(body.id, { name: 'Staff may' })).status, 200)
  assert.equal((await server.call('DELETE', `${LIST}${body.id}/`, { token: other.access })).status, 403)
  const houses = await add()
  assert.equal((await patch(houses.body.id, { name: 'Ours' }, seller.access)).status, 403)
})

test('V1-203 PUT and PATCH change what is sent, and the next read shows it', async () => {
  const { body: made } = await add({ stock: 2, description: 'Old', sku: 'CHANGE-1' })
  const { status, body } = await server.call('PUT', `${LIST}${made.slug}/`, {
    token: staff.access,
    body: { name: 'New name', price: '20.00', stock: 7, tags: ['a'], is_active: false, sku: 'CHANGE-2' },
  })
  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual(
    [body.name, body.slug, body.price, body.stock, body.description, body.sku],
    ['New name', made.slug, '20.00', 7, 'Old', 'CHANGE-2'],
  )
  assert.equal((await get(made.id)).status, 404)
  assert.equal((await get(made.id, staff.access)).body.is_active, false)
  assert.equal((await patch(made.id, { is_active: true, category_id: null, compare_at_price: '25' })).status, 200)
  assert.deepEqual((await get(made.id)).body.compare_at_price, '25.00')
  assert.deepEqual((await patch(made.id, { price: '30.00' })).body, {
    compare_at_price: ['The former price must be above the price.'],
  })
  assert.deepEqual(Object.keys((await patch(made.id, { name: '', stock: 1.5, category_id: 999_999 })).body).sort(), [
    'category_id',
    'name',
    'stock',
  ])
  assert.equal((await patch(999_999, { name: 'x' })).status, 404)
})

test('V1-203 a product that nobody ordered is gone; one that was ordered is hidden, and the order keeps it', async () => {
  const { body: free } = await add({ stock: 1 })
  const remove = (id: number) => server.call('DELETE', `${LIST}${id}/`, { token: staff.access })
  assert.equal((await remove(free.id)).status, 204)
  assert.equal((await get(free.id, staff.access)).status, 404)
  assert.equal((await remove(free.id)).status, 404)

  const { body: sold } = await add({ name: 'Sold thing', stock: 2 })
  const article = { productId: sold.id, variantId: 0, sku: sold.sku, name: sold.name, priceMinor: 1000 }
  await fillCart(server.shop, customer.accountId, [article, 1])
  const order = await server.call('POST', '/api/v1/orders/', {
    token: customer.access,
    body: { shipping_address: ADDRESS, payment_method: 'stripe' },
  })
  assert.equal(order.status, 201)
  await fillCart(server.shop, customer.accountId, [article, 1])
  assert.equal((await remove(sold.id)).status, 204)
  assert.equal((await get(sold.id)).status, 404)
  assert.equal((await get(sold.id, staff.access)).body.is_active, false)
  const kept = await server.call('GET', `/api/v1/orders/${order.body.order_number}/`, { token: customer.access })
  assert.match(JSON.stringify(kept.body.items), /Sold thing/)
  const cart = await server.call('GET', '/api/v1/cart/', { token: customer.access })
  assert.deepEqual(cart.body.items, [])
})

test('V1-205 variants are added, changed and removed; the article without a choice is not sold beside them', async () => {
  const { body: product } = await add({ stock: 5, price: '100.00' })
  const variants = `${LIST}${product.id}/variants/`
  const call = (method: 'POST' | 'PATCH' | 'DELETE', url: string, body?: object) =>
    server.call(method, url, { token: staff.access, ...(body ? { body } : {}) })
  assert.deepEqual(product.variants, [])
  const small = await call('POST', variants, { sku: 'V-S', attributes: { size: 'S' }, stock: 3 })
  assert.equal(small.status, 201, JSON.stringify(small.body))
  assert.deepEqual(
    [small.body.name, small.body.price, small.body.stock, small.body.attributes],
    ['S', '100.00', 3, { size: 'S' }],
  )
  const large = await call('POST', variants, { sku: 'V-L', name: 'Large', price: '120', stock: 1 })
  const shown = (await get(product.id)).body
  assert.deepEqual([shown.price, shown.stock, shown.variants.length], ['100.00', 4, 2])
  assert.deepEqual((await call('POST', variants, { sku: 'v-l' })).body, {
    sku: ['A variant with this SKU already exists.'],
  })
  const changed = await call('PATCH', `${variants}${large.body.id}/`, { price: 90, stock: 6, sku: 'V-XL' })
  assert.deepEqual([changed.body.price, changed.body.stock, changed.body.sku], ['90.00', 6, 'V-XL'])
  assert.equal((await call('DELETE', `${variants}${small.body.id}/`)).status, 204)
  assert.equal((await call('PATCH', `${variants}${small.body.id}/`, { price: 1 })).status, 404)
  assert.equal((await call('DELETE', `${variants}${large.body.id}/`)).status, 204)
  assert.deepEqual([(await get(product.id)).body.stock, (await get(product.id)).body.variants], [5, []])
  assert.equal((await server.call('POST', variants, { token: customer.access, body: { sku: 'x' } })).status, 403)
})

test('V1-205 a variant counts as low where its product does', async () => {
  const { body: product } = await add({ stock: 5, low_stock_threshold: 2 })
  await server.call('POST', `${LIST}${product.id}/variants/`, { token: staff.access, body: { sku: 'LOW-1', stock: 3 } })
  assert.equal((await get(product.id)).body.is_low_stock, false)
})

test('V1-201 of twenty products with one sku, made at once, one is made', async () => {
  const made = await Promise.all(Array.from({ length: 20 }, () => add({ sku: 'RACE-1' })))
  assert.deepEqual(made.map(({ status }) => status).sort(), [201, ...Array.from({ length: 19 }, () => 400)])
})

test('V1-203 pictures that are sent back as they are shown stay; the files of those that go are taken away', async () => {
  const { body } = await add()
  const png = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'teal' } })
    .png()
    .toBuffer()
  const { body: kept } = await sendImage(body.id, png)
  const { body: gone } = await sendImage(body.id, await sharp(png).negate().png().toBuffer())
  const foreign = 'https://pictures.example/new.png'
  const changed = await patch(body.id, { image_urls: [foreign, kept.url] })
  assert.equal(changed.status, 200)
  const images = changed.body.images as { id: number; url: string; is_primary: boolean }[]
  assert.deepEqual(
    images.map(({ url, is_primary }) => [url, is_primary]),
    [
      [foreign, true],
      [kept.url, false],
    ],
  )
  assert.equal(images[1]!.id, kept.id)
  await server.shop.runJobs()
  const served = async (url: string) => (await server.call('GET', new URL(url).pathname)).status
  assert.deepEqual([await served(kept.url), await served(gone.url)], [200, 404])
  await server.call('DELETE', `${LIST}${body.id}/`, { token: staff.access })
  await server.shop.runJobs()
  assert.equal(await served(kept.url), 404)
})

const sendImage = (id: number, bytes: Buffer) =>
  server.call('POST', `${LIST}${id}/images/`, { token: staff.access, ...form({}, image(bytes)) })

test('V1-201 V1-250 the dearest article can still be bought as often as a cart allows; a dearer one is not made', async () => {
  for (const [currency, dearest, dearer, digits] of [
    ['USD', '9999999999.99', '10000000000.00', 10],
    ['JPY', '999999999999', '1000000000000', 12],
    ['KWD', '999999999.999', '1000000000.000', 9],
  ] as const) {
    assert.deepEqual((await add({ currency, price: dearer })).body, {
      price: [`Ensure that there are no more than ${digits} digits before the decimal point.`],
    })
    const { id } = (await add({ currency, price: dearest, stock: 999 })).body
    const { access: token } = await signedUp(server)
    const body = { product_id: id, quantity: 999 }
    assert.equal((await server.call('POST', '/api/v1/cart/items/', { token, body })).status, 201, currency)
    // Nothing is sent in other currencies until somebody sets a rate.
    if (currency !== 'USD') continue
    const bought = await server.call('POST', '/api/v1/orders/', { token, body: { shipping_address: ADDRESS } })
    assert.deepEqual([bought.status, bought.body.subtotal], [201, '9989999999990.01'])
  }
})
