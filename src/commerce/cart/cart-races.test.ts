import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import {
  addToCart,
  type Cart,
  type CartOwner,
  changeLine,
  mergeCarts,
  readCart,
  removeLine,
  takeLines,
} from '#commerce/cart'
import { inTransaction } from '#platform/database'
import { signedUp } from '../../../test/accounts.ts'
import { stockedProduct } from '../../../test/products.ts'
import { openTestShop, type TestShop } from '../../../test/shop.ts'

let shop: TestShop
before(async () => {
  shop = await openTestShop()
})
after(() => shop.close())

const cartOf = (owner: CartOwner) => readCart(shop.db, owner, { now: shop.now(), currency: 'USD' })
const newAccount = async () => ({ accountId: (await signedUp({ shop })).accountId })
const times = <Result>(count: number, work: (index: number) => Promise<Result>) =>
  Promise.allSettled(Array.from({ length: count }, (_, index) => work(index)))
const succeeded = (done: PromiseSettledResult<unknown>[]) => done.filter(({ status }) => status === 'fulfilled').length
const codesOf = (done: PromiseSettledResult<unknown>[]) =>
  new Set(done.flatMap((each) => (each.status === 'rejected' ? [each.reason.code ?? String(each.reason)] : [])))
const quantities = (cart: Cart) => Object.fromEntries(cart.lines.map((line) => [line.variantId, line.quantity]))

async function guestWith(...lines: [productId: number, quantity: number][]): Promise<string> {
  let token: string | undefined
  for (const [productId, quantity] of lines) {
    const cart: Cart = await addToCart(shop, token ? { token } : undefined, { productId, quantity })
    token = cart.token!
  }
  return token!
}

test('V1-258 twenty first adds at once make one cart, and add up exactly (V1-251)', async () => {
  const product = await stockedProduct({ shop }, { stock: 100 })
  const owner = await newAccount()
  const added = await times(20, () => addToCart(shop, owner, { productId: product.id, quantity: 2 }))
  assert.equal(succeeded(added), 20, [...codesOf(added)].join())
  const cart = await cartOf(owner)
  assert.deepEqual(quantities(cart), { [product.variantId]: 40 })
  const { rows } = await sql`select from cart.carts where account_id = ${owner.accountId}`.execute(shop.db)
  assert.equal(rows.length, 1)
})

test('V1-254 adds at once never hold more than there is in stock', async () => {
  const product = await stockedProduct({ shop }, { stock: 7 })
  const owner = await newAccount()
  const added = await times(20, () => addToCart(shop, owner, { productId: product.id, quantity: 2 }))
  assert.equal(succeeded(added), 3)
  assert.deepEqual(codesOf(added), new Set(['too_few_left']))
  assert.deepEqual(quantities(await cartOf(owner)), { [product.variantId]: 6 })
})

test('V1-251 a guest adds different articles at once: all are there', async () => {
  const products = await Promise.all(Array.from({ length: 8 }, () => stockedProduct({ shop })))
  const token = await guestWith([products[0]!.id, 1])
  const added = await times(8, (index) => addToCart(shop, { token }, { productId: products[index]!.id, quantity: 1 }))
  assert.equal(succeeded(added), 8)
  assert.equal((await cartOf({ token })).lines.length, 8)
})

test('V1-259 first adds of two currencies at once leave one currency', async () => {
  const products = [await stockedProduct({ shop }), await stockedProduct({ shop }, { currency: 'INR' })]
  for (let round = 0; round < 10; round += 1) {
    const owner = await newAccount()
    const added = await times(6, (index) => addToCart(shop, owner, { productId: products[index % 2]!.id, quantity: 1 }))
    assert.equal(succeeded(added), 3)
    assert.deepEqual(codesOf(added), new Set(['other_currency']))
    const { lines, currency } = await cartOf(owner)
    assert.deepEqual(
      lines.map(({ offer }) => offer.currency),
      [currency],
    )
  }
})

test('V1-256 the same token merged many times at once counts once, and deadlocks nobody', async () => {
  const [both, theirs] = [await stockedProduct({ shop }, { stock: 100 }), await stockedProduct({ shop })]
  const owner = await newAccount()
  await addToCart(shop, owner, { productId: both.id, quantity: 5 })
  const token = await guestWith([both.id, 3], [theirs.id, 2])
  const merged = await times(8, () => mergeCarts(shop, owner.accountId, token))
  assert.equal(succeeded(merged), 8, [...codesOf(merged)].join())
  assert.deepEqual(quantities(await cartOf(owner)), { [both.variantId]: 8, [theirs.variantId]: 2 })
  assert.equal((await cartOf({ token })).id, null)
})

