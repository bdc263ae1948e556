import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { addToCart, dropStaleGuestCarts, mergeCarts, readCart } from '#commerce/cart'
import { signedUp } from '../../../test/accounts.ts'
import { stockedProduct } from '../../../test/products.ts'
import { openTestShop, type TestShop } from '../../../test/shop.ts'

let shop: TestShop
before(async () => {
  shop = await openTestShop()
})
after(() => shop.close())

const newAccount = async () => ({ accountId: (await signedUp({ shop })).accountId })
async function guestWith(productId: number, quantity: number): Promise<string> {
  return (await addToCart(shop, undefined, { productId, quantity })).token!
}

test('V1-256 an account without a cart gets the whole guest cart, prices as they were put in', async () => {
  const product = await stockedProduct({ shop }, { name: 'Vase', currency: 'INR', priceMinor: 5000 })
  const token = await guestWith(product.id, 2)
  await sql`update catalog.variants set price_minor = 6000 where product_id = ${product.id}`.execute(shop.db)
  const { accountId } = await newAccount()
  const cart = await mergeCarts(shop, accountId, token)
  assert.equal(cart.currency, 'INR')
  assert.equal(cart.totalMinor, 12_000)
  assert.equal(cart.token, null)
  assert.deepEqual(cart.warnings, [
    { code: 'price_changed', name: 'Vase', fromMinor: 5000, toMinor: 6000, currency: 'INR' },
  ])
})

test('V1-256 a token that was never issued, or is expired, changes nothing and makes no cart', async () => {
  const product = await stockedProduct({ shop })
  const token = await guestWith(product.id, 2)
  const owner = await newAccount()
  assert.equal((await mergeCarts(shop, owner.accountId, 'made up')).id, null)
  shop.pass(31 * 86_400_000)
  assert.equal((await mergeCarts(shop, owner.accountId, token)).id, null)
})

test('V1-256 what cannot come along stays behind with a warning; nothing of the account is taken away', async () => {
  const [chair, gone, soldOut] = [
    await stockedProduct({ shop }, { name: 'Chair' }),
    await stockedProduct({ shop }, { name: 'Radio' }),
    await stockedProduct({ shop }, { name: 'Lamp' }),
  ]
  const owner = await newAccount()
  await addToCart(shop, owner, { productId: chair.id, quantity: 6 })
  const guest = { token: await guestWith(chair.id, 2) }
  await addToCart(shop, guest, { productId: gone.id, quantity: 1 })
  await addToCart(shop, guest, { productId: soldOut.id, quantity: 1 })
  await sql`update catalog.products set is_active = false where id = ${gone.id}`.execute(shop.db)
  await sql`update inventory.levels set on_hand = 0 where variant_id = any(${[chair.variantId, soldOut.variantId]}::bigint[])`.execute(
    shop.db,
  )
  const cart = await mergeCarts(shop, owner.accountId, guest.token)
  assert.deepEqual(
    cart.lines.map((line) => [line.offer.productName, line.quantity]),
    [['Chair', 6]],
  )
  assert.deepEqual(cart.warnings, [
    { code: 'unavailable', name: 'Radio' },
    { code: 'too_few_left', name: 'Lamp', available: 0 },
    { code: 'too_few_left', name: 'Chair', available: 0 },
  ])
})

test('V1-259 merging keeps one currency: that of the account where it has anything', async () => {
  const [dollars, rupees] = [
    await stockedProduct({ shop }),
    await stockedProduct({ shop }, { name: 'Sari', currency: 'INR' }),
  ]
  const owner = await newAccount()
  await addToCart(shop, owner, { productId: dollars.id, quantity: 1 })
  const cart = await mergeCarts(shop, owner.accountId, await guestWith(rupees.id, 1))
  assert.equal(cart.currency, 'USD')
  assert.deepEqual(
    cart.lines.map((line) => line.variantId),
    [dollars.variantId],
  )
  assert.deepEqual(cart.warnings, [{ code: 'other_currency', name: 'Sari', currency: 'INR' }])
})

test('V1-258 stale guest carts are dropped; fresh ones and those of accounts stay', async () => {
  const product = await stockedProduct({ shop })
  const owner = await newAccount()
  await addToCart(shop, owner, { productId: product.id, quantity: 1 })
  const stale = await guestWith(product.id, 1)
  await sql`
    insert into cart.carts (token_hash, created_at, updated_at)
    select 'stale ' || n, ${shop.now()}, ${shop.now()} from generate_series(1, 1100) n`.execute(shop.db)
  shop.pass(30 * 86_400_000 + 1000)
  const fresh = await guestWith(product.id, 1)
  assert.ok((await dropStaleGuestCarts(shop)) >= 1101)
  assert.equal(await dropStaleGuestCarts(shop), 0)
  // Read long ago: then also a guest cart that is expired but was not dropped is found.
  const reading = { now: new Date(0), currency: 'USD' }
  assert.equal((await readCart(shop.db, { token: stale }, reading)).id, null)
  assert.equal((await readCart(shop.db, { token: fresh }, reading)).itemCount, 1)
  assert.equal((await readCart(shop.db, owner, reading)).itemCount, 1)
})
