import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createCategory } from '#commerce/catalog'
import { inTransaction } from '#platform/database'
import { staffMember } from '../../../../test/accounts.ts'
import { openTestServer, type TestServer } from '../../../../test/server.ts'
import { tea } from '../../../../test/storefront-shopper.ts'

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(() => server.close())

test('SF-459 figures of products are those of a category, by its code, its id, its slug or its name', async () => {
  const { access: token } = await staffMember(server)
  const leaves = await inTransaction(server.shop.db, (tx) => createCategory(tx, { name: 'Loose Leaves', code: '007' }))
  const [inside, outside] = [await tea(server, { categoryId: leaves.id }), await tea(server)]
  for (const { id } of [inside, outside]) await server.call('GET', `/api/products/${id}/`)
  await server.shop.trail.flush()
  const listed = async (category: string) => {
    const path = `/api/admin/core/productanalytics/?category=${encodeURIComponent(category)}`
    const { body } = await server.call('GET', path, { token })
    return body.results.map((row: { product: { id: number } }) => row.product.id)
  }
  for (const name of ['007', String(leaves.id), leaves.slug, 'loose LEAVES'])
    assert.deepEqual(await listed(name), [inside.id], name)
  assert.deepEqual(await listed('008'), [])
  assert.equal((await listed('')).length, 2)
})
