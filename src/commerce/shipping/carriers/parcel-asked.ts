/** An order as a carrier is told of it: shipping knows no orders. */

export type Recipient = {
  name: string
  email: string | null
  phone: string | null
  lines: string[]
  city: string
  state: string
  postalCode: string
  country: string
}
export type OrderedGoods = {
  orderNumber: string
  orderedAt: Date
  currency: string
  recipient: Recipient
  /** Of the units in this parcel, in minor units, all taxes in. */
  items: { name: string; sku: string; quantity: number; unitMinor: number; hsnCode: string | null }[]
  worthMinor: number
  /** To be paid at the door; zero where it is paid. */
  collectMinor: number
  grams: number
}
