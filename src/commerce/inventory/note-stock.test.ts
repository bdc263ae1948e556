// Whatever changes stock says of which products, so that nobody shows an old number (NX-142).
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { listenToChanges } from '#platform/changes'
import { inTransaction, type Tx } from '#platform/database'
import { type StockedProduct, stockedProduct } from '../../../test/products.ts'
import { refusalOf } from '../../../test/refusals.ts'
import { openTestShop, type TestShop } from '../../../test/shop.ts'
import {
  addLocation,
  changeLocation,
  changeThreshold,
  postMovement,
  receiveStock,
  returnStock,
  takeStock,
  transferStock,
} from './index.ts'

let shop: TestShop
let product: StockedProduct
const told: string[] = []
before(async () => {
  shop = await openTestShop()
  product = await stockedProduct({ shop })
  listenToChanges(shop.db, async (changes) => {
    told.push([...changes].join(' '))
  })
})
beforeEach(() => {
  told.length = 0
})
after(() => shop.close())

const lineOf = (quantity: number) => ({ ...product, productId: product.id, quantity })
const step = (work: (tx: Tx) => Promise<void>) => inTransaction(shop.db, work)
const post = (delta: number) =>
  postMovement(shop, { productId: product.id, movement: 'ADJUSTMENT', delta, recordedBy: 1 })

test('NX-142 goods that come in, orders, returns and adjustments name the product, once', async () => {
  const expected = [`stock product:${product.id}`]
  const deeds = [
    () => step((tx) => receiveStock(tx, [lineOf(1), lineOf(1)], {}, shop.now())),
    () => step((tx) => takeStock(tx, [lineOf(3)], 'ORD-1', shop.now())),
    () => step((tx) => returnStock(tx, 'ORD-1', shop.now())),
    () => post(-1),
    () => changeThreshold(shop, { productId: product.id, threshold: 2 }),
  ]
  for (const deed of deeds) {
    await deed()
    assert.deepEqual(told.splice(0), expected, String(deed))
  }
})

test('NX-142 what changes nothing names none', async () => {
  await step((tx) => returnStock(tx, 'ORD-1', shop.now()))
  const refused = step((tx) => takeStock(tx, [lineOf(999)], 'ORD-2', shop.now()))
  assert.equal((await refusalOf(refused)).code, 'out_of_stock')
  await refusalOf(post(-999))
  assert.deepEqual(told, [])
})

test('NX-142 a transfer names its products, and so does a location that is shut', async () => {
  const { id } = await addLocation(shop, { code: 'SHOP', name: 'Shop' })
  await changeLocation(shop, id, { isActive: false })
  assert.deepEqual(told, [])
  const items = [{ productId: product.id, quantity: 2 }]
  await transferStock(shop, { from: 'MAIN', to: id, items, recordedBy: 1 })
  await changeLocation(shop, id, { isActive: true })
  assert.deepEqual(told, [`stock product:${product.id}`, `stock product:${product.id}`])
})

test('V1-300 all articles of which there is too little are told', async () => {
  const other = await stockedProduct({ shop }, { stock: 1 })
  const lines = [lineOf(999), { ...other, productId: other.id, quantity: 2 }]
  const { details } = await refusalOf(step((tx) => takeStock(tx, lines, 'ORD-3', shop.now())))
  const items = details.items as { productId: number; requested: number; available: number }[]
  assert.deepEqual(
    items.map(({ productId, requested, available }) => [productId, requested, available]),
    [
      [product.id, 999, 11],
      [other.id, 2, 1],
    ],
  )
  assert.deepEqual([details.name, details.available], [product.name, 11])
})
