import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createBrand } from '#commerce/catalog'
import { inTransaction } from '#platform/database'
import { signedUp } from '../../../test/accounts.ts'
import { stockedProduct } from '../../../test/products.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(() => server.close())

const PATH = '/api/v1/recommendations/'

test('V1-395 what I may like is listed for me, filled with what is popular', async () => {
  const { access: token } = await signedUp(server)
  assert.equal((await server.call('GET', PATH)).status, 401)
  for (let n = 0; n < 12; n += 1) await stockedProduct(server)
  const { status, body } = await server.call('GET', PATH, { token })
  assert.equal(status, 200)
  assert.deepEqual(Object.keys(body), ['results'])
  assert.equal(body.results.length, 10)
  const [first] = body.results
  assert.deepEqual(Object.keys(first), ['product', 'score', 'algorithm'])
  assert.equal(first.algorithm, 'popular')
  assert.equal(typeof first.score, 'number')
  assert.equal(typeof first.product.price, 'string')
  assert.equal((await server.call('GET', `${PATH}?limit=2`, { token })).body.results.length, 2)
  assert.equal((await server.call('GET', `${PATH}?limit=0`, { token })).status, 400)
  assert.equal((await server.call('GET', `${PATH}?limit=x`, { token })).status, 400)
})

test('V1-395 what is like a product is for everybody, by id or slug; it is never the product itself', async () => {
  const { id: brandId } = await inTransaction(server.shop.db, (tx) => createBrand(tx, { name: 'Lamps & Sons' }))
  const origin = await stockedProduct(server, { brandId })
  const sister = await stockedProduct(server, { brandId })
  for (const handle of [origin.id, origin.slug]) {
    const { status, body } = await server.call('GET', `${PATH}products/${handle}/`)
    assert.equal(status, 200)
    assert.equal(body.results[0].product.id, sister.id)
    assert.equal(body.results[0].algorithm, 'hybrid')
    assert.ok(!body.results.some(({ product }: { product: { id: number } }) => product.id === origin.id))
  }
  assert.equal((await server.call('GET', `${PATH}products/999999999/`)).status, 404)
  assert.equal((await server.call('GET', `${PATH}products/${origin.id}/?limit=-2`)).status, 400)
})
