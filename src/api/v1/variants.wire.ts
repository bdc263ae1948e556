import { type Static, Type } from 'typebox'
import type { OfferedVariant } from '#commerce/assortment'
import type { FieldCodes } from '#platform/refusal.ts'
import { Amount, openAmounts } from '../http/amounts.ts'
import { Nullable, sent } from '../http/wire.ts'
import { Sku, Units } from './product-writes.wire.ts'

export const VariantInPath = Type.Object({
  id: Type.String({ description: 'id or slug', maxLength: 300 }),
  variant_id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
})
const fields = {
  name: Type.Optional(Type.String({ maxLength: 255 })),
  attributes: Type.Optional(Type.Record(Type.String(), Type.String({ maxLength: 200 }), { maxProperties: 30 })),
  price: Type.Optional(Amount),
  stock: Type.Optional(Units),
  weight_grams: Type.Optional(Nullable(Units)),
  image: Type.Optional(Nullable(Type.String({ format: 'uri', maxLength: 2000 }))),
  is_active: Type.Optional(Type.Boolean()),
}
export const NewVariantWire = Type.Object({ sku: Sku, ...fields })
export const VariantChangesWire = Type.Object({ sku: Type.Optional(Sku), ...fields })
type Body = Partial<Static<typeof NewVariantWire>>

/** What a body says of a variant; without a name it is called by its attributes. */
export function toVariantChanges(body: Body, currency: string, faults: FieldCodes): Partial<OfferedVariant> {
  const askedMinor = openAmounts(currency, faults).amount('price', body.price)
  return sent({
    sku: body.sku?.trim(),
    name: body.name?.trim(),
    attributes: body.attributes,
    price: askedMinor === undefined ? undefined : { askedMinor },
    stock: body.stock,
    weightGrams: body.weight_grams,
    image: body.image,
    isActive: body.is_active,
  })
}
