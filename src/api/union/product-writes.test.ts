/** Products that are offered on the shared path, in the form of either document. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { createCategory } from '#commerce/catalog'
import { inTransaction } from '#platform/database'
import { type SignedUp, signedUp } from '../../../test/accounts.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { assertFault, assertNotSaved } from '../../../test/shared-paths.ts'
import { NOT_ALLOWED } from '../../../test/storefront.ts'

const LIST = '/api/products/'
let server: TestServer
let staff: SignedUp
let seller: SignedUp
let customer: SignedUp
let category: { id: number; slug: string }
before(async () => {
  server = await openTestServer()
  staff = await signedUp(server, { isStaff: true })
  seller = await signedUp(server, { isSeller: true })
  customer = await signedUp(server)
  category = await inTransaction(server.shop.db, (tx) => createCategory(tx, { name: 'Spice Box', code: 'SPICE' }))
})
after(() => server.close())

let number = 0
const post = (body: unknown, token = staff.access) => server.call('POST', LIST, { token, body })
const inRupees = (body: object = {}) => {
  number += 1
  return { name: `Spice ${number}`, description: 'Hot', category: category.id, price_weights: '100-50g', ...body }
}
const titled = (body: object = {}) => {
  number += 1
  return { title: `Thing ${number}`, price: '10.00', ...body }
}
type Weight = { id: number; price: string; weight: string; inventory: number }
const weightsOf = ({ price_weights }: { price_weights: Weight[] }) =>
  price_weights.map(({ price, weight, inventory }) => `${price} ${weight} ${inventory}`)

test('MP-067 SF-198 SF-201 in the form of the storefront: price weights in rupees, with ids', async () => {
  const { status, body } = await post(
    inRupees({
      name: ' Saffron ',
      price_weights: [
        { price: 2500, weight: '100gms', inventory: 3 },
        { price: '1300.50', weight: '50gms', inventory: '2' },
      ],
      tags: ['red'],
      image_urls: ['https://pictures.example/s.png'],
    }),
  )
  assert.equal(status, 201, JSON.stringify(body))
  const { data, message, timestamp, ...product } = body
  assert.deepEqual(data, product)
  assert.match(timestamp, /Z$/)
  assert.deepEqual(
    [message, product.status, product.name, product.title, product.currency, product.price, product.inventory],
    ['Product created successfully.', 'In stock', 'Saffron', 'Saffron', 'INR', '1300.50', 5],
  )
  assert.deepEqual(weightsOf(product), ['2500.00 100gms 3', '1300.50 50gms 2'])
  assert.equal(product.price_weights_display, '2500-100gms, 1300.50-50gms')
  assert.ok(product.price_weights.every(({ id }: Weight) => Number.isInteger(id)))
  assert.deepEqual([product.tags, product.images[0].image_url, product.seller], [['red'], product.image_urls[0], null])
  assert.deepEqual((await server.call('GET', `${LIST}${product.id}/`)).body.data, product)
})

test('SF-208 C-20 C-24 price weights as a text; a number of the product is split evenly', async () => {
  const { status, body } = await post(
    inRupees({ price_weights: '2500-100gms, 3500-pack-of-2 ,99.9-x', inventory: '100' }),
  )
  assert.equal(status, 201, JSON.stringify(body))
  assert.deepEqual(weightsOf(body), ['2500.00 100gms 34', '3500.00 pack-of-2 33', '99.90 x 33'])
  const own = [
    { price: 1, weight: 'a', inventory: 7 },
    { price: 2, weight: 'b', inventory: 1 },
  ]
  assert.deepEqual(weightsOf((await post(inRupees({ price_weights: own, inventory: 2 }))).body), [
    '1.00 a 7',
    '2.00 b 1',
  ])
  assert.equal((await post(inRupees())).body.status, 'Out of stock')
})

test('MP-067 in the form of the marketplace: a title, a price, and what is off it', async () => {
  const ends = new Date(server.shop.now().getTime() + 86_400_000).toISOString()
  const { status, body } = await post(
    titled({
      title: 'Lamp',
      price: 80,
      discount_percentage: '12.5',
      stock: '4',
      category: 'spice box',
      flash_sale: true,
      flash_sale_ends_at: ends,
      best_seller_product: true,
      featured_product: true,
      images: [{ image_url: 'https://pictures.example/l.png', description: 'Lit' }],
      is_active: false,
    }),
    seller.access,
  )
  assert.equal(status, 201, JSON.stringify(body))
  assert.deepEqual(
    [
      body.title,
      body.description,
      body.price,
      body.discount_percentage,
      body.discounted_price,
      body.currency,
      body.stock,
    ],
    ['Lamp', '', '80.00', '12.50', '70.00', 'USD', 4],
  )
  assert.deepEqual(
    [body.flash_sale, body.flash_sale_ends_at, body.best_seller_product, body.featured_product, body.is_active],
    [true, ends, true, true, false],
  )
  assert.deepEqual(
    [body.seller.id, body.category.category_id, body.images[0].description, body.has_variants],
    [seller.accountId, 'SPICE', 'Lit', false],
  )
  assert.deepEqual(weightsOf(body), ['70.00  4'])
})

test('MP-067 a name will do for a title, price weights for a price, and what is off comes off each', async () => {
  const weights = [
    { price: 100, weight: 'big' },
    { price: 40, weight: 'small' },
  ]
  const { status, body } = await post({ title: 'Weighed', price_weights: weights, discount_percentage: 10, stock: 3 })
  assert.equal(status, 201, JSON.stringify(body))
  assert.deepEqual(
    [body.price, body.discount_percentage, body.discounted_price, body.currency],
    ['40.00', '10.00', '36.00', 'USD'],
  )
  assert.deepEqual(weightsOf(body), ['90.00 big 2', '36.00 small 1'])
  assert.equal((await post({ name: 'Only named', price: 5, currency: 'EUR' })).body.currency, 'EUR')
  assert.equal((await post(titled({ discount_percentage: 100 }))).body.discounted_price, '0.00')
})

test('C-17 SF-202 a category by its id, its code, or the text of its id; in the marketplace by slug and name as well', async () => {
  const { id, slug } = category
  const digits = await inTransaction(server.shop.db, (tx) =>
    createCategory(tx, { name: 'By digits', code: String(id) }),
  )
  for (const [key, expected] of [
    [{ category: id }, id],
    [{ category: undefined, category_id: id }, id],
    [{ category_id: 'SPICE', category: undefined }, id],
    [{ category: { id } }, id],
    [{ category: String(digits.id) }, digits.id],
    // A text is a code first.
    [{ category: String(id) }, digits.id],
  ] as const) {
    const { status, body } = await post(inRupees(key))
    assert.deepEqual([status, body.category?.id], [201, expected], JSON.stringify(key))
  }
  for (const called of [slug, 'Spice Box', 999_999, 'NOTHING', 0, -1])
    assertNotSaved(await post(inRupees({ category: called })), 'category')
  for (const called of [slug, 'SPICE BOX'])
    assert.equal((await post(titled({ category: called }))).body.category.id, id)
  assert.equal((await post(titled({ category: null }))).body.category, null)
  assertNotSaved(await post(titled({ category_id: 'nothing' })), 'category_id')
})

test('SF-200 MP-068 what is missing is told all at once, in the form of the body', async () => {
  assertNotSaved(await post({}), 'name', 'description', 'category', 'price_weights')
  assertNotSaved(await post(undefined), 'name', 'description', 'category', 'price_weights')
  assertNotSaved(await post({ price: 1 }), 'title')
  assertNotSaved(await post({ title: 'x' }), 'price')
  assertNotSaved(
    await post(inRupees({ description: ' ', name: '', category: null })),
    'description',
    'name',
    'category',
  )
  const called = await post({ name: 'x', description: 'x', category: category.id })
  assertFault(called, 400, 'Product with this name already exists or missing required fields', {
    price_weights: ['This field is required.'],
  })
})

const wrongWeights: [unknown, string][] = [
  [[], 'Ensure this field has at least 1 elements.'],
  ['', 'Ensure this field has at least 1 elements.'],
  [7, 'Expected a list of items.'],
  [null, 'This field may not be null.'],
  [{}, 'Expected a list of items.'],
  [[{ price: -1, weight: 'a' }], '0.price: Ensure this value is greater than or equal to 0.'],
  [[{ price: '1.999', weight: 'a' }], '0.price: Ensure that there are no more than 2 decimal places.'],
  [[{ price: true, weight: 'a' }], '0.price: A valid number is required.'],
  [[{ weight: 'a' }], '0.price: This field is required.'],
  [[{ price: 1, weight: ' ' }], '0.weight: This field may not be blank.'],
  [[{ price: 1, weight: 5 }], '0.weight: Not a valid string.'],
  [[{ price: 1 }], '0.weight: This field is required.'],
  [[{ price: 1, weight: 'a', inventory: -1 }], '0.inventory: Ensure this value is greater than or equal to 0.'],
  [[{ price: 1, weight: 'a', inventory: 1.5 }], '0.inventory: A valid integer is required.'],
  [['2500'], '0: Expected a dictionary.'],
  ['2500', '0.weight: This field is required.'],
  ['-5-100g', '0.price: This field may not be blank.'],
  ['cheap-100g', '0.price: A valid number is required.'],
  ['5-100g,5.00-100g', 'The same price and weight occurs twice.'],
]
test('SF-201 price weights that are none are 400, and nothing is made', async () => {
  for (const [weights, expected] of wrongWeights) {
    const called = await post(inRupees({ name: 'Never', price_weights: weights }))
    assertNotSaved(called, 'price_weights')
    assert.deepEqual(called.body.details.price_weights, [expected], JSON.stringify(weights))
  }
  const several = [{ price: 'x', weight: '' }, { price: 1, weight: 'a' }, 5]
  assert.equal((await post(inRupees({ price_weights: several }))).body.details.price_weights.length, 3)
  const { rows } = await sql`select from catalog.products where name = 'Never'`.execute(server.shop.db)
  assert.equal(rows.length, 0)
})

test('MP-068 SF-201 V1-012 all that is wrong is told together; whatever is sent is never a fault of ours', async () => {
  const wrong = {
    title: 'x'.repeat(256),
    price: 'dear',
    discount_percentage: '100.01',
    currency: 'XXY',
    stock: 1.5,
    tags: 'red',
    image_urls: ['ftp://pictures.example/x.png'],
    is_active: 'yes',
    flash_sale: 1,
    flash_sale_ends_at: '2030-02-30',
    category: true,
    description: 7,
  }
  assertNotSaved(await post(wrong), ...Object.keys(wrong))
  for (const key of Object.keys(wrong)) {
    for (const odd of [null, {}, [], '', '\0', '\ud800', 1e300, -1, 'x'.repeat(60_000), { a: { b: [] } }]) {
      const { status } = await post(titled({ [key]: odd }))
      assert.ok(
        status === 201 || (status >= 400 && status < 500),
        `${key} ${JSON.stringify(odd).slice(0, 40)}: ${status}`,
      )
    }
  }
  for (const body of ['{', '[]', '"x"', '7']) assert.equal((await post(body)).status, 400)
})

test('MP-068 SF-200 a name is taken by its seller, whatever its case; the shop and others may have it too', async () => {
  const name = 'Unique Spice'
  assert.equal((await post(inRupees({ name }))).status, 201)
  const again = await post(inRupees({ name: ' unique SPICE' }))
  assertNotSaved(again, 'name')
  assert.deepEqual(again.body.details.name, ['A product with this name already exists.'])
  assertNotSaved(await post(titled({ title: name })), 'title')
  assert.equal((await post(titled({ title: name }), seller.access)).status, 201)
  assertNotSaved(await post(titled({ title: name }), seller.access), 'title')
})

test('MP-068 of twenty products with one name, offered at once, one is made', async () => {
  const made = await Promise.all(
    Array.from({ length: 20 }, (_, n) => post(inRupees({ name: n % 2 ? 'Race' : 'RACE' }))),
  )
  assert.deepEqual(made.map(({ status }) => status).sort(), [201, ...Array.from({ length: 19 }, () => 400)])
})

test('MP-067 SF-199 customers may not, and nobody has to be signed in to be told so', async () => {
  assertFault(await post(inRupees(), customer.access), 403, NOT_ALLOWED.detail)
  assertFault(
    await server.call('POST', LIST, { body: inRupees() }),
    401,
    'Authentication credentials were not provided.',
  )
})

test('MP-050 no product is found under a fixed word', async () => {
  const { body } = await post(titled({ title: 'Inventory' }))
  assert.equal(body.slug, 'inventory-2')
  assert.equal((await server.call('GET', `${LIST}inventory-2/`)).body.id, body.id)
})

test('MP-067 where the shop keeps them for itself, two flags are not heard from sellers', async () => {
  const strict = await openTestServer({ SELLER_CAN_FEATURE: 'false' })
  try {
    const [admin, trader] = [await signedUp(strict, { isStaff: true }), await signedUp(strict, { isSeller: true })]
    const flags = { flash_sale: true, best_seller_product: true, featured_product: true }
    const add = (token: string) => strict.call('POST', LIST, { token, body: titled(flags) })
    const heard = ({ body }: Awaited<ReturnType<typeof add>>) =>
      [body.flash_sale, body.best_seller_product, body.featured_product].join()
    const theirs = await add(trader.access)
    assert.equal(heard(theirs), 'true,false,false')
    assert.equal(heard(await add(admin.access)), 'true,true,true')
    const url = `${LIST}${theirs.body.id}/`
    const change = (token: string) => strict.call('PATCH', url, { token, body: { featured_product: true } })
    assert.equal((await change(trader.access)).body.data.featured_product, false)
    assert.equal((await change(admin.access)).body.data.featured_product, true)
  } finally {
    await strict.close()
  }
})
