/** The rows of this module's tables as they are read. Written from the database by `npm run tables`; not by hand. */

export interface ShippingMethods {
  carrier: string
  code: string
  currency: string
  daysMax: number
  daysMin: number
  freeAboveMinor: number | null
  id: number
  isActive: boolean
  name: string
  position: number
  rateMinor: number
}
