/** What changes stock, on the shared path. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { examine } from '#commerce/doctor'
import { type SignedUp, signedUp } from '../../../test/accounts.ts'
import { type Called, openTestServer, type TestServer } from '../../../test/server.ts'
import { assertFault } from '../../../test/shared-paths.ts'
import { buy, stockKeeper } from '../../../test/stock.ts'
import { NOT_ALLOWED } from '../../../test/storefront.ts'

const TRANSACTIONS = '/api/products/inventory/transactions/'
const INVALID = 'Validation failed.'
let server: TestServer
let staff: SignedUp
let seller: SignedUp
before(async () => {
  server = await openTestServer()
  staff = await signedUp(server, { isStaff: true })
  seller = await signedUp(server, { isSeller: true })
})
after(async () => {
  const { broken } = await examine(server.shop.db)
  await server.close()
  assert.deepEqual(broken, [])
})

let number = 0
type Product = { id: number; slug: string }
async function product(body: object = {}, token = seller.access): Promise<Product> {
  number += 1
  const sent = { title: `Kettle ${number}`, price: '20.00', stock: 9, ...body }
  return (await server.call('POST', '/api/products/', { token, body: sent })).body
}
const post = (body: unknown, { token = seller.access, headers = {} }: { token?: string; headers?: object } = {}) =>
  server.call('POST', TRANSACTIONS, { token, body, headers: { ...headers } })
const list = (query = '', token = seller.access) => server.call('GET', `${TRANSACTIONS}?${query}`, { token })
const stockOf = async ({ id }: Product) => (await server.call('GET', `/api/products/${id}/`)).body.stock

type Txn = { transaction_type: string; quantity: number; stock_after: number; reference: string }
async function lines(query: string, token?: string): Promise<unknown[]> {
  const { status, body } = await list(query, token)
  assert.equal(status, 200, JSON.stringify(body))
  return body.results.map((txn: Txn) => [txn.transaction_type, txn.quantity, txn.stock_after, txn.reference])
}

test('MP-101 MP-102 what comes in adds, what goes out takes away, an adjustment does either', async () => {
  const kettle = await product()
  const { status, body } = await post({
    product: kettle.id,
    transaction_type: 'IN',
    quantity: 5,
    reference: 'PO-7',
    notes: 'From the <b>mill</b>',
  })
  assert.deepEqual([status, body.status, body.message], [201, 201, 'Stock transaction recorded successfully.'])
  assert.deepEqual(Object.keys(body).sort(), ['data', 'message', 'status', 'timestamp'])
  const { id, timestamp, ...told } = body.data
  assert.ok(Number.isInteger(id) && Date.parse(timestamp) > 0)
  assert.deepEqual(told, {
    product: kettle.id,
    product_variant: null,
    transaction_type: 'IN',
    quantity: 5,
    stock_after: 14,
    reference: 'PO-7',
    notes: 'From the <b>mill</b>',
    recorded_by: seller.accountId,
  })
  assert.equal(await stockOf(kettle), 14)
  for (const [transaction_type, quantity, stock_after] of [
    ['OUT', 4, 10],
    ['DAMAGE', 1, 9],
    ['RETURN', 2, 11],
    ['ADJUSTMENT', -3, 8],
    ['ADJUSTMENT', 1, 9],
  ] as const) {
    const { data } = (await post({ product: kettle.id, transaction_type, quantity })).body
    assert.deepEqual(
      [data.transaction_type, data.quantity, data.stock_after],
      [transaction_type, quantity, stock_after],
    )
    assert.equal(await stockOf(kettle), stock_after)
  }
  const [newest] = (await list(`product=${kettle.id}`)).body.results
  assert.deepEqual([newest.quantity, newest.recorded_by, newest.notes], [1, seller.accountId, ''])
})

test('MP-102 MP-050 an unknown type, zero, a fraction, a text or a wrong sign is 400 with the field', async () => {
  const { id } = await product()
  const good = { product: id, transaction_type: 'IN', quantity: 1 }
  const wrong: [object, string[]][] = [
    [{ transaction_type: 'TRANSFER' }, ['transaction_type']],
    [{ transaction_type: 'in', quantity: 1.5, product: 'kettle' }, ['product', 'quantity', 'transaction_type']],
    [{ quantity: '5' }, ['quantity']],
    [{ quantity: 0 }, ['quantity']],
    [{ quantity: -1 }, ['quantity']],
    [{ quantity: 1e12 }, ['quantity']],
    [{ quantity: 0, transaction_type: 'ADJUSTMENT' }, ['quantity']],
    [{ quantity: 0, transaction_type: 'OUT' }, ['quantity']],
    [
      { quantity: -4, transaction_type: 'DAMAGE', product: 999_999, reference: 'ORD-1' },
      ['product', 'quantity', 'reference'],
    ],
    [{ reference: 'x'.repeat(101), notes: 7 }, ['notes', 'reference']],
  ]
  for (const [change, fields] of wrong) {
    const refused = await post({ ...good, ...change })
    assertFault(refused, 400, INVALID, refused.body.details)
    assert.deepEqual(Object.keys(refused.body.details).sort(), fields, JSON.stringify(change))
  }
  const positive = { quantity: ['Ensure this value is greater than or equal to 1.'] }
  assertFault(await post({ ...good, transaction_type: 'OUT', quantity: -2 }), 400, INVALID, positive)
  const missing = await post({})
  assert.deepEqual(Object.keys(missing.body.details).sort(), ['product', 'quantity', 'transaction_type'])
  assert.equal((await list(`product=${id}`)).body.count, 1, 'nothing but the stock at first')
})

test('MP-103 stock never falls below zero: how much there is is told, and nothing is written', async () => {
  const kettle = await product({ stock: 3 })
  const tooMuch = await post({ product: kettle.id, transaction_type: 'OUT', quantity: 4 })
  assertFault(tooMuch, 400, 'Insufficient stock.', { available: 3 })
  assertFault(
    await post({ product: kettle.id, transaction_type: 'ADJUSTMENT', quantity: -4 }),
    400,
    'Insufficient stock.',
    {
      available: 3,
    },
  )
  assert.deepEqual([await stockOf(kettle), (await list(`product=${kettle.id}`)).body.count], [3, 1])
})

test('MP-103 of twenty that take three of ten at once, three do; twenty that add lose nothing', async () => {
  const kettle = await product({ stock: 10 })
  const at = (transaction_type: string, quantity: number) =>
    Promise.all(Array.from({ length: 20 }, () => post({ product: kettle.id, transaction_type, quantity })))
  const taken = await at('OUT', 3)
  assert.deepEqual(taken.map(({ status }) => status).sort(), [201, 201, 201, ...Array.from({ length: 17 }, () => 400)])
  assert.equal(await stockOf(kettle), 1)
  assert.ok((await at('RETURN', 2)).every(({ status }) => status === 201))
  assert.equal(await stockOf(kettle), 41)
  assert.equal((await list(`product=${kettle.id}`)).body.count, 24)
})

test('MP-105 a foreign product is 403, an unknown one 400; of several variants one is named', async () => {
  const kettle = await product({ price: undefined, price_weights: '100-50g,180-100g', stock: 4 })
  const good = { product: kettle.id, transaction_type: 'OUT', quantity: 1 }
  assertFault(await post(good), 400, INVALID, {
    product_variant: ['This product has several variants: one has to be named.'],
  })
  const [first] = (await server.call('GET', `/api/products/${kettle.id}/variants/`, { token: seller.access })).body
    .results
  const { data } = (await post({ ...good, product_variant: first.id })).body
  assert.deepEqual([data.product_variant, data.stock_after], [first.id, 1])
  assert.deepEqual(await lines(`product_variant=${first.id}&transaction_type=OUT`), [['OUT', 1, 1, '']])
  const elsewhere = { ...good, product: (await product()).id, product_variant: first.id }
  assertFault(await post(elsewhere), 400, INVALID, { product_variant: ['Variant not found.'] })
  assertFault(await post({ ...good, product: 999_999 }), 400, INVALID, { product: ['Product not found.'] })
  const other = await signedUp(server, { isSeller: true })
  const shops = await product({}, staff.access)
  for (const body of [good, { ...good, product_variant: first.id }, { ...good, product: shops.id }])
    assertFault(await post(body, { token: other.access }), 403, NOT_ALLOWED.detail)
  assert.equal((await post({ ...good, product_variant: first.id }, { token: staff.access })).status, 201)
})

test('MP-104 a posting by hand cannot take the number of an order for its reference', async () => {
  const kettle = await product({ stock: 10 })
  const { answer, buyer } = await buy(server, await stocked(kettle), 4)
  const reference: string = answer.body.order_number
  for (const taken of [reference, reference.toLowerCase(), ` ${reference}`])
    assertFault(
      await post({ product: kettle.id, transaction_type: 'RETURN', quantity: 4, reference: taken }),
      400,
      INVALID,
      {
        reference: ['This is the number of an order; stock that is posted by hand cannot name it.'],
      },
    )
  await server.call('POST', `/api/v1/orders/${reference}/cancel/`, { token: buyer.access, body: {} })
  assert.deepEqual(await lines(`product=${kettle.id}`), [
    ['RETURN', 4, 10, reference],
    ['OUT', 4, 6, reference],
    ['IN', 10, 10, ''],
  ])
})

/** As the shelf knows it. */
async function stocked({ id, slug }: Product) {
  const { rows } = await sql<{ id: number; sku: string }>`
    select id, sku from catalog.variants where product_id = ${id}`.execute(server.shop.db)
  const [{ id: variantId, sku }] = rows as [{ id: number; sku: string }]
  return { id, slug, name: slug, variantId, sku, variantIds: [variantId] }
}

