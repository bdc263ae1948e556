import { type Static, Type } from 'typebox'
import type { WishedProduct } from '#commerce/customers'
import { Time } from '../http/wire.ts'
import { ProductWire, toProductWire } from './products.wire.ts'

export const WishInputWire = Type.Object({ product_id: Type.Integer() })
/** What is no number, or too large for one, names nothing: 404. */
export const ProductInPath = Type.Object({
  product_id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
})

export const WishWire = Type.Object({ product: ProductWire, added_at: Time }, { title: 'Wish' })
export const WishlistWire = Type.Object({ items: Type.Array(WishWire), count: Type.Integer() }, { title: 'Wishlist' })

export function toWishWire({ product, addedAt }: WishedProduct, publicUrl: string): Static<typeof WishWire> {
  return { product: toProductWire(product, publicUrl), added_at: addedAt.toISOString() }
}
