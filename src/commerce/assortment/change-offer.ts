import {
  changeArticle,
  changeProduct,
  type LockedProduct,
  lockProduct,
  onlyArticle,
  pricingOf,
  replacePriceWeights,
} from '#commerce/catalog'
import { relabelLevels, setStock, setThresholds } from '#commerce/inventory'
import { findOrderedVariants } from '#commerce/orders'
import { inTransaction, type Tx } from '#platform/database'
import type { FieldCodes } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import { askedWeights, faultsOfPrice, type OfferChanges, type OfferedWeight, splitEvenly } from './offer.ts'
import { asStoredHere, droppingPictures } from './pictures-of-offer.ts'
import { resolveReferences } from './resolve-references.ts'

/** Throws where somebody may not change a product: it is for the shop's staff and its seller. */
export type Permit = (product: { sellerId: number | null }) => void
/** Who changes it, and what is known to be wrong with the request. */
export type ChangeContext = { permit: Permit; recordedBy: number; faults?: FieldCodes }

/**
 * Changes a product as a whole: what is said of it, its price, its price weights, its stock (V1-203, NX-121, MP-070, SF-207 to
 * SF-217). Stock that is given is booked as an `ADJUSTMENT`. Refuses a product that there is not (`product_not_found`), and
 * what `resolveReferences`, `changeProduct` and `replacePriceWeights` refuse.
 */
export function changeOffer(
  app: App,
  productId: number,
  changes: OfferChanges,
  { permit, recordedBy, faults = {} }: ChangeContext,
): Promise<void> {
  const { stock, lowStockThreshold } = changes
  const priceWeights = changes.priceWeights && askedWeights(changes.priceWeights, changes.price)
  const now = app.now()
  return inTransaction(app.db, async (tx) => {
    const product = await lockProduct(tx, productId)
    permit(product)
    const change = () => changeTraits(tx, product, asStoredHere(app, changes), faults, now)
    await (changes.pictures ? droppingPictures(app, tx, productId, change) : change())
    const sold = priceWeights ? await reweigh(tx, product, priceWeights, now) : activeOf(product)
    const targets = stock === undefined ? sold : spread(stock, sold)
    await setStock(
      tx,
      targets.filter(isSet).map((target) => ({ ...target, productId })),
      { recordedBy },
      now,
    )
    if (lowStockThreshold !== undefined)
      await setThresholds(
        tx,
        sold.map(({ variantId }) => variantId),
        lowStockThreshold,
      )
  })
}

async function changeTraits(
  tx: Tx,
  product: LockedProduct,
  changes: OfferChanges,
  known: FieldCodes,
  now: Date,
): Promise<void> {
  const {
    category: _,
    brand: __,
    isNameUnique: ___,
    sku,
    weightGrams,
    priceWeights,
    stock,
    lowStockThreshold,
    ...traits
  } = changes
  const article = onlyArticle(product)
  const faults = {
    ...faultsOfPrice(pricingOf(product), changes.price, known),
    ...(article ? {} : faultsOf({ sku, weight_grams: weightGrams })),
    ...known,
  }
  const holder = { productId: product.id, sellerId: product.sellerId, variantId: article?.id ?? null }
  const ids = await resolveReferences(tx, changes, holder, faults)
  await changeProduct(tx, product, { ...traits, ...ids }, now)
  if (!article || (sku === undefined && weightGrams === undefined)) return
  await changeArticle(tx, article, { sku, weightGrams })
  if (sku !== undefined) await relabelLevels(tx, article.id, sku)
}

/** What only a product of one article has: of several, each has its own. */
const faultsOf = (fields: Record<string, unknown>): FieldCodes =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([, value]) => value !== undefined)
      .map(([name]) => [name, 'several_variants']),
  )

type Sold = { variantId: number; sku: string; quantity?: number }
const isSet = (sold: Sold): sold is Sold & { quantity: number } => sold.quantity !== undefined

/** The price weights, each with the stock it is to have where one is given; new ones begin with none. */
async function reweigh(tx: Tx, product: LockedProduct, weights: OfferedWeight[], now: Date): Promise<Sold[]> {
  const kept = await replacePriceWeights(tx, product, weights, await findOrderedVariants(tx, product.id), now)
  return kept.map(({ id, sku }, index) => {
    const { inventory } = weights[index]!
    return { variantId: id, sku, ...(inventory === undefined ? {} : { quantity: inventory }) }
  })
}

const activeOf = ({ variants }: LockedProduct): Sold[] =>
  variants.filter(({ isActive }) => isActive).map(({ id, sku }) => ({ variantId: id, sku }))

function spread(units: number, sold: Sold[]): Sold[] {
  const shares = splitEvenly(units, sold.length)
  return sold.map((each, index) => ({ ...each, quantity: shares[index]! }))
}
