/** All SQL of the promotions module. */
import { sql } from 'kysely'
import type { Tx } from '#platform/database'
import type { Coupon, Redemption } from './coupon.ts'

/** Adds a coupon; its code is kept in capitals. */
export async function addCoupon(tx: Tx, coupon: Coupon): Promise<void> {
  await sql`
    insert into promotions.coupons (code, description, discount_type, percent, amount_minor, currency, min_order_minor,
      max_discount_minor, usage_limit, usage_limit_per_account, valid_from, valid_to, is_active, product_ids, category_ids,
      first_order_only)
    values (upper(${coupon.code}), ${coupon.description}, ${coupon.discountType}, ${coupon.percent}, ${coupon.amountMinor},
      ${coupon.currency}, ${coupon.minOrderMinor}, ${coupon.maxDiscountMinor}, ${coupon.usageLimit},
      ${coupon.usageLimitPerAccount}, ${coupon.validFrom}, ${coupon.validTo}, ${coupon.isActive}, ${coupon.productIds}::bigint[],
      ${coupon.categoryIds}::bigint[], ${coupon.firstOrderOnly})`.execute(tx)
}

/**
 * Locks the coupon and counts one use of it unless its limit is reached. Nothing where the code is unknown.
 * Uses by the same account are counted safely because the buyer's cart is locked: one account checks out once at a time.
 */
export async function insertRedemption(tx: Tx, { code, accountId, orderNumber }: Redemption, now: Date) {
  const { rows } = await sql<Coupon & { usesByAccount: number; isUsedUp: boolean }>`
    with coupon as (
      select * from promotions.coupons where code = upper(trim(${code})) and removed_at is null for update
    ), counted as (
      update promotions.coupons counted set used_count = counted.used_count + 1
      from coupon where counted.id = coupon.id and (counted.usage_limit is null or counted.used_count < counted.usage_limit)
      returning counted.id
    ), redeemed as (
      insert into promotions.redemptions (coupon_id, account_id, order_number, redeemed_at)
      select id, ${accountId}, ${orderNumber}, ${now} from counted
    )
    select code, description, discount_type, percent, amount_minor, currency, min_order_minor, max_discount_minor,
      usage_limit, usage_limit_per_account, valid_from, valid_to, is_active, to_json(product_ids) as product_ids,
      to_json(category_ids) as category_ids, first_order_only,
      not exists (select from counted) as is_used_up,
      (select count(*) from promotions.redemptions r where r.coupon_id = coupon.id and r.account_id = ${accountId})
        as uses_by_account
    from coupon`.execute(tx)
  const found = rows[0]
  return found && { coupon: found as Coupon, usesByAccount: found.usesByAccount, isUsedUp: found.isUsedUp }
}

export async function deleteRedemption(tx: Tx, orderNumber: string): Promise<void> {
  await sql`
    with given_back as (
      delete from promotions.redemptions where order_number = ${orderNumber} returning coupon_id
    )
    update promotions.coupons set used_count = used_count - 1 from given_back where id = coupon_id`.execute(tx)
}
