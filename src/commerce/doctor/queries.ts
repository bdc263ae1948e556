/** What must always be true, each as a query for the places where it is not. */
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/database'
import { auditInvariants } from './audit.queries.ts'
import { paperInvariants } from './papers.queries.ts'
import { parcelInvariants } from './parcels.queries.ts'

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
        where entry.product_id = level.product_id and entry.variant_id = level.variant_id
          and entry.location_id = level.location_id
        order by id desc limit 1) last
      where last.balance_after <> level.on_hand`,
  },
  {
    says: 'every entry of the ledger has its level, every line its order',
    query: sql`
      select format('entry %s of the ledger has no level', entry.id) as fault
      from inventory.ledger entry left join inventory.levels level using (variant_id, location_id)
      where level.variant_id is null
      union all
      select format('line %s has no order', line.id) from orders.lines line
      left join orders.orders "order" on "order".id = line.order_id where "order".id is null`,
  },
  {
    says: 'a level and its ledger name the product of their variant',
    query: sql`
      select format('%s is of product %s, its %s of %s', variant.sku, variant.product_id, held.what, held.product_id) as fault
      from (
        select 'level' as what, variant_id, product_id from inventory.levels
        union select 'ledger', variant_id, product_id from inventory.ledger
      ) held join catalog.variants variant on variant.id = held.variant_id
      where held.product_id <> variant.product_id`,
  },
  {
    says: 'a low variant has one alert that goes on, any other has none',
    query: sql`
      select format('%s has %s left and is low from %s on, its alert is %s', stock.sku, stock.available, stock.threshold, coalesce(alert.id::text, 'none')) as fault
      from (
        select level.variant_id, min(level.sku) as sku, max(level.low_stock_threshold) as threshold,
          coalesce(sum(level.on_hand) filter (where location.is_active), 0) as available
        from inventory.levels level join inventory.locations location on location.id = level.location_id
        group by level.variant_id
      ) stock left join inventory.alerts alert on alert.variant_id = stock.variant_id and alert.ended_at is null
      where (stock.available <= stock.threshold) <> (alert.id is not null)`,
  },
  {
    says: 'there is one default location, and nothing at a removed one',
    query: sql`
      select format('there are %s default locations', count(*)) as fault from inventory.locations where is_default having count(*) <> 1
      union all
      select format('%s holds %s of %s', location.code, level.on_hand, level.sku)
      from inventory.levels level join inventory.locations location on location.id = level.location_id
      where location.removed_at is not null and level.on_hand > 0`,
  },
  {
    says: 'an order has taken from stock what it sells, a cancelled one has given it back',
    query: sql`
      with sold as (
          select order_id, sum(line.quantity) - coalesce(sum(sent_back.units), 0) as units
          from orders.lines line left join (
            select sent.line_id, sum(sent.quantity) as units
            from orders.return_lines sent join orders.returns sent_back on sent_back.id = sent.return_id
            where sent_back.status in ('received', 'refunded') group by sent.line_id) sent_back on sent_back.line_id = line.id
          group by order_id),
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
    says: 'the lines of an order add up to its subtotal, its discount and its tax',
    query: sql`
      select format('%s: goods %s, discount %s, tax %s; its lines make %s, %s, %s', number, goods, discount_minor, tax_minor,
        line_goods, line_discount, line_tax) as fault
      from (
        select "order".number, subtotal_minor + case when tax_included then "order".tax_minor else 0 end as goods,
          "order".discount_minor, "order".tax_minor, coalesce(sum(line.line_total_minor), 0) as line_goods,
          coalesce(sum(line.discount_minor), 0) as line_discount, coalesce(sum(line.tax_minor), 0) as line_tax
        from orders.orders "order" left join orders.lines line on line.order_id = "order".id group by "order".id
      ) as sums where (goods, discount_minor, tax_minor) <> (line_goods, line_discount, line_tax)`,
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
        and ("order".status = 'cancelled' or "order".payment_status in ('pending', 'failed'))
        -- There it is given back where somebody asks for it.
        and ("order".channel <> 'storefront' or "order".status <> 'cancelled')`,
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
  ...parcelInvariants,
  ...paperInvariants,
  ...auditInvariants,
  {
    says: 'the price of a product is that of its article without a choice, or the lowest of its variants',
    query: sql`
      select format('product %s shows %s, it costs %s', product.id, product.price_minor, shown.price_minor) as fault
      from catalog.products product cross join lateral (
        select price_minor from catalog.variants variant
        where variant.product_id = product.id and variant.removed_at is null and (variant.is_implicit or variant.is_active)
        order by variant.is_implicit desc, variant.price_minor limit 1
      ) shown
      where product.price_minor <> shown.price_minor`,
  },
  {
    says: 'a product with pictures has one primary picture',
    query: sql`
      select format('product %s has %s of %s', product_id, count(*) filter (where is_primary), count(*)) as fault
      from catalog.pictures group by product_id having count(*) filter (where is_primary) <> 1`,
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
    says: 'a review is as helpful as it has votes',
    query: sql`
      select format('review %s: kept %s, there are %s', review.id, helpful_count, count(vote.account_id)) as fault
      from reviews.reviews review left join reviews.votes vote on vote.review_id = review.id
      group by review.id having helpful_count <> count(vote.account_id)`,
  },
  {
    says: 'the kept numbers of active products are right',
    query: sql`
      select format('category %s: kept %s, there are %s', coalesce(kept.category_id, product.category_id), kept.products, product.products) as fault
      from (select category_id, sum(products) as products from catalog.products_per_category group by category_id) kept full join (
        select category_id, count(*) as products from catalog.products where is_active group by category_id) product
        on coalesce(product.category_id, 0) = coalesce(kept.category_id, 0)
      where coalesce(kept.products, 0) <> coalesce(product.products, 0)`,
  },
  {
    says: 'lists and searches know each product as it is',
    query: sql`
      select format('product %s', product.id) as fault
      from catalog.products product left join browse.documents document on document.product_id = product.id
      left join reviews.summaries summary on summary.product_id = product.id
      where (document.is_active, document.price_minor, document.category_id, document.brand_id, document.rating_average,
          not exists (select from browse.sold_out where sold_out.product_id = product.id))
        is distinct from (product.is_active, product.price_minor, product.category_id, product.brand_id,
          coalesce(summary.rating_average, 0), exists (
            select from catalog.variants variant join inventory.levels level on level.variant_id = variant.id
            join inventory.locations location on location.id = level.location_id
            where variant.product_id = product.id and variant.is_active and level.on_hand > 0 and location.is_active))`,
  },
  {
    says: 'the marks of deep pages count the active products',
    query: sql`
      select format('in the order of %s: %s, there are %s', ordering, counted, there) as fault
      from (
        select ordering, sum(mark.documents + coalesce((
            select sum(documents) from browse.mark_moves move where move.mark_id = mark.id), 0)) as counted,
          (select count(*) from browse.documents where is_active) as there
        from browse.marks mark group by ordering
      ) marks where counted <> there`,
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
      where document.words <> browse.words_of(product) or document.name_key <> left(browse.plain(product.name), 200)`,
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
