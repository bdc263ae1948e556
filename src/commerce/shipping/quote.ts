/** What a way of shipping costs: a rule, without a database. */
import { type Area, isIn, type Place } from './place.ts'

/** What a method costs in a zone, in minor units of its currency. */
export type ZoneRate = Area & {
  baseMinor: number
  /** Up to this weight the base is all. */
  includedGrams: number
  /** For each kilogram begun above it. */
  perKgMinor: number
  /** Cubic centimetres that count as a kilogram. */
  volumetricDivisor: number
}
export type ShippingMethod = {
  id: number
  code: string
  name: string
  carrier: string
  rateMinor: number
  currency: string
  /** From this subtotal on the method costs nothing; null: never. */
  freeAboveMinor: number | null
  daysMin: number
  daysMax: number
  /** In the order of their zones: the first that the parcel goes to counts. */
  zoneRates: ZoneRate[]
}
/** How heavy and how large; what is not said weighs nothing and takes no room. */
export type Load = { grams?: number; volumeCm3?: number }
/** What is to be sent: the worth of the goods, in minor units of their currency, and where they go. */
export type Parcel = Place & Load & { subtotalMinor: number; currency: string }
export type Quote = {
  code: string
  name: string
  carrier: string
  rateMinor: number
  currency: string
  daysMin: number
  daysMax: number
}

/**
 * What each method would cost for a parcel, in the order of the methods: free once the subtotal reaches the method's
 * threshold (V1-286), else the rate of its first zone that holds the place, else its flat rate. Methods with a rate in
 * another currency are left out: nothing is converted here. To one place a heavier parcel never costs less (SF-343).
 */
export function quotesFor(methods: ShippingMethod[], parcel: Parcel): Quote[] {
  return methods
    .filter((method) => method.currency === parcel.currency)
    .map((method) => ({
      code: method.code,
      name: method.name,
      carrier: method.carrier,
      rateMinor: isFree(method, parcel) ? 0 : rateOf(method, parcel),
      currency: method.currency,
      daysMin: method.daysMin,
      daysMax: method.daysMax,
    }))
}

function isFree({ freeAboveMinor }: ShippingMethod, { subtotalMinor }: Parcel): boolean {
  return freeAboveMinor !== null && subtotalMinor >= freeAboveMinor
}

/** What the transport costs, whatever the goods are worth. */
export function rateOf({ rateMinor, zoneRates }: ShippingMethod, parcel: Place & Load): number {
  const rate = zoneRates.find((each) => isIn(each, parcel))
  if (!rate) return rateMinor
  const aboveGrams = Math.max(0, chargeableGrams(parcel, rate.volumetricDivisor) - rate.includedGrams)
  return rate.baseMinor + Math.ceil(aboveGrams / 1000) * rate.perKgMinor
}

/** What it weighs, or its volume where that counts for more. */
export function chargeableGrams({ grams = 0, volumeCm3 = 0 }: Load, volumetricDivisor: number): number {
  return Math.max(grams, Math.ceil((volumeCm3 * 1000) / volumetricDivisor))
}

/** The weight of lines of goods; an article of which no weight is known weighs nothing. */
export const gramsOf = (lines: { quantity: number; weightGrams?: number | null }[]): number =>
  lines.reduce((sum, { quantity, weightGrams }) => sum + quantity * (weightGrams ?? 0), 0)
