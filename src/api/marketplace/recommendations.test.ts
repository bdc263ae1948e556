import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { createCategory } from '#commerce/catalog'
import { examine } from '#commerce/doctor'
import { learnPopular, learnTastes } from '#commerce/recommendations'
import { inTransaction } from '#platform/database'
import { type SignedUp, signedUp } from '../../../test/accounts.ts'
import { ADDRESS } from '../../../test/goods.ts'
import { type StockedProduct, stockedProduct } from '../../../test/products.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(async () => {
  const { broken } = await examine(server.shop.db)
  await server.close()
  assert.deepEqual(broken, [])
})

const USER = '/api/recommendations/user/'
const ask = ({ access: token }: SignedUp, path = USER) => server.call('GET', path, { token })
const wish = ({ access: token }: SignedUp, { id }: StockedProduct) =>
  server.call('POST', '/api/recommendations/interactions/', {
    token,
    body: { product_id: id, interaction_type: 'WISHLIST' },
  })
const idsOf = (body: { data: { recommended_product: { id: number } }[] }) =>
  body.data.map(({ recommended_product }) => recommended_product.id)
const recommendedTo = async (user: SignedUp, path?: string): Promise<number[]> => idsOf((await ask(user, path)).body)

async function order({ access: token }: SignedUp, product: StockedProduct): Promise<string> {
  await server.call('POST', '/api/v1/cart/items/', { token, body: { product_id: product.id, quantity: 1 } })
  const body = { shipping_address: ADDRESS, payment_method: 'cod' }
  const placed = await server.call('POST', '/api/v1/orders/', { token, body })
  assert.equal(placed.status, 201)
  return placed.body.order_number
}

/** Two products that six people wished for one after the other, and one that one of them wished for as well. */
async function likedTogether() {
  const [lamp, shade, hammer] = [
    await stockedProduct(server),
    await stockedProduct(server),
    await stockedProduct(server),
  ]
  for (let n = 0; n < 6; n += 1) {
    const somebody = await signedUp(server)
    for (const product of n === 0 ? [lamp, hammer, shade] : [lamp, shade]) await wish(somebody, product)
  }
  await learnTastes(server.shop)
  return { lamp, shade, hammer }
}

async function categoryWith(count: number): Promise<{ categoryId: number; products: StockedProduct[] }> {
  const name = `Shelf ${Math.random()}`
  const { id: categoryId } = await inTransaction(server.shop.db, (tx) => createCategory(tx, { name }))
  const products: StockedProduct[] = []
  for (let n = 0; n < count; n += 1) products.push(await stockedProduct(server, { categoryId }))
  return { categoryId, products }
}

test('MP-150 MP-153 what those liked who liked the same comes first, with falling scores between 0 and 1', async () => {
  const { lamp, shade, hammer } = await likedTogether()
  const user = await signedUp(server, { surface: 'marketplace' })
  await wish(user, lamp)
  const { status, body } = await ask(user, `${USER}?algorithm=collaborative`)
  assert.equal(status, 200)
  assert.deepEqual(idsOf(body).slice(0, 2), [shade.id, hammer.id])
  const [first] = body.data
  assert.equal(first.algorithm, 'collaborative_filtering')
  assert.equal(first.product, null)
  assert.equal(first.recommended_product.title, shade.name)
  assert.match(first.generated_at, /^\d{4}-\d\d-\d\dT/)
  const scores = body.data.map(({ score }: { score: number }) => score)
  assert.ok(scores[0] > 0.2 && scores[0] <= 1, `${scores[0]}`)
  assert.deepEqual(
    scores,
    scores.toSorted((one: number, other: number) => other - one),
  )
})

test('MP-150 the limit is ten, at most fifty; another algorithm and a limit below one are refused', async () => {
  const user = await signedUp(server, { surface: 'marketplace' })
  for (let n = 0; n < 12; n += 1) await stockedProduct(server)
  assert.equal((await recommendedTo(user)).length, 10)
  assert.equal((await recommendedTo(user, `${USER}?limit=3`)).length, 3)
  assert.ok((await recommendedTo(user, `${USER}?limit=5000`)).length <= 50)
  for (const query of ['limit=0', 'limit=-1', 'limit=few', 'algorithm=magic']) {
    const { status, body } = await ask(user, `${USER}?${query}`)
    assert.equal(status, 400, query)
    assert.deepEqual(Object.keys(body.details), [query.split('=')[0]])
  }
  assert.equal((await server.call('GET', USER)).status, 401)
})

test('MP-151 what is like a product: of its category and what was liked with it, never itself', async () => {
  const { products } = await categoryWith(3)
  const user = await signedUp(server, { surface: 'marketplace' })
  const path = `/api/recommendations/product/${products[0]!.id}/`
  const { body } = await ask(user, `${path}?algorithm=content_based`)
  assert.deepEqual(idsOf(body).slice(0, 2).toSorted(), [products[1]!.id, products[2]!.id].toSorted())
  assert.equal(body.data[0].algorithm, 'content_based')
  assert.equal(body.data[0].product, products[0]!.id)
  assert.ok(!idsOf(body).includes(products[0]!.id))
  assert.equal((await ask(user, '/api/recommendations/product/999999999/')).status, 404)
  assert.equal((await ask(user, `${path}?limit=0`)).status, 400)
  assert.equal((await server.call('GET', path)).status, 401)
})

