/** SQL of coupons as staff keeps them. */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'
import type { Coupon } from './coupon.ts'
import type { PromotionsCoupons } from './tables.ts'

export type StoredCoupon = Omit<PromotionsCoupons, 'removedAt'>

const COUPON = sql`id, code, description, discount_type, percent, amount_minor, currency, min_order_minor, max_discount_minor,
  usage_limit, usage_limit_per_account, used_count, valid_from, valid_to, is_active, to_json(product_ids) as product_ids,
  to_json(category_ids) as category_ids, first_order_only, created_at`

/** A page of coupons, newest first, and how many there are; `search` is a part of a code or a description. */
export async function listCoupons(
  db: Db,
  { search = null }: { search?: string | null },
  { limit, offset }: { limit: number; offset: number },
): Promise<{ rows: StoredCoupon[]; count: number }> {
  const matching = sql`removed_at is null and (${search}::text is null
    or position(upper(${search}) in code) > 0 or position(lower(${search}) in lower(description)) > 0)`
  const { rows } = await sql<StoredCoupon>`
    select ${COUPON} from promotions.coupons where ${matching} order by id desc limit ${limit} offset ${offset}`.execute(
    db,
  )
  const counted = await sql<{ count: number }>`
    select count(*) as count from promotions.coupons where ${matching}`.execute(db)
  return { rows, count: counted.rows[0]!.count }
}

export async function findCoupon(db: Db, id: number): Promise<StoredCoupon | undefined> {
  const { rows } = await sql<StoredCoupon>`
    select ${COUPON} from promotions.coupons where id = ${id} and removed_at is null`.execute(db)
  return rows[0]
}

/** The coupon of a code, and how often an account has used it. */
export async function findCouponByCode(
  db: Db,
  code: string,
  accountId: number | null,
): Promise<(StoredCoupon & { usesByAccount: number }) | undefined> {
  const { rows } = await sql<StoredCoupon & { usesByAccount: number }>`
    select ${COUPON}, (
      select count(*) from promotions.redemptions redemption
      where redemption.coupon_id = coupon.id and redemption.account_id = ${accountId}) as uses_by_account
    from promotions.coupons coupon where code = upper(trim(${code})) and removed_at is null`.execute(db)
  return rows[0]
}

/** Of a coupon that is used meanwhile, the use comes first, or comes to see what was changed. */
export async function updateCoupon(tx: Tx, id: number, coupon: Coupon): Promise<void> {
  await sql`
    update promotions.coupons set code = upper(trim(${coupon.code})), description = ${coupon.description},
      discount_type = ${coupon.discountType}, percent = ${coupon.percent}, amount_minor = ${coupon.amountMinor},
      currency = ${coupon.currency}, min_order_minor = ${coupon.minOrderMinor}, max_discount_minor = ${coupon.maxDiscountMinor},
      usage_limit = ${coupon.usageLimit}, usage_limit_per_account = ${coupon.usageLimitPerAccount},
      valid_from = ${coupon.validFrom}, valid_to = ${coupon.validTo}, is_active = ${coupon.isActive},
      product_ids = ${coupon.productIds}::bigint[], category_ids = ${coupon.categoryIds}::bigint[],
      first_order_only = ${coupon.firstOrderOnly}
    where id = ${id}`.execute(tx)
}

/** One that was used is hidden, so that what was agreed can be looked up; its code is free again. False where there is none. */
export async function removeStoredCoupon(tx: Tx, id: number, now: Date): Promise<boolean> {
  const { rows } = await sql`
    update promotions.coupons set removed_at = ${now}, code = upper(left(code, 40) || ' ' || id || ' GONE')
    where id = ${id} and removed_at is null returning id`.execute(tx)
  return rows.length > 0
}
