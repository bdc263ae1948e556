import type { Tx } from '#platform/database'
import { invalidFields } from '#platform/refusal.ts'
import { listPrice } from './prices.ts'
import type { LockedProduct, LockedVariant } from './products.queries.ts'
import { makeSku } from './sku.ts'
import { insertVariants, placeWeights } from './variants.queries.ts'
import { dropVariants, settle } from './variants.ts'

/** A variant as the storefront knows it: a weight, and what is asked for it. */
export type PriceWeight = {
  /** Of a variant that stays; without it the one of the same price and weight stays. */
  id?: number
  priceMinor: number
  /** What it is reduced from, null for a price that is not. Left out: as before, where what is asked stays. */
  compareAtMinor?: number | null
  weightLabel: string
}

/** A variant of a product after the change, in the order of the price weights. */
export type Kept = { id: number; sku: string; isNew: boolean }

/**
 * Makes these the variants of a locked product (SF-208, SF-216): one that is named by its id, or has the same price, reduced
 * or not, and weight, stays with its stock; the others go; new ones have no stock yet. Refuses an id that is not the product's, and one
 * that is named twice (`price_weights`).
 */
export async function replacePriceWeights(
  tx: Tx,
  product: LockedProduct,
  weights: PriceWeight[],
  ordered: ReadonlySet<number>,
  now: Date,
): Promise<Kept[]> {
  const matched = matchVariants(product.variants, weights)
  const added = await insertVariants(tx, product.id, weights.filter((_, index) => !matched[index]).map(toVariant))
  const kept = matched.map(
    (variant): Kept =>
      variant ? { id: variant.id, sku: variant.sku, isNew: false } : { ...added.shift()!, isNew: true },
  )
  await placeWeights(
    tx,
    kept.map(({ id }, index) => ({ id, ...weights[index]! })),
  )
  const gone = product.variants.map(({ id }) => id).filter((id) => !kept.some((variant) => variant.id === id))
  await dropVariants(tx, gone, ordered, now)
  await settle(tx, product.id, now)
  return kept
}

/** Those named by their id first, so that nobody else takes them for being of the same price and weight. */
function matchVariants(variants: LockedVariant[], weights: PriceWeight[]): (LockedVariant | undefined)[] {
  const free = new Map(variants.map((variant) => [variant.id, variant]))
  const take = (variant: LockedVariant | undefined) => {
    if (variant) free.delete(variant.id)
    return variant
  }
  const named = weights.map(({ id }) => {
    if (id === undefined) return undefined
    if (!free.has(id)) throw invalidFields({ price_weights: 'variant_unknown' })
    return take(free.get(id))
  })
  const alike = (weight: PriceWeight) => {
    const ofWeight = [...free.values()].filter((each) => each.weightLabel === weight.weightLabel)
    const list = weight.compareAtMinor ?? weight.priceMinor
    return (
      ofWeight.find((each) => each.priceMinor === weight.priceMinor) ??
      ofWeight.find((each) => listPrice(each) === list)
    )
  }
  return weights.map((weight, index) => named[index] ?? take(alike(weight)))
}

const toVariant = ({ priceMinor, compareAtMinor = null, weightLabel }: PriceWeight) => ({
  name: weightLabel,
  sku: makeSku(),
  priceMinor,
  compareAtMinor,
  weightLabel,
})
