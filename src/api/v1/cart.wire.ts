import { type Static, Type } from 'typebox'
import type { Cart, CartWarning } from '#commerce/cart'
import { toDecimal } from '#platform/money.ts'
import { phraseFault } from '../http/field-texts.ts'
import { toFileUrl } from '../http/file-url.ts'
import { PriceExplanationWire, toPriceExplanation } from '../http/price-explanation.wire.ts'
import { Filled, Money, Nullable, Time } from '../http/wire.ts'

/** More than there is in stock is refused by the shop, which says how many are left; so there is no maximum here. */
export const AddToCartWire = Type.Object({
  product_id: Type.Integer(),
  variant_id: Type.Optional(Nullable(Type.Integer({ description: "default: the product's first variant" }))),
  quantity: Type.Integer({ minimum: 1, default: 1 }),
})
export const ChangeLineWire = Type.Object({ quantity: Type.Integer({ minimum: 0, description: '1…999; 0 removes' }) })
export const EnterCouponWire = Type.Object({ code: Filled({ maxLength: 50 }) })
export const RestoreCartWire = Type.Object({ token: Type.String({ minLength: 1, maxLength: 200 }) })
export const MergeCartsWire = Type.Object({ cart_token: Type.String({ minLength: 1, maxLength: 200 }) })

/** A guest's cart. What we did not issue finds none; it counts only where nobody is signed in. */
export const CartHeaders = Type.Object({
  'x-cart-token': Type.Optional(Type.String({ description: "a guest's cart" })),
})

const CartItemWire = Type.Object(
  {
    id: Type.Integer(),
    product: Type.Object({
      id: Type.Integer(),
      name: Type.String(),
      slug: Type.String(),
      image: Nullable(Type.String()),
    }),
    variant: Nullable(Type.Object({ id: Type.Integer(), name: Type.String(), sku: Type.String() })),
    quantity: Type.Integer(),
    unit_price: Money,
    line_total: Money,
    available: Type.Integer({ description: 'units in stock; 0 for what is no longer sold' }),
  },
  { title: 'CartItem' },
)

export const CartWire = Type.Object(
  {
    id: Nullable(Type.Integer()),
    cart_token: Nullable(Type.String({ description: "a guest's; send it as X-Cart-Token" })),
    items: Type.Array(CartItemWire),
    item_count: Type.Integer({ description: 'units over all items' }),
    currency: Type.String(),
    subtotal: Money,
    discount: Money,
    coupon: Nullable(Type.String()),
    total: Money,
    price_explanation: PriceExplanationWire,
    warnings: Type.Array(Type.String()),
    updated_at: Nullable(Time),
  },
  { title: 'Cart' },
)

/** `publicUrl` is where this server is reached: pictures lead there. */
export function toCartWire(cart: Cart, publicUrl: string): Static<typeof CartWire> {
  const money = (amountMinor: number) => toDecimal(amountMinor, cart.currency)
  return {
    id: cart.id,
    cart_token: cart.token,
    items: cart.lines.map((line) => toItemWire(line, publicUrl)),
    item_count: cart.itemCount,
    currency: cart.currency,
    subtotal: money(cart.subtotalMinor),
    discount: money(cart.discountMinor),
    coupon: cart.coupon,
    total: money(cart.totalMinor),
    price_explanation: toPriceExplanation(cart.explanation, cart.currency),
    warnings: cart.warnings.map(toWarningText),
    updated_at: cart.updatedAt?.toISOString() ?? null,
  }
}

function toItemWire(line: Cart['lines'][number], publicUrl: string): Static<typeof CartItemWire> {
  const { id, quantity, unitPriceMinor, offer } = line
  const image = toFileUrl(publicUrl, offer.image)
  return {
    id,
    product: { id: offer.productId, name: offer.productName, slug: offer.productSlug, image },
    variant: { id: offer.variantId, name: offer.variantName, sku: offer.sku },
    quantity,
    unit_price: toDecimal(unitPriceMinor, offer.currency),
    line_total: toDecimal(quantity * unitPriceMinor, offer.currency),
    available: offer.isSellable ? offer.available : 0,
  }
}

/** V1-257: what changed since something was put in, in a sentence. */
function toWarningText(warning: CartWarning): string {
  const { code, name } = warning
  switch (code) {
    case 'price_changed': {
      const [from, to] = [warning.fromMinor, warning.toMinor].map((amount) => toDecimal(amount, warning.currency))
      return `The price of ${name} changed from ${from} to ${to}.`
    }
    case 'unavailable':
      return `${name} is no longer available.`
    case 'too_few_left':
      return `Only ${warning.available} of ${name} left.`
    case 'coupon_not_applied':
      return `Coupon ${name} was not applied. ${phraseFault(warning.reason)}`
    case 'other_currency':
      return `${name} was left out: all items in a cart must use the same currency.`
  }
}
