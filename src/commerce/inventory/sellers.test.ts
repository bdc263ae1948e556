// What a seller may deal with: his own products alone. The marketplace asks by these.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { signedUp } from '../../../test/accounts.ts'
import { type StockedProduct, stockedProduct } from '../../../test/products.ts'
import { why } from '../../../test/refusals.ts'
import { openTestShop, type TestShop } from '../../../test/shop.ts'
import { changeThreshold, listAlerts, listLedger, listLevels, postMovement } from './index.ts'

const page = { limit: 20, offset: 0 }
let shop: TestShop
let sellerId: number
let own: StockedProduct
let foreign: StockedProduct
before(async () => {
  shop = await openTestShop()
  sellerId = (await signedUp({ shop }, { isSeller: true })).accountId
  own = await stockedProduct({ shop }, { stock: 3 })
  foreign = await stockedProduct({ shop }, { stock: 3 })
  await sql`update catalog.products set seller_id = ${sellerId} where id = ${own.id}`.execute(shop.db)
})
after(() => shop.close())

test('MP-100 MP-106 a seller sees levels, ledger and alerts of his own products', async () => {
  for (const list of [listLevels, listLedger, listAlerts]) {
    const { rows, count } = await list(shop.db, { sellerId }, page)
    assert.deepEqual([rows.map(({ productId }) => productId), count], [[own.id], 1])
    assert.equal((await list(shop.db, {}, page)).count, 2)
  }
})

test('MP-105 a seller changes the stock and the threshold of his own products alone', async () => {
  const posting = { movement: 'IN', delta: 2, recordedBy: sellerId, sellerId } as const
  assert.equal(await why(postMovement(shop, { ...posting, productId: foreign.id })), 'foreign_product')
  assert.equal(await why(changeThreshold(shop, { productId: foreign.id, threshold: 1, sellerId })), 'foreign_product')
  assert.equal((await postMovement(shop, { ...posting, productId: own.id, reference: 'PO-7' })).balanceAfter, 5)
  await changeThreshold(shop, { productId: own.id, threshold: 1, sellerId })
  const [alert] = (await listAlerts(shop.db, { sellerId }, page)).rows
  assert.notEqual(alert!.resolvedAt, null)
})

test('MP-103 how much is left is told where there is too little', async () => {
  const posting = { productId: own.id, movement: 'OUT', delta: -6, recordedBy: sellerId, sellerId } as const
  const refused = await postMovement(shop, posting).catch((error) => error)
  assert.deepEqual([refused.code, refused.details.available], ['insufficient_stock', 5])
})
