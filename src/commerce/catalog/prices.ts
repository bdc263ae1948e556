/** What a product costs: its list price, and what is asked for it. Its variants keep their distance to the list price. */
import { type FieldCodes, invalidFields } from '#platform/refusal.ts'

/** In minor units. `priceMinor` is what is asked; `compareAtMinor` is the list price where that is higher. */
export type Price = { priceMinor: number; compareAtMinor: number | null }
type Priced = Price & { isActive: boolean; isImplicit: boolean }

/** A reduced price, or hundredths of a percent off. */
export type Discount = { priceMinor: number } | { basisPoints: number }

/**
 * What may be said of a product's price: the list price and the discount, each left as it is when it is not given; or
 * what is asked and the former price (v1), of which the same is true.
 */
export type PriceChange =
  | { listMinor?: number; discount?: Discount | null }
  | { askedMinor?: number; compareAtMinor?: number | null }

export type Pricing = Price & { discountBasisPoints: number | null }

/** The list price less so many hundredths of a percent, rounded half up to the minor unit. */
export const discounted = (listMinor: number, basisPoints: number): number =>
  Math.round((listMinor * (10_000 - basisPoints)) / 10_000)

export const listPrice = ({ priceMinor, compareAtMinor }: Price): number => compareAtMinor ?? priceMinor

/** What a list shows and sorts a product by: the article without a choice, or else the cheapest active variant. */
export function shownPrice(variants: Priced[]): Price {
  const implicit = variants.find((variant) => variant.isImplicit)
  const active = variants.filter((variant) => variant.isActive)
  const candidates = active.length > 0 ? active : variants
  const shown =
    implicit ?? candidates.reduce((best, variant) => (variant.priceMinor < best.priceMinor ? variant : best))
  return { priceMinor: shown.priceMinor, compareAtMinor: shown.compareAtMinor }
}

/**
 * The pricing after a change. Refuses a reduced price that is not below the list price (`discount_price`), and a former
 * price that is not above what is asked (`compare_at_price`).
 */
export function nextPricing(current: Pricing, change: PriceChange): Pricing {
  const faults = priceFaults(current, change)
  if (Object.keys(faults).length > 0) refuse(faults)
  if (isAsked(change)) return { ...askedPrice(current, change), discountBasisPoints: null }
  const { listMinor, discount } = listAndDiscount(current, change)
  if (discount === null) return { priceMinor: listMinor, compareAtMinor: null, discountBasisPoints: null }
  if ('basisPoints' in discount) return byPercentage(listMinor, discount.basisPoints)
  return { priceMinor: discount.priceMinor, compareAtMinor: listMinor, discountBasisPoints: null }
}

/** What `nextPricing` would refuse, for who tells it beside other faults. */
export function priceFaults(current: Pricing, change: PriceChange): FieldCodes {
  if (isAsked(change)) {
    const { priceMinor, compareAtMinor } = askedPrice(current, change)
    return compareAtMinor !== null && compareAtMinor <= priceMinor ? { compare_at_price: 'not_above_price' } : {}
  }
  const { listMinor, discount } = listAndDiscount(current, change)
  const isNotBelow = discount !== null && 'priceMinor' in discount && discount.priceMinor >= listMinor
  return isNotBelow ? { discount_price: 'not_below_price' } : {}
}

type Asked = Extract<PriceChange, { askedMinor?: number }>
type Listed = Extract<PriceChange, { listMinor?: number }>
const isAsked = (change: PriceChange): change is Asked => 'askedMinor' in change || 'compareAtMinor' in change

const askedPrice = (current: Pricing, change: Asked): Price => ({
  priceMinor: change.askedMinor ?? current.priceMinor,
  compareAtMinor: change.compareAtMinor === undefined ? current.compareAtMinor : change.compareAtMinor,
})

const listAndDiscount = (current: Pricing, { listMinor, discount }: Listed) => ({
  listMinor: listMinor ?? listPrice(current),
  discount: discount === undefined ? discountOf(current) : discount,
})

function byPercentage(listMinor: number, basisPoints: number): Pricing {
  if (basisPoints === 0) return { priceMinor: listMinor, compareAtMinor: null, discountBasisPoints: null }
  const priceMinor = discounted(listMinor, basisPoints)
  return { priceMinor, compareAtMinor: priceMinor < listMinor ? listMinor : null, discountBasisPoints: basisPoints }
}

function discountOf({ priceMinor, compareAtMinor, discountBasisPoints }: Pricing): Discount | null {
  if (discountBasisPoints !== null) return { basisPoints: discountBasisPoints }
  return compareAtMinor === null ? null : { priceMinor }
}

/**
 * A variant's price once its product's has changed: as far from the list price as before, and reduced like the product.
 * Where the reduction of the product stays the same, so does the variant's own. Refuses what would be below zero (`price`).
 */
export function followPrice(variant: Price, from: Pricing, to: Pricing): Price {
  const list = listPrice(to) + listPrice(variant) - listPrice(from)
  if (to.discountBasisPoints !== null) return atLeastZero(list, discounted(list, to.discountBasisPoints))
  const [before, now] = [listPrice(from) - from.priceMinor, listPrice(to) - to.priceMinor]
  const off = before === now && from.discountBasisPoints === null ? listPrice(variant) - variant.priceMinor : now
  return atLeastZero(list, Math.max(0, list - off))
}

function atLeastZero(list: number, priceMinor: number): Price {
  if (list < 0) refuse({ price: 'variant_below_zero' })
  return { priceMinor, compareAtMinor: priceMinor < list ? list : null }
}

function refuse(fields: FieldCodes): never {
  throw invalidFields(fields)
}
