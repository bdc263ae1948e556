import { type Static, Type } from 'typebox'
import type { Cart } from '#commerce/cart'
import { toDecimal } from '#platform/money.ts'
import { Ok } from '../http/envelope.ts'
import { toFileUrl } from '../http/file-url.ts'
import { Money, Nullable, Time } from '../http/wire.ts'

export const AddToCartWire = Type.Object({
  product_id: Type.Integer(),
  variant_id: Type.Optional(Nullable(Type.Integer({ description: "default: the product's first variant" }))),
  quantity: Type.Integer({ minimum: 1, default: 1 }),
})
export const ChangeLineWire = Type.Object({ quantity: Type.Integer({ minimum: 1 }) })
export const ItemInPath = Type.Object({ item_id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) })

const CartItemWire = Type.Object(
  {
    id: Type.Integer(),
    product_id: Type.Integer(),
    product: Type.Object({
      id: Type.Integer(),
      title: Type.String(),
      name: Type.String(),
      price: Type.String({ description: 'without the discount' }),
      image: Nullable(Type.String()),
      stock: Type.Integer(),
    }),
    variant: Nullable(Type.Object({ id: Type.Integer(), name: Type.String(), sku: Type.String() })),
    quantity: Type.Integer(),
    unit_price: Money,
    total_price: Money,
    added_at: Time,
  },
  { title: 'MarketplaceCartItem' },
)
const CartWire = Type.Object(
  {
    id: Nullable(Type.Integer()),
    items: Type.Array(CartItemWire),
    currency: Type.String(),
    total_items: Type.Integer({ description: 'units over all items' }),
    subtotal: Money,
    total_amount: Money,
    updated_at: Nullable(Time),
  },
  { title: 'MarketplaceCart' },
)
export const CartAnswerWire = Ok(CartWire)
export const CartItemAnswerWire = Ok(CartItemWire)

export function toCartWire(cart: Cart, publicUrl: string): Static<typeof CartWire> {
  return {
    id: cart.id,
    items: cart.lines.map((line) => toItemWire(line, publicUrl)),
    currency: cart.currency,
    total_items: cart.itemCount,
    subtotal: toDecimal(cart.subtotalMinor, cart.currency),
    total_amount: toDecimal(cart.subtotalMinor, cart.currency),
    updated_at: cart.updatedAt?.toISOString() ?? null,
  }
}

export function toItemWire(
  { id, quantity, unitPriceMinor, addedAt, offer }: Cart['lines'][number],
  publicUrl: string,
): Static<typeof CartItemWire> {
  const money = (amountMinor: number) => toDecimal(amountMinor, offer.currency)
  return {
    id,
    product_id: offer.productId,
    product: {
      id: offer.productId,
      title: offer.productName,
      name: offer.productName,
      price: money(offer.compareAtMinor ?? offer.priceMinor),
      image: toFileUrl(publicUrl, offer.image),
      stock: offer.isSellable ? offer.available : 0,
    },
    variant: offer.variantName === '' ? null : { id: offer.variantId, name: offer.variantName, sku: offer.sku },
    quantity,
    unit_price: money(unitPriceMinor),
    total_price: money(quantity * unitPriceMinor),
    added_at: addedAt.toISOString(),
  }
}