test('MP-104 lines cannot be changed or deleted', async () => {
  for (const method of ['PUT', 'PATCH', 'DELETE'] as const) {
    const refused = await server.call(method, TRANSACTIONS, { token: staff.access, body: {} })
    assertFault(refused, 405, `Method "${method}" not allowed.`)
    assert.equal((await server.call(method, `${TRANSACTIONS}1/`, { token: staff.access, body: {} })).status, 404)
  }
})

test('MP-100 a seller sees the lines of his own products, the shop all, the newest first and by what is asked', async () => {
  const other = await signedUp(server, { isSeller: true })
  const [mine, foreign] = [await product({ stock: 3 }, other.access), await product({ stock: 4 })]
  const as = other.access
  await post({ product: mine.id, transaction_type: 'DAMAGE', quantity: 1 }, { token: as })
  const all = [
    ['DAMAGE', 1, 2, ''],
    ['IN', 3, 3, ''],
  ]
  assert.deepEqual(await lines('', as), all)
  assert.deepEqual(await lines(`product=${mine.slug}`, as), all)
  assert.deepEqual(await lines(`product=${foreign.id}`, as), [])
  assert.deepEqual(await lines(`product=${mine.id}`, staff.access), all)
  assert.deepEqual(await lines('transaction_type=IN&product=&product_variant=', as), [all[1]])
  const today = server.shop.now().toISOString().slice(0, 10)
  assert.deepEqual(await lines(`start_date=${today}&end_date=${today}`, as), all)
  assert.deepEqual(await lines('end_date=2020-01-01', as), [])
  const { results, ...page } = (await list('page_size=1&page=2', as)).body
  assert.deepEqual([results.length, page.count, page.next, page.current_page, page.total_pages], [1, 2, null, 2, 2])
  assertFault(await list('page=9', as), 404, 'Invalid page.')
  const wrong = await list('transaction_type=TRANSFER&product_variant=x&start_date=2026-02-30&end_date=soon')
  assertFault(wrong, 400, INVALID, {
    transaction_type: ['"TRANSFER" is not a valid choice.'],
    product_variant: ['A valid integer is required.'],
    start_date: ['Date has wrong format. Use YYYY-MM-DD.'],
    end_date: ['Date has wrong format. Use YYYY-MM-DD.'],
  })
})

