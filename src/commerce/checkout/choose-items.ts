import { findOffers, findOffersOfProducts } from '#commerce/browse'
import type { Db } from '#platform/database'
import { invalidFields } from '#platform/refusal.ts'

/** Without a variant the product's first one is meant. */
export type Item = { productId: number; variantId?: number | undefined; quantity: number }

/**
 * Which variants are meant by a list of items, in two statements; the same one twice adds up. Refuses (`items`) products that are not sold
 * (`product_not_sellable`) and variants of another product (`variant_not_sellable`).
 */
export async function chooseItems(db: Db, items: Item[]): Promise<{ variantId: number; quantity: number }[]> {
  const named = await findOffers(
    db,
    items.flatMap(({ variantId }) => variantId ?? []),
  )
  const firsts = await findOffersOfProducts(
    db,
    items.filter(({ variantId }) => variantId === undefined).map(({ productId }) => productId),
  )
  const wanted = new Map<number, number>()
  for (const { productId, variantId, quantity } of items) {
    const offer = (variantId === undefined ? firsts : named).find(
      (each) => each.productId === productId && (variantId === undefined || each.variantId === variantId),
    )
    if (!offer?.isSellable)
      throw invalidFields({ items: variantId === undefined ? 'product_not_sellable' : 'variant_not_sellable' })
    wanted.set(offer.variantId, (wanted.get(offer.variantId) ?? 0) + quantity)
  }
  return [...wanted].map(([variantId, quantity]) => ({ variantId, quantity }))
}
