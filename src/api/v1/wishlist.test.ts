/** The wishlist through HTTP. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { type SignedUp, signedUp } from '../../../test/accounts.ts'
import { stockedProduct } from '../../../test/products.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(() => server.close())

const ITEMS = '/api/v1/wishlist/items/'
const wish = ({ access: token }: SignedUp, product_id: unknown) =>
  server.call('POST', ITEMS, { token, body: { product_id } })
const wishesOf = async ({ access: token }: SignedUp) => {
  const { status, body } = await server.call('GET', '/api/v1/wishlist/', { token })
  assert.equal(status, 200)
  assert.equal(body.count, body.items.length)
  return body.items
}
const idsOf = async (user: SignedUp): Promise<number[]> =>
  (await wishesOf(user)).map(({ product }: { product: { id: number } }) => product.id)
const remove = ({ access: token }: SignedUp, id: number | string) => server.call('DELETE', `${ITEMS}${id}/`, { token })
const move = ({ access: token }: SignedUp, id: number | string) =>
  server.call('POST', `${ITEMS}${id}/move-to-cart/`, { token })
const cartOf = async ({ access: token }: SignedUp) => (await server.call('GET', '/api/v1/cart/', { token })).body
const hide = (id: number) => sql`update catalog.products set is_active = false where id = ${id}`.execute(server.shop.db)

test('V1-400 a wish is kept once, the newest comes first, and everybody has a list of his own', async () => {
  const [user, other] = [await signedUp(server), await signedUp(server)]
  assert.deepEqual(await wishesOf(user), [])
  const [one, two] = [await stockedProduct(server), await stockedProduct(server, { priceMinor: 1250 })]
  const added = await wish(user, one.id)
  assert.deepEqual([added.status, added.body.product.id], [201, one.id])
  server.shop.pass(1000)
  assert.equal((await wish(user, two.id)).status, 201)
  server.shop.pass(1000)
  const again = await wish(user, one.id)
  assert.deepEqual([again.status, again.body], [200, added.body], 'the first day stays')
  const items = await wishesOf(user)
  assert.deepEqual(await idsOf(user), [two.id, one.id])
  const { body } = await server.call('GET', '/api/v1/products/?search=')
  assert.deepEqual(
    items[0].product,
    body.results.find(({ id }: { id: number }) => id === two.id),
    'a Product like any',
  )
  assert.deepEqual(await idsOf(other), [])
})

test('V1-400 a product that is not sold cannot be wished for; one that is hidden afterwards stays in sight', async () => {
  const user = await signedUp(server)
  const hidden = await stockedProduct(server, { isActive: false })
  const unsold = { product_id: ['Product not found or inactive.'] }
  for (const id of [hidden.id, 999_999, -1, Number.MAX_SAFE_INTEGER]) {
    const { status, body } = await wish(user, id)
    assert.deepEqual([status, body], [400, unsold])
  }
  assert.deepEqual((await wish(user, 'one')).body, { product_id: ['A valid integer is required.'] })
  assert.deepEqual((await wish(user, undefined)).body, { product_id: ['This field is required.'] })
  const product = await stockedProduct(server)
  await wish(user, product.id)
  await hide(product.id)
  assert.equal((await wishesOf(user))[0].product.is_active, false)
  const moved = await move(user, product.id)
  assert.deepEqual([moved.status, moved.body], [400, unsold])
  assert.deepEqual(await idsOf(user), [product.id])
  await sql`delete from catalog.products where id = ${product.id}`.execute(server.shop.db)
  assert.deepEqual(await idsOf(user), [])
})

test('V1-400 a wish is taken back once; of others nobody takes any', async () => {
  const [user, other] = [await signedUp(server), await signedUp(server)]
  const product = await stockedProduct(server)
  await wish(user, product.id)
  assert.equal((await remove(other, product.id)).status, 404)
  assert.equal((await move(other, product.id)).status, 404)
  assert.equal((await remove(user, product.id)).status, 204)
  const gone = await remove(user, product.id)
  assert.deepEqual([gone.status, gone.body], [404, { detail: 'Not found.' }])
  for (const id of ['x', '0', '9'.repeat(40)]) assert.equal((await remove(user, id)).status, 404)
  for (const [method, url] of [
    ['GET', '/api/v1/wishlist/'],
    ['POST', ITEMS],
    ['DELETE', `${ITEMS}1/`],
    ['POST', `${ITEMS}1/move-to-cart/`],
  ] as const) {
    assert.equal((await server.call(method, url)).status, 401)
  }
})

test('V1-400 what is moved to the cart is in it and no longer wished for; what adds up there adds up', async () => {
  const user = await signedUp(server)
  const product = await stockedProduct(server, { stock: 2 })
  for (const quantity of [1, 2]) {
    await wish(user, product.id)
    const { status, body } = await move(user, product.id)
    assert.deepEqual([status, body.items[0].quantity, body.items[0].product.id], [200, quantity, product.id])
    assert.deepEqual(await cartOf(user), body)
    assert.deepEqual(await idsOf(user), [])
  }
  await wish(user, product.id)
  const tooMany = await move(user, product.id)
  assert.deepEqual([tooMany.status, tooMany.body], [400, { quantity: ['Only 2 left in stock.'] }])
  assert.deepEqual(await idsOf(user), [product.id])
  const rupees = await stockedProduct(server, { currency: 'INR' })
  await wish(user, rupees.id)
  assert.deepEqual((await move(user, rupees.id)).body, {
    product_id: ['All items in a cart must use the same currency.'],
  })
  assert.deepEqual(await idsOf(user), [rupees.id, product.id])
  assert.equal((await move(user, 999_999)).status, 404)
})

test('V1-400 the same wish moved ten times at once is put into the cart once', async () => {
  for (let round = 0; round < 5; round += 1) {
    const user = await signedUp(server)
    const product = await stockedProduct(server)
    await wish(user, product.id)
    const moved = await Promise.all(Array.from({ length: 10 }, () => move(user, product.id)))
    assert.deepEqual(moved.map(({ status }) => status).sort(), [200, ...Array(9).fill(404)])
    assert.equal((await cartOf(user)).item_count, 1)
  }
})

test('V1-400 of twenty equal wishes at once one is new; five hundred are the most, also at once', async () => {
  const user = await signedUp(server)
  const product = await stockedProduct(server)
  const same = await Promise.all(Array.from({ length: 20 }, () => wish(user, product.id)))
  assert.deepEqual(same.map(({ status }) => status).sort(), [...Array(19).fill(200), 201])
  await sql`
    with many as (
      insert into catalog.products (name, slug, currency, price_minor, created_at, updated_at)
      select 'Many', 'many-' || number, 'USD', 1, now(), now() from generate_series(1, 497) number returning id)
    insert into customers.wishlist_items (account_id, product_id, added_at, price_minor)
    select ${user.accountId}, id, now(), 100 from many`.execute(server.shop.db)
  const more = await Promise.all(Array.from({ length: 5 }, () => stockedProduct(server)))
  const done = await Promise.all(more.map(({ id }) => wish(user, id)))
  assert.deepEqual(done.map(({ status }) => status).sort(), [201, 201, 400, 400, 400])
  assert.deepEqual(done.find(({ status }) => status === 400)!.body, {
    non_field_errors: ['A wishlist holds at most 500 products.'],
  })
  assert.equal((await wish(user, product.id)).status, 200)
  assert.equal((await wishesOf(user)).length, 500)
})