test('MP-100 the halves of a transfer are told, and found, as adjustments with its reference', async () => {
  const kettle = await product({ stock: 9 })
  const keeper = await stockKeeper(server)
  const to_location = await keeper.addLocation('SHOP')
  const items = [{ product_id: kettle.id, quantity: 2 }]
  const { reference } = (await keeper.ask('POST', '/transfers/', { from_location: 'MAIN', to_location, items })).body
  await post({ product: kettle.id, transaction_type: 'ADJUSTMENT', quantity: -1 })
  assert.deepEqual(await lines(`product=${kettle.id}&transaction_type=ADJUSTMENT`), [
    ['ADJUSTMENT', -1, 6, ''],
    ['ADJUSTMENT', 2, 2, reference],
    ['ADJUSTMENT', -2, 7, reference],
  ])
})

test('MP-005 MP-007 MP-100 customers are 403, who is not signed in 401', async () => {
  const customer = await signedUp(server)
  for (const method of ['GET', 'POST'] as const) {
    const body = method === 'POST' ? { body: {} } : {}
    const nobody = await server.call(method, TRANSACTIONS, body)
    assertFault(nobody, 401, 'Authentication credentials were not provided.')
    assertFault(await server.call(method, TRANSACTIONS, { token: customer.access, ...body }), 403, NOT_ALLOWED.detail)
  }
})

test('MP-101 V1-303 the same key posts once, however often it is sent at once', async () => {
  const kettle = await product({ stock: 3 })
  const headers = { 'idempotency-key': 'once' }
  const body = { product: kettle.id, transaction_type: 'OUT', quantity: 2 }
  const all: Called[] = await Promise.all(Array.from({ length: 10 }, () => post(body, { headers })))
  assert.deepEqual(new Set(all.map(({ status }) => status)), new Set([201]))
  assert.equal(new Set(all.map((called) => JSON.stringify(called.body))).size, 1)
  assert.equal(await stockOf(kettle), 1)
  const reused = await post({ ...body, quantity: 1 }, { headers })
  assertFault(reused, 409, 'This idempotency key was already used for a different request.')
})
