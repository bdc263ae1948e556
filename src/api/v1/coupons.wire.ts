import { type Static, Type } from 'typebox'
import type { Coupon, StoredCoupon } from '#commerce/promotions'
import { digitsOf, isCurrency, toDecimal } from '#platform/money.ts'
import { type FieldCodes, invalidFields } from '#platform/refusal.ts'
import { Amount, NullableAmount, openAmounts } from '../http/amounts.ts'
import { readMoment } from '../http/moments.ts'
import { Choice, Filled, Money, Nullable, sent, Time } from '../http/wire.ts'

const TYPES = ['percentage', 'fixed', 'free_shipping'] as const
const Limit = Type.Optional(Nullable(Type.Integer({ minimum: 0, maximum: 2_000_000_000 })))
const Ids = Type.Optional(
  Type.Array(Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }), { maxItems: 1000 }),
)
const Moment = Type.Optional(Nullable(Type.String({ maxLength: 40 })))
const optional = {
  description: Type.Optional(Type.String({ maxLength: 500 })),
  value: Type.Optional(Amount),
  currency: Type.Optional(Type.String({ description: "of the amounts; default: the shop's", maxLength: 3 })),
  min_order_amount: Type.Optional(NullableAmount),
  max_discount_amount: Type.Optional(NullableAmount),
  usage_limit: Limit,
  usage_limit_per_user: Limit,
  valid_from: Moment,
  valid_to: Moment,
  is_active: Type.Optional(Type.Boolean()),
  product_ids: Ids,
  category_ids: Ids,
  first_order_only: Type.Optional(Type.Boolean()),
}
const code = Filled({ maxLength: 40 })
export const NewCouponWire = Type.Object({ code, discount_type: Choice(TYPES), ...optional })
export const CouponChangesWire = Type.Object({
  code: Type.Optional(code),
  discount_type: Type.Optional(Choice(TYPES)),
  ...optional,
})
export const ValidateCouponWire = Type.Object({ code: Filled({ maxLength: 50 }) })

export const CouponWire = Type.Object(
  {
    id: Type.Integer(),
    code: Type.String(),
    description: Type.String(),
    discount_type: Choice(TYPES),
    value: Money,
    currency: Nullable(Type.String()),
    min_order_amount: Nullable(Money),
    max_discount_amount: Nullable(Money),
    usage_limit: Nullable(Type.Integer()),
    usage_limit_per_user: Nullable(Type.Integer()),
    used_count: Type.Integer(),
    valid_from: Nullable(Time),
    valid_to: Nullable(Time),
    is_active: Type.Boolean(),
    product_ids: Type.Array(Type.Integer()),
    category_ids: Type.Array(Type.Integer()),
    first_order_only: Type.Boolean(),
  },
  { $id: 'Coupon' },
)
export const ValidCouponWire = Type.Object({
  valid: Type.Boolean(),
  code: Type.String(),
  discount_type: Choice(TYPES),
  value: Money,
  discount_amount: Money,
})

/** Of a percentage the percent, of a fixed one the amount. */
export function couponValueOf({ discountType, percent, amountMinor, currency }: StoredCoupon): string {
  if (discountType === 'percentage') return Number(percent).toFixed(2)
  return discountType === 'fixed' ? toDecimal(amountMinor!, currency!) : '0.00'
}

/** Amounts without a currency of their own are in the shop's. */
export function toCouponWire(coupon: StoredCoupon, shopCurrency: string): Static<typeof CouponWire> {
  const money = (minor: number | null) => (minor === null ? null : toDecimal(minor, coupon.currency ?? shopCurrency))
  return {
    id: coupon.id,
    code: coupon.code,
    description: coupon.description,
    discount_type: coupon.discountType,
    value: couponValueOf(coupon),
    currency: coupon.currency,
    min_order_amount: money(coupon.minOrderMinor),
    max_discount_amount: money(coupon.maxDiscountMinor),
    usage_limit: coupon.usageLimit,
    usage_limit_per_user: coupon.usageLimitPerAccount,
    used_count: coupon.usedCount,
    valid_from: coupon.validFrom?.toISOString() ?? null,
    valid_to: coupon.validTo?.toISOString() ?? null,
    is_active: coupon.isActive,
    product_ids: coupon.productIds,
    category_ids: coupon.categoryIds,
    first_order_only: coupon.firstOrderOnly,
  }
}

type Sent = Static<typeof CouponChangesWire>

/** What was sent of a coupon; of a new one with what is usual. `before` is what it was. Refuses all that is wrong together. */
export function readCoupon(body: Sent, shopCurrency: string, before?: StoredCoupon): Partial<Coupon> {
  const faults: FieldCodes = {}
  const type = body.discount_type ?? before?.discountType ?? 'percentage'
  const currency = (body.currency ?? before?.currency ?? shopCurrency).toUpperCase()
  if (!isCurrency(currency)) faults.currency = 'invalid'
  const amounts = openAmounts(isCurrency(currency) ? currency : shopCurrency, faults)
  const isValued = body.value !== undefined || body.discount_type !== undefined || body.currency !== undefined
  const changes = sent({
    code: body.code?.trim(),
    description: body.description,
    ...(isValued && readValue(body, type, currency, before, faults)),
    minOrderMinor: amounts.nullable('min_order_amount', body.min_order_amount),
    maxDiscountMinor: amounts.nullable('max_discount_amount', body.max_discount_amount),
    usageLimit: body.usage_limit,
    usageLimitPerAccount: body.usage_limit_per_user,
    validFrom: readMoment('valid_from', body.valid_from, faults),
    validTo: readMoment('valid_to', body.valid_to, faults),
    isActive: body.is_active,
    productIds: body.product_ids,
    categoryIds: body.category_ids,
    firstOrderOnly: body.first_order_only,
  })
  if (Object.keys(faults).length > 0) throw invalidFields(faults)
  return changes as Partial<Coupon>
}

function readValue(
  body: Sent,
  type: Coupon['discountType'],
  currency: string,
  before: StoredCoupon | undefined,
  faults: FieldCodes,
) {
  const none = { discountType: type, percent: null, amountMinor: null }
  if (type === 'free_shipping') return { ...none, currency }
  const value = body.value ?? (before?.discountType === type ? couponValueOf(before) : undefined)
  if (value === undefined) {
    faults.value = 'required'
    return none
  }
  if (type === 'percentage') {
    const percent = String(value).trim()
    const isPercent = /^\d{1,3}(\.\d+)?$/.test(percent) && Number(percent) > 0 && Number(percent) <= 100
    if (!isPercent) faults.value = 'percentage_range'
    // What is shown of it has two decimals: what is taken off is no more exact.
    else if (!/^\d+(\.\d{1,2}0*)?$/.test(percent)) faults.value = { code: 'too_many_decimals', limit: 2 }
    return {
      ...none,
      percent,
      currency: body.currency === undefined ? (before?.currency ?? null) : currency,
    }
  }
  const amountMinor = openAmounts(digitsOf(currency) >= 0 ? currency : 'USD', faults).amount('value', value)
  if (amountMinor === 0) faults.value = { code: 'exclusiveMinimum', limit: 0 }
  return { ...none, amountMinor: amountMinor ?? null, currency }
}
