import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { search } from '#commerce/browse'
import { receiveStock } from '#commerce/inventory'
import { countingStatements, inTransaction } from '#platform/database'
import { stockedArticle } from '../../../../test/goods.ts'
import { openTestShop, type TestShop } from '../../../../test/shop.ts'

let shop: TestShop
before(async () => {
  shop = await openTestShop()
})
after(() => shop.close())

const request = { text: 'article', filter: {}, window: { limit: 20, offset: 0 }, currency: 'USD', wantsFacets: false }

async function statementsOfSearch(text = request.text) {
  const counter = { statements: 0 }
  const { rows } = await countingStatements(counter, () => search(shop, { ...request, text }))
  return { statements: counter.statements, names: rows.map(({ name }) => name) }
}

test('V1-405 a change of stock makes a search look again, and not ask anew what its words mean', async () => {
  const article = await stockedArticle(shop, { quantity: 0 })
  const first = await statementsOfSearch()
  assert.deepEqual(first.names, [article.name])
  const kept = await statementsOfSearch()
  assert.ok(kept.statements < first.statements, `${kept.statements} and ${first.statements}`)
  await inTransaction(shop.db, (tx) => receiveStock(tx, [{ ...article, quantity: 3 }], { notes: '' }, shop.now()))
  const again = await statementsOfSearch()
  assert.ok(again.statements > kept.statements && again.statements < first.statements)
})

test('V1-405 a word that comes, and one that means the same, are found at once', async () => {
  await statementsOfSearch('lantern')
  const { productId, name } = await stockedArticle(shop)
  assert.deepEqual((await statementsOfSearch('lantern')).names, [])
  await sql`update catalog.products set description = 'A lantern.' where id = ${productId}`.execute(shop.db)
  assert.deepEqual((await statementsOfSearch('lantern')).names, [name])
})
