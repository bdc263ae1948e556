import { createProduct, makeSku, type NewVariant, nextPricing } from '#commerce/catalog'
import { receiveStock, setThresholds } from '#commerce/inventory'
import { inTransaction } from '#platform/database'
import type { FieldCodes } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import { askedWeights, FREE, faultsOfPrice, type OfferedWeight, type ProductOffer, splitEvenly } from './offer.ts'
import { asStoredHere } from './pictures-of-offer.ts'
import { resolveReferences } from './resolve-references.ts'
import { sayingSkuTaken } from './saying-sku-taken.ts'

/**
 * Adds a product with its stock, which becomes `IN` lines of the ledger (V1-201, NX-120, MP-067, SF-198). Without price
 * weights it has one article, which nobody has to choose; an article number is made where none is given. Refuses, with
 * `faults` that are known already, what `resolveReferences` and `nextPricing` refuse.
 */
export function addProduct(
  app: App,
  offer: ProductOffer,
  faults: FieldCodes,
  recordedBy: number,
): Promise<{ productId: number; slug: string }> {
  const {
    price,
    priceWeights,
    stock,
    lowStockThreshold,
    category: _,
    brand: __,
    isNameUnique: ___,
    ...traits
  } = asStoredHere(app, offer)
  const now = app.now()
  return inTransaction(app.db, async (tx) => {
    const ids = await resolveReferences(
      tx,
      offer,
      { productId: null, sellerId: offer.sellerId ?? null, variantId: null },
      { ...faultsOfPrice(FREE, price, faults), ...faults },
    )
    const { discountBasisPoints, ...asked } = nextPricing(FREE, price ?? {})
    const weights = priceWeights && askedWeights(priceWeights, price)
    const variants = weights?.map(toVariant) ?? [toArticle(offer, asked)]
    const created = await sayingSkuTaken(() =>
      createProduct(tx, { ...traits, ...ids, discountBasisPoints, variants }, now),
    )
    const { productId, slug } = created
    const units =
      stock === undefined ? priceWeights?.map(({ inventory = 0 }) => inventory) : splitEvenly(stock, variants.length)
    const received = created.variants.map(({ id, sku }, index) => ({
      productId,
      variantId: id,
      sku,
      quantity: units?.[index] ?? 0,
    }))
    await receiveStock(tx, received, { notes: 'Initial stock', recordedBy }, now)
    if (lowStockThreshold !== undefined)
      await setThresholds(
        tx,
        created.variants.map(({ id }) => id),
        lowStockThreshold,
      )
    return { productId, slug }
  })
}

function toArticle(
  { sku, weightGrams = null }: ProductOffer,
  price: { priceMinor: number; compareAtMinor: number | null },
): NewVariant {
  return { sku: sku ?? makeSku(), weightGrams, isImplicit: true, ...price }
}

const toVariant = ({ priceMinor, compareAtMinor = null, weightLabel }: OfferedWeight): NewVariant => ({
  name: weightLabel,
  weightLabel,
  sku: makeSku(),
  priceMinor,
  compareAtMinor,
})
