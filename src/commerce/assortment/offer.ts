/** What somebody wants to offer, as a surface read it: categories and brands are still only called by some name. */
import {
  type CategoryName,
  nextPricing,
  type PriceChange,
  type PriceWeight,
  type Pricing,
  type ProductTraits,
  priceFaults,
} from '#commerce/catalog'
import type { FieldCodes } from '#platform/refusal.ts'

/** How a request calls a category or a brand; `field` is where it does, for the fault when there is no such thing. */
export type Reference = { field: string; called: string; by?: CategoryName[] }

/** A weight that is sold, with its price; `inventory` is the stock it is to have. */
export type OfferedWeight = PriceWeight & { inventory?: number }

/** What is left out stays as it is. */
export type OfferChanges = Partial<Omit<ProductTraits, 'categoryId' | 'brandId'>> & {
  /** Null: none. */
  category?: Reference | null
  brand?: Reference | null
  price?: PriceChange
  sku?: string
  weightGrams?: number | null
  /** Units there are to be: of the only article, or split evenly over the variants, the first getting the rest (SF-217, C-20). */
  stock?: number
  lowStockThreshold?: number
  /** The variants as the storefront knows them, all of them. */
  priceWeights?: OfferedWeight[]
  /** All of them, in the order they are shown. */
  pictures?: { url: string; altText?: string }[]
  /** Whether no other product of the same seller may have the name (MP-068). */
  isNameUnique?: boolean
}

export type ProductOffer = OfferChanges &
  Pick<ProductTraits, 'name' | 'currency'> & {
    slug?: string
    /** Whose it is; the shop's own without. */
    sellerId?: number
  }

/** Where a pricing begins. */
export const FREE = { priceMinor: 0, compareAtMinor: null, discountBasisPoints: null }

/** Price weights as they are asked: beside a percentage that is given, their prices are list prices, and it comes off each. */
export function askedWeights(weights: OfferedWeight[], price: PriceChange = {}): OfferedWeight[] {
  const discount = 'discount' in price ? price.discount : undefined
  if (!discount || !('basisPoints' in discount)) return weights
  return weights.map((weight) => {
    const { priceMinor, compareAtMinor } = nextPricing(FREE, { listMinor: weight.priceMinor, discount })
    return { ...weight, priceMinor, compareAtMinor }
  })
}

/** Units per variant: as even as can be, the rest to the first ones, one each. */
export function splitEvenly(units: number, parts: number): number[] {
  const each = Math.floor(units / parts)
  return Array.from({ length: parts }, (_, index) => each + (index < units % parts ? 1 : 0))
}

/** What is wrong with a price, beside what is `known`. Where it could not be read, nothing more is said of it. */
export const faultsOfPrice = (current: Pricing, change: PriceChange | undefined, known: FieldCodes): FieldCodes =>
  change && !('price' in known) ? priceFaults(current, change) : {}
