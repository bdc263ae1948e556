/** Waiting for an article: it is told when it is there again, once; or each time that it costs less than was told before. */
import { findProductId, findProducts, findProductsWithVariants, type Handle, type ProductView } from '#commerce/browse'
import { type Db, inTransaction } from '#platform/database'
import { invalidFields, missing, Refusal } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import { deleteWatch, findWatch, findWatchesOf, insertWatch } from './queries.ts'
import { type Sold, soldOf } from './sold.ts'
import type { Watch, WatchKind } from './watch.ts'

/** What one account may wait for: all of it is one answer. */
const WATCHES_MAX = 200

export type WatchedProduct = Watch & { product: ProductView }
export type Wanted = { handle: Handle; variantId: number | null; kind: WatchKind }

/**
 * Waits for a product or one of its variants; who does already goes on. Refuses `product_not_found` for what is not shown,
 * `variant_id`: `variant_unknown`; `in_stock_already` where there is nothing to wait for; `too_many_watches`.
 */
export async function startWatch(
  app: App,
  accountId: number,
  { handle, variantId, kind }: Wanted,
): Promise<WatchedProduct & { isNew: boolean }> {
  const productId = await findProductId(app.db, handle, false)
  const [product] = productId === undefined ? [] : await findProductsWithVariants(app.db, [productId])
  if (!product) throw missing('product')
  const sold = soldOf(product).find((each) => each.variantId === variantId)
  if (!sold) throw invalidFields({ variant_id: 'variant_unknown' })
  const key = { accountId, productId: product.id, variantId, kind }
  return inTransaction(app.db, async (tx) => {
    const known = await findWatch(tx, key)
    if (known) return { ...known, product, isNew: false }
    const fresh = { ...key, priceMinor: priceFor(kind, sold), createdAt: app.now() }
    const watch = await insertWatch(tx, fresh, WATCHES_MAX)
    if (watch) return { ...watch, product, isNew: true }
    // Somebody else was quicker, or there are too many.
    const other = await findWatch(tx, key)
    if (!other) throw new Refusal('conflict', 'too_many_watches', 'There are too many alerts', { limit: WATCHES_MAX })
    return { ...other, product, isNew: false }
  })
}

function priceFor(kind: WatchKind, { isThere, priceMinor }: Sold): number | null {
  if (kind === 'price_drop') return priceMinor
  if (isThere) throw new Refusal('conflict', 'in_stock_already', 'It is in stock')
  return null
}

/** All of an account with their products as they are now, the newest first; hidden ones too. Two statements. */
export async function listWatches(db: Db, accountId: number): Promise<WatchedProduct[]> {
  const watches = await findWatchesOf(db, accountId)
  if (watches.length === 0) return []
  const products = await findProducts(db, [...new Set(watches.map(({ productId }) => productId))])
  const byId = new Map(products.map((product) => [product.id, product]))
  return watches.flatMap((watch) => {
    const product = byId.get(watch.productId)
    return product ? [{ ...watch, product }] : []
  })
}

/** Refuses `alert_not_found`, for those of others too. */
export async function stopWatch(app: App, accountId: number, id: number): Promise<void> {
  await inTransaction(app.db, async (tx) => {
    if (!(await deleteWatch(tx, accountId, id))) throw missing('alert')
  })
}
