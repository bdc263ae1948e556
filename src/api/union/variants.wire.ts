import { type Static, Type } from 'typebox'
import type { OfferedVariant } from '#commerce/assortment'
import type { ProductView, VariantView } from '#commerce/browse'
import { toDecimal } from '#platform/money.ts'
import type { FieldCodes } from '#platform/refusal.ts'
import { Amount, openAmounts } from '../http/amounts.ts'
import { Ok } from '../http/envelope.ts'
import { toFileUrl } from '../http/file-url.ts'
import { readWhole, UNITS_MAX, Whole } from '../http/numbers.ts'
import { PageOf } from '../http/paging.ts'
import { Filled, Money, Nullable, PictureUrl, sent } from '../http/wire.ts'

export const VariantInPath = Type.Object({
  id: Type.String({ description: 'of the product: id or slug', maxLength: 300 }),
  variant_id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
})

const VariantWire = Type.Object(
  {
    id: Type.Integer(),
    product: Type.Integer(),
    name: Type.String(),
    sku: Type.String(),
    attributes: Type.Record(Type.String(), Type.String()),
    price_modifier: Type.String({ description: 'to the price of the product; may be below zero', examples: ['-2.50'] }),
    price: Type.String({ description: 'without the discount, as that of the product' }),
    discounted_price: Money,
    currency: Type.String(),
    stock: Type.Integer(),
    is_active: Type.Boolean(),
    image: Nullable(Type.String()),
  },
  { title: 'SharedVariant' },
)
export const VariantPageWire = PageOf(VariantWire)
export const VariantAnswerWire = Ok(VariantWire)

const Sku = Filled({ maxLength: 100 })
const fields = {
  name: Type.Optional(Type.String({ maxLength: 255 })),
  price_modifier: Type.Optional(Amount),
  stock: Type.Optional(Whole),
  attributes: Type.Optional(Type.Record(Type.String(), Type.String({ maxLength: 200 }), { maxProperties: 30 })),
  is_active: Type.Optional(Type.Boolean()),
  image: Type.Optional(Nullable(PictureUrl)),
}
export const NewVariantWire = Type.Object({ sku: Sku, ...fields }, { title: 'SharedNewVariant' })
export const VariantChangesWire = Type.Object({ sku: Type.Optional(Sku), ...fields }, { title: 'SharedVariantChanges' })
type Body = Partial<Static<typeof NewVariantWire>>

/** What a body says of a variant of a product in this currency; what is wrong with it goes to `faults`. */
export function toVariantChanges(body: Body, currency: string, faults: FieldCodes): Partial<OfferedVariant> {
  const modifierMinor = openAmounts(currency, faults).signed('price_modifier', body.price_modifier)
  return sent({
    sku: body.sku?.trim(),
    name: body.name?.trim() || undefined,
    attributes: body.attributes,
    price: modifierMinor === undefined ? undefined : { modifierMinor },
    stock: readStock(body, faults),
    image: body.image,
    isActive: body.is_active,
  })
}

function readStock({ stock }: Body, faults: FieldCodes): number | undefined {
  if (stock === undefined) return undefined
  const units = readWhole(stock, UNITS_MAX)
  if (typeof units === 'number') return units
  faults.stock ??= units
  return undefined
}

/** `Size: Small, Color: Red` (MP-091). */
export const nameByAttributes = (attributes: Record<string, string> = {}): string =>
  Object.entries(attributes)
    .map(([key, value]) => `${key.charAt(0).toUpperCase()}${key.slice(1)}: ${value}`)
    .join(', ')
    .slice(0, 255)

export function toVariantWire(
  variant: VariantView,
  product: ProductView,
  publicUrl: string,
): Static<typeof VariantWire> {
  const { currency } = product
  const list = variant.compareAtMinor ?? variant.priceMinor
  return {
    id: variant.id,
    product: product.id,
    name: variant.name,
    sku: variant.sku,
    attributes: variant.attributes,
    price_modifier: toDecimal(list - (product.compareAtMinor ?? product.priceMinor), currency),
    price: toDecimal(list, currency),
    discounted_price: toDecimal(variant.priceMinor, currency),
    currency,
    stock: variant.stock,
    is_active: variant.isActive,
    image: toFileUrl(publicUrl, variant.image),
  }
}
