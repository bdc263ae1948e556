import { type Static, Type } from 'typebox'
import type { Quote, ShippingMethod } from '#commerce/shipping'
import { toDecimal } from '#platform/money.ts'
import { Filled, Money, Nullable } from '../http/wire.ts'

/** V1-286: `address_id`, or `country` and `postal_code`; without items the cart is meant. */
export const ShippingRatesQueryWire = Type.Object({
  address_id: Type.Optional(Nullable(Type.Integer({ description: 'one of my addresses; only for who is signed in' }))),
  country: Type.Optional(Filled({ maxLength: 255 })),
  postal_code: Type.Optional(Filled({ maxLength: 20 })),
  items: Type.Optional(
    Type.Array(Type.Object({ product_id: Type.Integer(), quantity: Type.Integer({ minimum: 1, maximum: 999 }) }), {
      minItems: 1,
      maxItems: 100,
    }),
  ),
})

export const ShippingMethodWire = Type.Object(
  {
    code: Type.String(),
    name: Type.String(),
    carrier: Type.String(),
    rate: Money,
    currency: Type.String(),
    estimated_days: Type.Object({ min: Type.Integer(), max: Type.Integer() }),
  },
  { title: 'ShippingMethod' },
)
export const ShippingRatesWire = Type.Object({ rates: Type.Array(ShippingMethodWire) }, { title: 'ShippingRates' })

export function toShippingMethodWire(method: ShippingMethod | Quote): Static<typeof ShippingMethodWire> {
  return {
    code: method.code,
    name: method.name,
    carrier: method.carrier,
    rate: toDecimal(method.rateMinor, method.currency),
    currency: method.currency,
    estimated_days: { min: method.daysMin, max: method.daysMax },
  }
}
