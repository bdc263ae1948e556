import { type Static, Type } from 'typebox'
import type { OfferChanges } from '#commerce/assortment'
import type { PriceChange } from '#commerce/catalog'
import { isCurrency } from '#platform/money.ts'
import type { FieldCodes } from '#platform/refusal.ts'
import { Amount, NullableAmount, openAmounts } from '../http/amounts.ts'
import { UNITS_MAX } from '../http/numbers.ts'
import { AnyObject, Filled, Nullable, PictureUrls, sent, Tags } from '../http/wire.ts'

const Optional = Type.Optional
export const Units = Type.Integer({ minimum: 0, maximum: UNITS_MAX })
export const Sku = Filled({ maxLength: 100 })
const Reference = Type.Integer({ minimum: 1 })

const fields = {
  description: Optional(Type.String({ maxLength: 50_000 })),
  short_description: Optional(Type.String({ maxLength: 1000 })),
  compare_at_price: Optional(NullableAmount),
  currency: Optional(Type.String({ description: 'ISO 4217', examples: ['USD'], maxLength: 10 })),
  category_id: Optional(Nullable(Reference)),
  brand_id: Optional(Nullable(Reference)),
  sku: Optional(Nullable(Sku)),
  stock: Optional(Units),
  low_stock_threshold: Optional(Units),
  specifications: Optional(AnyObject),
  tags: Optional(Tags),
  is_active: Optional(Type.Boolean()),
  is_featured: Optional(Type.Boolean()),
  weight_grams: Optional(Nullable(Units)),
  image_urls: Optional(PictureUrls),
}
const Name = Filled({ maxLength: 255 })

/** Bodies of POST, and of PUT and PATCH: there everything is optional (V1-201, V1-203). */
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
  const { currency = usualCurrency, category_id: category, brand_id: brand } = body
  const isKnown = isCurrency(currency)
  if (!isKnown) faults.currency ??= { code: 'not_currency', value: currency }
  const amounts = openAmounts(isKnown ? currency : usualCurrency, faults)
  return sent({
    name: body.name?.trim(),
    description: body.description,
    shortDescription: body.short_description,
    price: toPriceChange(
      amounts.amount('price', body.price),
      amounts.nullable('compare_at_price', body.compare_at_price),
    ),
    currency: body.currency,
    category: toReference('category_id', category),
    brand: toReference('brand_id', brand),
    sku: body.sku?.trim(),
    stock: body.stock,
    lowStockThreshold: body.low_stock_threshold,
    specifications: body.specifications,
    tags: body.tags,
    isActive: body.is_active,
    isFeatured: body.is_featured,
    weightGrams: body.weight_grams,
    pictures: body.image_urls?.map((url) => ({ url })),
  })
}

function toPriceChange(
  askedMinor: number | undefined,
  compareAtMinor: number | null | undefined,
): PriceChange | undefined {
  if (askedMinor === undefined && compareAtMinor === undefined) return undefined
  return sent({ askedMinor, compareAtMinor })
}

const toReference = (field: string, id: number | null | undefined) =>
  typeof id === 'number' ? { field, called: String(id), by: ['id' as const] } : id
