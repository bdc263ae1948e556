/** What somebody would like to have (V1-400). A product that is hidden meanwhile stays in sight, as one that is not sold. */
import { findProducts, type ProductView } from '#commerce/browse'
import { addToCart, type Cart } from '#commerce/cart'
import { type Db, inTransaction } from '#platform/database'
import { invalidFields, missing, Refusal } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import { lockCustomer } from './queries.ts'
import { deleteWish, findWishes, hasWish, insertWish } from './wishlist.queries.ts'

/** Products that one account may wish for: all of them are one answer. */
const WISHES_MAX = 500

export type WishedProduct = { product: ProductView; addedAt: Date }

/** All wishes of an account with their products as they are now, the newest first. Two statements. */
export async function readWishlist(db: Db, accountId: number): Promise<WishedProduct[]> {
  const wishes = await findWishes(db, accountId)
  if (wishes.length === 0) return []
  const products = await findProducts(
    db,
    wishes.map(({ productId }) => productId),
  )
  const addedAt = new Map(wishes.map((wish) => [wish.productId, wish.addedAt]))
  return products.map((product) => ({ product, addedAt: addedAt.get(product.id)! }))
}

/**
 * Wishes for a product; who does already keeps the day of the first time. Refuses `product_id`: `product_not_sellable` for
 * what is unknown or hidden, and `wishlist_full`.
 */
export async function addWish(
  app: App,
  accountId: number,
  productId: number,
): Promise<WishedProduct & { isNew: boolean }> {
  const [product] = await findProducts(app.db, [productId])
  if (!product?.isActive) throw notSellable()
  const added = await inTransaction(app.db, async (tx) => {
    await lockCustomer(tx, accountId)
    const wish = await insertWish(tx, accountId, { productId, priceMinor: product.priceMinor }, WISHES_MAX, app.now())
    if (!wish) throw new Refusal('conflict', 'wishlist_full', 'The wishlist is full', { limit: WISHES_MAX })
    return wish
  }).catch(refuseVanished)
  if (added.isNew) app.trail.note({ happenedAt: app.now(), kind: 'WISHLIST', accountId, productId })
  return { product, ...added }
}

/** Refuses `wish_not_found`. */
export async function removeWish(app: App, accountId: number, productId: number): Promise<void> {
  await inTransaction(app.db, async (tx) => {
    if (!(await deleteWish(tx, accountId, productId))) throw missing('wish')
  })
}

/**
 * Puts one of what is wished for into the account's cart; the wish goes, or where the cart refuses, stays. Refuses
 * `wish_not_found`, and as `addToCart` does.
 */
export async function moveWishToCart(app: App, accountId: number, productId: number): Promise<Cart> {
  if (!(await hasWish(app.db, accountId, productId))) throw missing('wish')
  return addToCart(app, { accountId }, { productId, quantity: 1 }, async (tx) => {
    // Moved or removed by another request since it was looked at: the cart stays as it was.
    if (!(await deleteWish(tx, accountId, productId))) throw missing('wish')
  })
}

const notSellable = () => invalidFields({ product_id: 'product_not_sellable' })

/** The product was deleted since it was looked at. */
function refuseVanished(error: unknown): never {
  const { code, constraint } = error as { code?: unknown; constraint?: unknown }
  throw code === '23503' && constraint === 'wishlist_items_product_id_fkey' ? notSellable() : error
}
