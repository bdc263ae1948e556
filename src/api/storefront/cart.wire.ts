import { type Static, Type } from 'typebox'
import { type Offer, type ProductView, weightOf } from '#commerce/browse'
import type { Cart, Shortage } from '#commerce/cart'
import { toDecimal } from '#platform/money.ts'
import { NullableAmount } from '../http/amounts.ts'
import { toFileUrl } from '../http/file-url.ts'
import { Choice, Money, Nullable, Time } from '../http/wire.ts'

/** A pair of price and weight names a variant; what is missing of it has an answer of its own (SF-265). */
const PriceWeightChoice = Type.Object({
  price: Type.Optional(NullableAmount),
  weight: Type.Optional(Nullable(Type.String({ maxLength: 100 }))),
})
export const AddToCartWire = Type.Object({
  product_id: Type.Integer(),
  quantity: Type.Integer({ minimum: 1, default: 1 }),
  price_weight: Type.Optional(Nullable(PriceWeightChoice)),
})
export const ChangeLineWire = Type.Object({
  quantity: Type.Optional(Type.Integer({ minimum: 1 })),
  price_weight: Type.Optional(Nullable(PriceWeightChoice)),
})
export type PriceWeightSent = Static<typeof PriceWeightChoice> | null | undefined

const StockStatus = Choice(['In stock', 'Out of stock'])
const PriceWeightWire = Type.Object({
  id: Type.Integer(),
  price: Money,
  weight: Type.String(),
  inventory: Type.Integer(),
  status: StockStatus,
})
const CartItemWire = Type.Object(
  {
    cart_item_id: Type.Integer(),
    product: Type.Object({
      product_id: Type.Integer(),
      name: Type.String(),
      category_id: Nullable(Type.Integer()),
      inventory: Type.Integer(),
      images: Type.Array(Type.Object({ image_url: Type.String(), description: Type.String() })),
      is_active: Type.Boolean(),
      status: StockStatus,
    }),
    selected_price_weight: PriceWeightWire,
    quantity: Type.Integer(),
    total_price: Money,
  },
  { title: 'StorefrontCartItem' },
)
export const CartWire = Type.Object(
  {
    cart_id: Type.Integer(),
    user: Nullable(Type.Integer()),
    items: Type.Array(CartItemWire),
    currency: Type.String(),
    total_price: Money,
    created_at: Time,
    updated_at: Time,
  },
  { title: 'StorefrontCart' },
)
export const StatusWire = Type.Object({ status: Type.String() }, { title: 'StorefrontStatus' })
const statusOf = (units: number) => (units > 0 ? ('In stock' as const) : ('Out of stock' as const))

/** `products` are those of the lines. */
export function toCartWire(
  cart: Cart,
  products: ProductView[],
  user: number | null,
  publicUrl: string,
): Static<typeof CartWire> {
  const productOf = new Map(products.map((product) => [product.id, product]))
  return {
    cart_id: cart.id!,
    user,
    items: cart.lines.map((line) => toItemWire(line, productOf.get(line.offer.productId), publicUrl)),
    currency: cart.currency,
    total_price: toDecimal(cart.subtotalMinor, cart.currency),
    created_at: cart.createdAt!.toISOString(),
    updated_at: cart.updatedAt!.toISOString(),
  }
}

function toItemWire(
  { id, quantity, unitPriceMinor, offer }: Cart['lines'][number],
  product: ProductView | undefined,
  publicUrl: string,
): Static<typeof CartItemWire> {
  const inventory = product?.stock ?? offer.available
  const pictures = product?.pictures ?? []
  return {
    cart_item_id: id,
    product: {
      product_id: offer.productId,
      name: offer.productName,
      category_id: product?.categoryId ?? null,
      inventory,
      images: pictures.map(({ url, altText }) => ({ image_url: toFileUrl(publicUrl, url), description: altText })),
      is_active: product?.isActive ?? false,
      status: statusOf(inventory),
    },
    selected_price_weight: {
      id: offer.variantId,
      price: toDecimal(offer.priceMinor, offer.currency),
      weight: weightOfOffer(offer),
      inventory: offer.available,
      status: statusOf(offer.available),
    },
    quantity,
    total_price: toDecimal(quantity * unitPriceMinor, offer.currency),
  }
}

export const weightOfOffer = ({ weightLabel, weightGrams, variantName: name }: Offer): string =>
  weightOf({ weightLabel, weightGrams, name })

/** The pairs of a product that can be chosen (SF-263). */
export const toCombinations = (offers: Offer[]) =>
  offers.map((offer) => ({ price: toDecimal(offer.priceMinor, offer.currency), weight: weightOfOffer(offer) }))

/** SF-280: one sentence for each line that is short. */
export const toShortageText = ({ offer, requested, available }: Shortage): string =>
  `${offer.productName} (${weightOfOffer(offer)}) (Requested: ${requested}, Available: ${available})`
