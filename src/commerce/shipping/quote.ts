/** What a way of shipping costs: a rule, without a database. */

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
}
/** What is to be sent: the worth of the goods, in minor units of their currency, and the country they go to. */
export type Parcel = { subtotalMinor: number; currency: string; country: string }
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
 * What each method would cost for a parcel, in the order of the methods; free once the subtotal reaches the method's
 * threshold (V1-286). Methods with a rate in another currency are left out: nothing is converted here. Every method
 * serves every country so far; the country is asked for, so that a method can be bound to some without a new face.
 */
export function quotesFor(methods: ShippingMethod[], parcel: Parcel): Quote[] {
  return methods
    .filter((method) => method.currency === parcel.currency)
    .map((method) => ({
      code: method.code,
      name: method.name,
      carrier: method.carrier,
      rateMinor: isFree(method, parcel) ? 0 : method.rateMinor,
      currency: method.currency,
      daysMin: method.daysMin,
      daysMax: method.daysMax,
    }))
}

function isFree({ freeAboveMinor }: ShippingMethod, { subtotalMinor }: Parcel): boolean {
  return freeAboveMinor !== null && subtotalMinor >= freeAboveMinor
}
