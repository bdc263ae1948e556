import { type Static, Type } from 'typebox'
import type { OfferChanges } from '#commerce/assortment'
import type { PriceChange } from '#commerce/catalog'
import { isCurrency } from '#platform/money.ts'
import type { FieldCodes } from '#platform/refusal.ts'
import { Amount, NullableAmount, openAmounts } from '../http/amounts.ts'
import { AnyObject, Filled, Nullable, sent } from '../http/wire.ts'
import { Called, toReference } from './references.ts'

const UNITS_MAX = 1_000_000_000
const Optional = Type.Optional
const Units = Type.Integer({ minimum: 0, maximum: UNITS_MAX })
const Name = Filled({ maxLength: 255 })

const fields = {
  description: Optional(Type.String({ maxLength: 50_000 })),
  short_description: Optional(Type.String({ maxLength: 1000 })),
  discount_price: Optional(NullableAmount),
  currency: Optional(Type.String({ description: 'ISO 4217', examples: ['USD'], maxLength: 10 })),
  category: Optional(Called),
  brand: Optional(Called),
  stock: Optional(Units),
  low_stock_threshold: Optional(Units),
  specifications: Optional(AnyObject),
  sku: Optional(Nullable(Filled({ maxLength: 100 }))),
  image_urls: Optional(Type.Array(Type.String({ format: 'uri', maxLength: 2000 }), { maxItems: 50 })),
  is_active: Optional(Type.Boolean()),
  is_featured: Optional(Type.Boolean()),
}

/** Bodies of POST, and of PUT and PATCH: there everything is optional (NX-120, NX-121). */
export const NewProductWire = Type.Object({
  name: Name,
  price: Amount,
  ...fields,
  slug: Optional(Filled({ maxLength: 120 })),
})
export const ProductChangesWire = Type.Object({ name: Optional(Name), price: Optional(Amount), ...fields })
type Body = Partial<Static<typeof NewProductWire>>

/** What a body says of a product, in this currency unless it names another; what is wrong with it goes to `faults`. */
export function toOfferChanges(body: Body, usualCurrency: string, faults: FieldCodes): OfferChanges {
  const { currency = usualCurrency } = body
  const isKnown = isCurrency(currency)
  if (!isKnown) faults.currency ??= { code: 'not_currency', value: currency }
  const amounts = openAmounts(isKnown ? currency : usualCurrency, faults)
  return sent({
    name: body.name?.trim(),
    description: body.description,
    shortDescription: body.short_description,
    price: toPriceChange(amounts.amount('price', body.price), amounts.nullable('discount_price', body.discount_price)),
    currency: body.currency,
    category: toReference('category', body.category),
    brand: toReference('brand', body.brand),
    sku: body.sku?.trim(),
    stock: body.stock,
    lowStockThreshold: body.low_stock_threshold,
    specifications: body.specifications,
    isActive: body.is_active,
    isFeatured: body.is_featured,
    pictures: body.image_urls?.map((url) => ({ url })),
  })
}

/** The list price, and what is asked instead; null takes the reduction away (NX-115). */
function toPriceChange(
  listMinor: number | undefined,
  discountMinor: number | null | undefined,
): PriceChange | undefined {
  if (listMinor === undefined && discountMinor === undefined) return undefined
  const discount = typeof discountMinor === 'number' ? { priceMinor: discountMinor } : discountMinor
  return sent({ listMinor, discount })
}
