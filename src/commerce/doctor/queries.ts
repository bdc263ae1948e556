/** What must always be true, each as a query for the places where it is not. */
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/database'

/** `query` returns one text column `fault`: a sentence about each place. */
export type Invariant = { says: string; query: RawBuilder<{ fault: string }> }

const SHOWN_MAX = 20

export const invariants: Invariant[] = [
  {
    says: 'a stock level is the sum of its ledger',
    query: sql`
      select format('%s holds %s, its ledger adds up to %s', level.sku, level.on_hand, coalesce(sum(entry.quantity), 0)) as fault
      from inventory.levels level left join inventory.ledger entry using (variant_id, location_id)
      group by level.variant_id, level.location_id
      having level.on_hand <> coalesce(sum(entry.quantity), 0)`,
  },
  {
    says: 'the last balance in the ledger is the level',
    query: sql`
      select format('%s holds %s, the ledger ends at %s', level.sku, level.on_hand, last.balance_after) as fault
      from inventory.levels level, lateral (
        select balance_after from inventory.ledger entry
        where entry.variant_id = level.variant_id and entry.location_id = level.location_id order by id desc limit 1) last
      where last.balance_after <> level.on_hand`,
  },
  {
    says: 'an order has taken from stock what it sells, a cancelled one has given it back',
    query: sql`
      with sold as (select order_id, sum(quantity) as units from orders.lines group by order_id),
        moved as (
          select reference, -sum(quantity) as units from inventory.ledger
          where movement in ('OUT', 'RETURN') and reference is not null group by reference)
      select format('%s is %s, sells %s and has taken %s', number, status, units, taken) as fault
      from (
        select "order".number, "order".status, coalesce(sold.units, 0) as units, coalesce(moved.units, 0) as taken
        from orders.orders "order"
        left join sold on sold.order_id = "order".id left join moved on moved.reference = "order".number) as orders
      where taken <> case when status = 'cancelled' then 0 else units end
        and not (status = 'refunded' and taken = 0)`,
  },
  {
    says: 'the lines of an order add up to its subtotal',
    query: sql`
      select format('%s has a subtotal of %s, its lines make %s', "order".number, subtotal_minor, coalesce(sum(line_total_minor), 0)) as fault
      from orders.orders "order" left join orders.lines line on line.order_id = "order".id
      group by "order".id having subtotal_minor <> coalesce(sum(line_total_minor), 0)`,
  },
  {
    says: 'the history of an order ends with its state',
    query: sql`
      select format('%s is %s and %s, its history ends with %s and %s',
        number, "order".status, "order".payment_status, last.status, last.payment_status) as fault
      from orders.orders "order" left join lateral (
        select status, payment_status from orders.history where order_id = "order".id order by id desc limit 1) last on true
      where (last.status, last.payment_status) is distinct from ("order".status, "order".payment_status)`,
  },
  {
    says: 'an order that counts as paid has a payment of its total',
    query: sql`
      select format('%s is %s over %s, payments make %s', number, "order".payment_status, total_minor, coalesce(sum(amount_minor), 0)) as fault
      from orders.orders "order" left join payments.payments payment
        on payment.order_id = "order".id and payment.status in ('succeeded', 'refunded', 'partially_refunded')
      where "order".payment_status in ('paid', 'refunded', 'partially_refunded') and total_minor > 0
      group by "order".id having coalesce(sum(amount_minor), 0) < total_minor`,
  },
  {
    says: 'money that came in belongs to an order that counts as paid, or goes back',
    query: sql`
      select format('payment %s of %s came in, the order is %s and %s', payment.id, number, "order".status, "order".payment_status) as fault
      from payments.payments payment join orders.orders "order" on "order".id = payment.order_id
      where payment.status in ('succeeded', 'partially_refunded') and payment.refunded_minor < payment.amount_minor
        and ("order".status = 'cancelled' or "order".payment_status in ('pending', 'failed'))`,
  },
  {
    says: 'what is given back is the sum of the refunds',
    query: sql`
      select format('payment %s says %s, its refunds make %s', payment.id, refunded_minor, coalesce(sum(refund.amount_minor), 0)) as fault
      from payments.payments payment
      left join payments.refunds refund on refund.payment_id = payment.id and refund.status <> 'failed'
      group by payment.id having refunded_minor <> coalesce(sum(refund.amount_minor), 0)`,
  },
  {
    says: 'the counter of a coupon is the number of its redemptions',
    query: sql`
      select format('%s counts %s, was redeemed %s times', code, used_count, count(redemption.id)) as fault
      from promotions.coupons coupon left join promotions.redemptions redemption on redemption.coupon_id = coupon.id
      group by coupon.id having used_count <> count(redemption.id)`,
  },
  {
    says: 'a coupon was redeemed by an order that exists and is not cancelled unpaid',
    query: sql`
      select format('%s by %s', coupon.code, redemption.order_number) as fault
      from promotions.redemptions redemption join promotions.coupons coupon on coupon.id = redemption.coupon_id
      left join orders.orders "order" on "order".number = redemption.order_number
      where "order".id is null or ("order".status = 'cancelled' and "order".payment_status in ('pending', 'failed'))`,
  },
  {
    says: 'the price of a product is the lowest of its variants',
    query: sql`
      select format('product %s shows %s, the lowest is %s', product.id, product.price_minor, min(variant.price_minor)) as fault
      from catalog.products product join catalog.variants variant on variant.product_id = product.id and variant.is_active
      group by product.id having product.price_minor <> min(variant.price_minor)`,
  },
  {
    says: 'the rating of a product is that of its approved reviews',
    query: sql`
      select format('product %s', coalesce(summary.product_id, review.product_id)) as fault
      from reviews.summaries summary full join (
        select product_id, count(*)::int as rating_count, sum(rating)::int as rating_sum
        from reviews.reviews where status = 'approved' group by product_id) review using (product_id)
      where (coalesce(summary.rating_count, 0), coalesce(summary.rating_sum, 0))
        <> (coalesce(review.rating_count, 0), coalesce(review.rating_sum, 0))`,
  },
  {
    says: 'the kept numbers of active products are right',
    query: sql`
      select format('category %s: kept %s, there are %s', coalesce(kept.category_id, product.category_id), kept.products, product.products) as fault
      from catalog.products_per_category kept full join (
        select category_id, count(*) as products from catalog.products where is_active group by category_id) product
        on coalesce(product.category_id, 0) = coalesce(kept.category_id, 0)
      where coalesce(kept.products, 0) <> coalesce(product.products, 0)`,
  },
  {
    says: 'every product has its document for searches, and no document is without its product',
    query: sql`
      select format('product %s', coalesce(product.id, document.product_id)) as fault
      from catalog.products product full join browse.documents document on document.product_id = product.id
      where product.id is null or document.product_id is null or document.is_active <> product.is_active
        or document.price_minor <> product.price_minor`,
  },
  {
    says: 'what searches read of a product is what it says (of a thousand)',
    query: sql`
      select format('product %s', product.id) as fault
      from (select * from catalog.products order by md5(id::text) limit 1000) product
      join browse.documents document on document.product_id = product.id
      where document.words <> browse.words_of(product) or document.plain_name <> left(browse.plain(product.name), 200)`,
  },
  {
    says: 'a closed account has no name, no way in and no open session',
    query: sql`
      select format('account %s was closed at %s', id, closed_at) as fault
      from identity.accounts account
      where closed_at is not null and (
        is_active or is_staff or is_superuser or disabled_at is null or password_hash is not null
        or coalesce(email, phone, nullif(first_name, ''), nullif(last_name, '')) is not null
        or exists (select from identity.sessions where account_id = account.id and ended_at is null))`,
  },
  {
    says: 'no letter is dead',
    query: sql`
      select format('letter %s, "%s" to %s: %s', id, subject, recipient, last_error) as fault
      from platform.letters where status = 'dead'`,
  },
  {
    says: 'no text message is dead',
    query: sql`
      select format('text message %s to %s: %s', id, recipient, last_error) as fault
      from platform.text_messages where status = 'dead'`,
  },
]

/** The first places where an invariant does not hold. */
export async function findFaults(db: Db, { query }: Invariant): Promise<string[]> {
  const { rows } = await sql<{ fault: string }>`select fault from (${query}) as faults limit ${SHOWN_MAX}`.execute(db)
  return rows.map(({ fault }) => fault)
}