test('MP-152 a front end tells of what was looked at and wished for, and of nothing else', async () => {
  const user = await signedUp(server, { surface: 'marketplace' })
  const { id: product_id } = await stockedProduct(server)
  const tell = (body: object) => server.call('POST', '/api/recommendations/interactions/', { token: user.access, body })
  assert.equal((await tell({ product_id, interaction_type: 'VIEW', value: 3 })).status, 201)
  assert.equal((await tell({ product_id, interaction_type: 'WISHLIST' })).status, 201)
  for (const interaction_type of ['PURCHASE', 'ADD_TO_CART', 'RATING', 'nonsense', ''])
    assert.equal((await tell({ product_id, interaction_type })).status, 400, interaction_type)
  assert.equal((await tell({ interaction_type: 'VIEW' })).status, 400)
  assert.equal((await tell({ product_id: 999_999_999, interaction_type: 'VIEW' })).status, 404)
  await server.shop.trail.flush()
  const { rows } = await sql<{ kind: string; value: number }>`
    select kind, value from analytics.interactions where account_id = ${user.accountId} order by id`.execute(
    server.shop.db,
  )
  assert.deepEqual(rows, [
    { kind: 'VIEW', value: 3 },
    { kind: 'WISHLIST', value: 1 },
  ])
})

test('MP-153 nothing is recommended that is sold out, hidden or bought; a cancelled order counts as none', async () => {
  const { products } = await categoryWith(5)
  const [seen, soldOut, hidden, bought, left] = products as [
    StockedProduct,
    StockedProduct,
    StockedProduct,
    StockedProduct,
    StockedProduct,
  ]
  const user = await signedUp(server)
  await wish(user, seen)
  assert.equal((await recommendedTo(user, `${USER}?limit=50`)).filter((id) => id === soldOut.id).length, 1)
  await sql`update inventory.levels set on_hand = 0 where product_id = ${soldOut.id}`.execute(server.shop.db)
  await sql`update catalog.products set is_active = false where id = ${hidden.id}`.execute(server.shop.db)
  const number = await order(user, bought)
  const shown = await recommendedTo(user, `${USER}?limit=50`)
  assert.equal(shown[0], left.id)
  for (const { id } of [soldOut, hidden, bought]) assert.ok(!shown.includes(id), String(id))
  await server.call('POST', `/api/v1/orders/${number}/cancel/`, { token: user.access, body: {} })
  assert.ok((await recommendedTo(user, `${USER}?limit=50`)).includes(bought.id))
  await sql`delete from inventory.ledger where product_id = ${soldOut.id}`.execute(server.shop.db)
})

test('MP-154 without data the list is what is popular, then what is well rated', async () => {
  const star = await stockedProduct(server)
  for (let n = 0; n < 30; n += 1) await wish(await signedUp(server), star)
  await server.shop.trail.flush()
  await learnPopular(server.shop)
  const { body } = await ask(await signedUp(server, { surface: 'marketplace' }))
  assert.equal(body.data[0].recommended_product.id, star.id)
  assert.equal(body.data[0].score, 1)
  assert.deepEqual([...new Set(body.data.map(({ algorithm }: { algorithm: string }) => algorithm))], ['popular'])
  assert.equal(body.data.length, 10)
})

test('MP-155 an interaction influences the next call; without one the answer is kept', async () => {
  const { products: jars } = await categoryWith(3)
  const { products: ropes } = await categoryWith(3)
  const user = await signedUp(server, { surface: 'marketplace' })
  const idsAs = (list: StockedProduct[]) => list.slice(1).map(({ id }) => id)
  await wish(user, jars[0]!)
  const first = await ask(user)
  assert.deepEqual(idsOf(first.body).slice(0, 2).toSorted(), idsAs(jars).toSorted())
  const again = await ask(user)
  assert.equal(again.body.data[0].generated_at, first.body.data[0].generated_at)
  // Looking at the page of a product is an interaction, too.
  await server.call('GET', `/api/products/${ropes[0]!.id}/`, { token: user.access })
  const next = await ask(user)
  assert.ok(next.body.data[0].generated_at > first.body.data[0].generated_at)
  for (const id of idsAs(ropes)) assert.ok(idsOf(next.body).slice(0, 4).includes(id))
  server.shop.pass(6 * 60_000)
  assert.ok((await ask(user)).body.data[0].generated_at > next.body.data[0].generated_at)
})

test('MP-156 MP-175 what was worked out is stored, for products and accounts; who leaves is forgotten', async () => {
  const { lamp, shade } = await likedTogether()
  const user = await signedUp(server)
  await wish(user, lamp)
  await ask(user)
  const rowsOf = async (column: string, id: number) =>
    (
      await sql<{ recommendedId: number; algorithm: string; score: number }>`
        select recommended_id, algorithm, score from recommendations.product_recommendations
        where ${sql.id(column)} = ${id} order by score desc`.execute(server.shop.db)
    ).rows
  const [ofProduct] = await rowsOf('product_id', lamp.id)
  assert.deepEqual([ofProduct?.recommendedId, ofProduct?.algorithm], [shade.id, 'collaborative'])
  const [ofAccount] = await rowsOf('account_id', user.accountId)
  assert.deepEqual([ofAccount?.recommendedId, ofAccount?.algorithm], [shade.id, 'hybrid'])
  const { status } = await server.call('DELETE', '/api/v1/users/me/', {
    token: user.access,
    body: { password: user.password },
  })
  assert.equal(status, 204)
  assert.deepEqual(await rowsOf('account_id', user.accountId), [])
})
