/** The rows of this module's tables as they are read. Written from the database by `npm run tables`; not by hand. */

export interface CartCarts {
  accountId: number | null
  couponCode: string | null
  createdAt: Date
  currency: string | null
  id: number
  remindedAt: Date | null
  tokenHash: string | null
  updatedAt: Date
}

export interface CartLines {
  addedAt: Date
  cartId: number
  id: number
  quantity: number
  unitPriceMinor: number
  variantId: number
}