test('V1-256 two accounts merge the same token: one of them gets it', async () => {
  const product = await stockedProduct({ shop })
  const owners = [await newAccount(), await newAccount()]
  const token = await guestWith([product.id, 4])
  const merged = await times(8, (index) => mergeCarts(shop, owners[index % 2]!.accountId, token))
  assert.equal(succeeded(merged), 8)
  const carts = await Promise.all(owners.map((owner) => cartOf(owner)))
  assert.deepEqual(carts.map((cart) => cart.itemCount).sort(), [0, 4])
})

test('V1-256 merges of several guests, adds and checkouts of one account at once lose and double nothing', async () => {
  const product = await stockedProduct({ shop }, { stock: 900 })
  const owner = await newAccount()
  const tokens = await Promise.all(Array.from({ length: 6 }, () => guestWith([product.id, 3])))
  let taken = 0
  const done = await times(18, async (index) => {
    if (index % 3 === 0) return mergeCarts(shop, owner.accountId, tokens[index / 3]!)
    if (index % 3 === 1) return addToCart(shop, owner, { productId: product.id, quantity: 1 })
    const { lines } = await inTransaction(shop.db, (tx) => takeLines(tx, owner, shop.now()))
    taken += lines.reduce((sum, line) => sum + line.quantity, 0)
    return lines
  })
  assert.equal(succeeded(done), 18, [...codesOf(done)].join())
  const { itemCount } = await cartOf(owner)
  assert.equal(taken + itemCount, 6 * 3 + 6)
})

test('SF-303 the same cart taken twice at once: one gets the lines, the other none', async () => {
  const product = await stockedProduct({ shop })
  const owner = await newAccount()
  await addToCart(shop, owner, { productId: product.id, quantity: 2 })
  const take = () => inTransaction(shop.db, (tx) => takeLines(tx, owner, shop.now()))
  const taken = await Promise.all([take(), take(), take(), take()])
  assert.deepEqual(taken.map(({ lines }) => lines.length).sort(), [0, 0, 0, 1])
  assert.deepEqual(
    taken.flatMap(({ lines }) => lines),
    [{ variantId: product.variantId, quantity: 2, unitPriceMinor: 1000 }],
  )
  assert.deepEqual((await cartOf(owner)).lines, [])
})

test('an order that is rolled back leaves the cart as it was', async () => {
  const product = await stockedProduct({ shop })
  const owner = await newAccount()
  const { addedVariantId: _, ...before } = await addToCart(shop, owner, { productId: product.id, quantity: 2 })
  await assert.rejects(
    inTransaction(shop.db, async (tx) => {
      await takeLines(tx, owner, shop.now())
      throw new Error('no')
    }),
    /^Error: no$/,
  )
  assert.deepEqual(await cartOf(owner), before)
})

test('V1-252 changes of a line at once leave one of the quantities', async () => {
  const product = await stockedProduct({ shop })
  const owner = await newAccount()
  const { lines } = await addToCart(shop, owner, { productId: product.id, quantity: 1 })
  const changed = await times(10, (index) => changeLine(shop, owner, lines[0]!.id, index === 5 ? 0 : index))
  assert.ok([...codesOf(changed)].every((code) => code === 'cart_line_not_found'))
  assert.ok(succeeded(changed) >= 1)
  assert.equal((await cartOf(owner)).lines.length, 0, 'a removed line does not come back')
})

test('V1-253 a line is removed once, however many remove it at once', async () => {
  const product = await stockedProduct({ shop })
  const owner = await newAccount()
  const first = await addToCart(shop, owner, { productId: product.id, quantity: 1 })
  const removed = await times(8, () => removeLine(shop, owner, first.lines[0]!.id))
  assert.equal(succeeded(removed), 1)
  const second = await addToCart(shop, owner, { productId: product.id, quantity: 1 })
  const emptied = await times(8, () => changeLine(shop, owner, second.lines[0]!.id, 0))
  assert.equal(succeeded(emptied), 1)
  assert.deepEqual(codesOf([...removed, ...emptied]), new Set(['cart_line_not_found']))
})

test('V1-254 an article that is deleted while it is added is simply not sold any more', async () => {
  const product = await stockedProduct({ shop })
  const owner = await newAccount()
  const done = await Promise.allSettled([
    ...Array.from({ length: 8 }, () => addToCart(shop, owner, { productId: product.id, quantity: 1 })),
    sql`delete from catalog.products where id = ${product.id}`.execute(shop.db),
  ])
  assert.ok(
    [...codesOf(done)].every((code) => code === 'product_not_sellable'),
    [...codesOf(done)].join(),
  )
  assert.deepEqual((await cartOf(owner)).lines, [])
})
