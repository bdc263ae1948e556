import { type Static, Type } from 'typebox'
import type { Method, MethodContent, RateContent, Zone, ZoneContent } from '#commerce/shipping'
import { isCurrency, toDecimal } from '#platform/money.ts'
import { type FieldCodes, invalidFields } from '#platform/refusal.ts'
import { Amount, NullableAmount, openAmounts } from '../http/amounts.ts'
import { Filled, Money, Nullable, sent } from '../http/wire.ts'

const Days = Type.Object({
  min: Type.Integer({ minimum: 0, maximum: 365 }),
  max: Type.Integer({ minimum: 0, maximum: 365 }),
})
const Position = Type.Integer({ minimum: 0, maximum: 1_000_000 })
const Grams = Type.Integer({ minimum: 0, maximum: 100_000_000 })

export const MethodInputWire = Type.Object({
  code: Type.String({ minLength: 1, maxLength: 50, pattern: '^[a-z0-9][a-z0-9_-]*$' }),
  name: Filled({ maxLength: 100 }),
  carrier: Filled({ maxLength: 100 }),
  rate: Amount,
  currency: Type.Optional(Type.String({ maxLength: 3, description: "default: the shop's" })),
  free_above: Type.Optional(NullableAmount),
  estimated_days: Days,
  position: Type.Optional(Position),
  is_active: Type.Optional(Type.Boolean({ description: 'only those can be chosen' })),
})
/** The currency stays: the rates in zones are in it. */
export const MethodChangesWire = Type.Partial(Type.Omit(MethodInputWire, ['currency']))

export const StaffMethodWire = Type.Object(
  {
    id: Type.Integer(),
    code: Type.String(),
    name: Type.String(),
    carrier: Type.String(),
    rate: Money,
    currency: Type.String(),
    free_above: Nullable(Money),
    estimated_days: Type.Object({ min: Type.Integer(), max: Type.Integer() }),
    position: Type.Integer(),
    is_active: Type.Boolean(),
  },
  { title: 'StaffShippingMethod' },
)

export function toStaffMethodWire(method: Method): Static<typeof StaffMethodWire> {
  const { id, code, name, carrier, currency, freeAboveMinor, position } = method
  return {
    id,
    code,
    name,
    carrier,
    rate: toDecimal(method.rateMinor, currency),
    currency,
    free_above: freeAboveMinor === null ? null : toDecimal(freeAboveMinor, currency),
    estimated_days: { min: method.daysMin, max: method.daysMax },
    position,
    is_active: method.isActive,
  }
}

/** What was sent of a method, in the words of the commerce side; `currency` is the one it has, or will have. */
export function readMethod(body: Partial<Static<typeof MethodInputWire>>, currency: string): Partial<MethodContent> {
  const faults: FieldCodes = {}
  if (!isCurrency(currency)) throw invalidFields({ currency: { code: 'not_currency', value: currency } })
  const amounts = openAmounts(currency, faults)
  const rateMinor = amounts.amount('rate', body.rate)
  const freeAboveMinor = amounts.nullable('free_above', body.free_above)
  if (Object.keys(faults).length > 0) throw invalidFields(faults)
  return sent({
    code: body.code,
    name: body.name?.trim(),
    carrier: body.carrier?.trim(),
    rateMinor,
    freeAboveMinor,
    daysMin: body.estimated_days?.min,
    daysMax: body.estimated_days?.max,
    position: body.position,
    isActive: body.is_active,
  })
}

const Country = Type.String({ pattern: '^[A-Z]{2}$', description: 'two letters' })
const Prefix = Type.String({ minLength: 1, maxLength: 20, pattern: '^[A-Za-z0-9 -]+$' })

/** Where rates differ: in these countries, at postal codes that begin like this; empty lists mean all. */
export const ZoneInputWire = Type.Object({
  name: Filled({ maxLength: 100 }),
  countries: Type.Optional(Type.Array(Country, { maxItems: 300 })),
  postal_prefixes: Type.Optional(Type.Array(Prefix, { maxItems: 2000 })),
  position: Type.Optional(Position),
})
export const ZoneChangesWire = Type.Partial(ZoneInputWire)

/** Amounts are in the currency of the method. */
export const RateInputWire = Type.Object({
  base: Amount,
  included_grams: Type.Optional(Grams),
  per_kg: Type.Optional(Amount),
  volumetric_divisor: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'cubic centimetres that count as a kilogram' }),
  ),
})

export const ZoneWire = Type.Object(
  {
    id: Type.Integer(),
    name: Type.String(),
    countries: Type.Array(Type.String()),
    postal_prefixes: Type.Array(Type.String()),
    position: Type.Integer(),
    rates: Type.Array(
      Type.Object({
        method_id: Type.Integer(),
        currency: Type.String(),
        base: Money,
        included_grams: Type.Integer(),
        per_kg: Money,
        volumetric_divisor: Type.Integer(),
      }),
    ),
  },
  { title: 'ShippingZone' },
)

export function toZoneWire(zone: Zone): Static<typeof ZoneWire> {
  return {
    id: zone.id,
    name: zone.name,
    countries: zone.countries,
    postal_prefixes: zone.postalPrefixes,
    position: zone.position,
    rates: zone.rates.map((rate) => ({
      method_id: rate.methodId,
      currency: rate.currency,
      base: toDecimal(rate.baseMinor, rate.currency),
      included_grams: rate.includedGrams,
      per_kg: toDecimal(rate.perKgMinor, rate.currency),
      volumetric_divisor: rate.volumetricDivisor,
    })),
  }
}

export const readZone = (body: Static<typeof ZoneChangesWire>): Partial<ZoneContent> =>
  sent({
    name: body.name?.trim(),
    countries: body.countries,
    postalPrefixes: body.postal_prefixes,
    position: body.position,
  })

const DIVISOR_USUAL = 5000

export function readRate(body: Static<typeof RateInputWire>, currency: string): RateContent {
  const faults: FieldCodes = {}
  const amounts = openAmounts(currency, faults)
  const baseMinor = amounts.amount('base', body.base) ?? 0
  const perKgMinor = amounts.amount('per_kg', body.per_kg) ?? 0
  if (Object.keys(faults).length > 0) throw invalidFields(faults)
  const { included_grams: includedGrams = 0, volumetric_divisor: volumetricDivisor = DIVISOR_USUAL } = body
  return { baseMinor, perKgMinor, includedGrams, volumetricDivisor }
}
