-- What happened on a day, added up: days that are over are kept, the others are read from what happened. docs/figures.md says what
-- each figure means.

-- What was looked at and put into carts, added as it is written. The figures of sales are written when the day is closed.
create table analytics.daily_products (
  day date not null,
  product_id bigint not null,
  views bigint not null default 0,
  cart_additions bigint not null default 0,
  wishlist_additions bigint not null default 0,
  currency text,
  purchases bigint not null default 0,
  units bigint not null default 0,
  revenue_minor bigint not null default 0,
  primary key (day, product_id)
);
create index daily_products_of_product on analytics.daily_products (product_id, day);

create table analytics.daily_orders (
  day date not null,
  currency text not null,
  -- Placed on that day, and what became of them.
  orders bigint not null,
  cancelled bigint not null,
  completed bigint not null,
  paid bigint not null,
  -- Of those that are neither cancelled nor given back whole.
  units bigint not null,
  booked_minor bigint not null,
  -- Of those that are paid, without what was given back.
  revenue_minor bigint not null,
  shipping_minor bigint not null,
  primary key (day, currency)
);

create table analytics.daily_visits (
  day date primary key,
  visits bigint not null,
  visitors bigint not null,
  carts bigint not null,
  abandoned_carts bigint not null,
  new_customers bigint not null,
  returning_customers bigint not null
);

-- The days whose figures are kept; and those of them of which something changed since: they are read anew until they are closed again.
create table analytics.closed_days (day date primary key);
create table analytics.stale_days (id bigint generated always as identity primary key, day date not null);
create index stale_days_by_day on analytics.stale_days (day);

-- Whoever changes an order shares a lock that the closing of a day takes alone: either sees the other.
create function analytics.note_change_of_order() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(hashtext('analytics.closed_days'));
  insert into analytics.stale_days (day) select day from analytics.closed_days where day = (new.placed_at at time zone 'UTC')::date;
  return null;
end $$;
create trigger order_came_late after insert on orders.orders for each row
  when (new.placed_at < now() - interval '1 hour') execute function analytics.note_change_of_order();
create trigger order_changed after update of status, payment_status on orders.orders for each row
  when (old.status is distinct from new.status or old.payment_status is distinct from new.payment_status)
  execute function analytics.note_change_of_order();

create function analytics.note_change_of_payment() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(hashtext('analytics.closed_days'));
  insert into analytics.stale_days (day)
    select day from analytics.closed_days
    where day = (select (placed_at at time zone 'UTC')::date from orders.orders where id = new.order_id);
  return null;
end $$;
create trigger payment_given_back after update of refunded_minor on payments.payments for each row
  when (old.refunded_minor is distinct from new.refunded_minor) execute function analytics.note_change_of_payment();

-- Carts that were left. One that was touched again and left again is still the same; one that was ordered is not.
create table analytics.abandoned_carts (
  id bigint generated always as identity primary key,
  cart_id bigint not null,
  account_id bigint references identity.accounts on delete set null,
  -- The visit that something was put into it last.
  session_id text,
  cart_created_at timestamptz not null,
  abandoned_at timestamptz not null,
  currency text not null,
  value_minor bigint not null,
  units bigint not null,
  -- CHECKOUT where an order was begun from it and came to nothing.
  stage text not null check (stage in ('CART', 'CHECKOUT')),
  reminded_at timestamptz,
  recovered_at timestamptz
);
create unique index abandoned_carts_open on analytics.abandoned_carts (cart_id) where recovered_at is null;
create index abandoned_carts_by_time on analytics.abandoned_carts (abandoned_at desc, id desc);
create index abandoned_carts_of_account on analytics.abandoned_carts (account_id) where account_id is not null;
create index carts_by_last_touch on cart.carts (updated_at);

-- What customers are worth, by what they paid in the currency that they pay in.
create table analytics.customer_values (
  account_id bigint primary key references identity.accounts on delete cascade,
  currency text not null,
  orders bigint not null,
  spent_minor bigint not null,
  first_order_at timestamptz not null,
  last_order_at timestamptz not null,
  updated_at timestamptz not null
);
create index customer_values_by_spending on analytics.customer_values (spent_minor desc, account_id);

-- What an order is counted as. Paid is what came in and was not given back whole; a cancelled one is no sale.
create view analytics.counted_orders as
  select "order".id, "order".account_id, "order".number, "order".channel, "order".currency, "order".placed_at, "order".status,
    "order".total_minor, "order".shipping_minor, "order".status not in ('cancelled', 'refunded') as is_booked, sale.is_paid,
    case when sale.is_paid then "order".total_minor - coalesce(refunded.minor, 0) else 0 end as revenue_minor
  from orders.orders "order"
  cross join lateral (
    select "order".status not in ('cancelled', 'refunded') and "order".payment_status in ('paid', 'partially_refunded') as is_paid
  ) sale
  left join lateral (
    select sum(refunded_minor) as minor from payments.payments payment
    where payment.order_id = "order".id and "order".payment_status = 'partially_refunded'
  ) refunded on true;

insert into analytics.customer_values
  select account_id, (array_agg(currency order by placed_at desc))[1], count(*), sum(revenue_minor), min(placed_at), max(placed_at), now()
  from analytics.counted_orders where is_paid and account_id is not null group by account_id;

-- Every day from the first on of which something is known, but for those whose figures are kept.
create view analytics.open_days as
  select span.day::date as day, span.day at time zone 'UTC' as begins_at, (span.day + interval '1 day') at time zone 'UTC' as ends_at
  from generate_series(
    (select least((select min(placed_at) from orders.orders), (select min(happened_at) from analytics.interactions),
      (select min(day) from analytics.daily_traffic)::timestamp at time zone 'UTC') at time zone 'UTC')::date::timestamp,
    (select greatest((select max(placed_at) from orders.orders), (select max(happened_at) from analytics.interactions),
      (select max(day) from analytics.daily_traffic)::timestamp at time zone 'UTC') at time zone 'UTC')::date::timestamp,
    interval '1 day') span (day)
  where not exists (select from analytics.closed_days closed where closed.day = span.day::date)
    or exists (select from analytics.stale_days stale where stale.day = span.day::date);

create view analytics.kept_days as
  select day from analytics.closed_days closed
  where not exists (select from analytics.stale_days stale where stale.day = closed.day);

create view analytics.open_order_days as
  select open.day, counted.*
  from analytics.open_days open cross join lateral (
    select "order".currency, count(*) as orders, count(*) filter (where status = 'cancelled') as cancelled,
      count(*) filter (where status = 'completed') as completed, count(*) filter (where is_paid) as paid,
      coalesce(sum(line.units) filter (where is_booked), 0)::bigint as units,
      coalesce(sum(total_minor) filter (where is_booked), 0)::bigint as booked_minor,
      coalesce(sum(revenue_minor), 0)::bigint as revenue_minor,
      coalesce(sum(shipping_minor) filter (where is_paid), 0)::bigint as shipping_minor
    from analytics.counted_orders "order"
    cross join lateral (select sum(quantity) as units from orders.lines where order_id = "order".id) line
    where placed_at >= open.begins_at and placed_at < open.ends_at group by "order".currency
  ) counted;
create view analytics.order_days as
  select daily.* from analytics.daily_orders daily where day in (select day from analytics.kept_days)
  union all select * from analytics.open_order_days;

create view analytics.open_product_days as
  select open.day, counted.* from analytics.open_days open cross join lateral (
    select product_id, coalesce(seen.views, 0) as views, coalesce(seen.cart_additions, 0) as cart_additions,
      coalesce(seen.wishlist_additions, 0) as wishlist_additions, sold.currency, coalesce(sold.purchases, 0) as purchases,
      coalesce(sold.units, 0)::bigint as units, coalesce(sold.revenue_minor, 0)::bigint as revenue_minor
    from (select * from analytics.daily_products where day = open.day) seen
    full join (
      select line.product_id, max(currency) as currency, count(distinct "order".id) as purchases, sum(line.quantity) as units,
        sum(line.line_total_minor - line.discount_minor) as revenue_minor
      from analytics.counted_orders "order" join orders.lines line on line.order_id = "order".id
      where is_paid and placed_at >= open.begins_at and placed_at < open.ends_at and line.product_id is not null
      group by line.product_id
    ) sold using (product_id)
  ) counted;
create view analytics.product_days as
  select daily.* from analytics.daily_products daily where day in (select day from analytics.kept_days)
  union all select * from analytics.open_product_days;

create view analytics.open_visit_days as
  select open.day, coalesce(came.visits, 0) as visits, coalesce(came.visitors, 0) as visitors, carts.carts,
    carts.abandoned as abandoned_carts, bought.new_customers, bought.returning_customers
  from analytics.open_days open
  left join analytics.daily_traffic came on came.day = open.day
  cross join lateral (
    select count(*) as carts, count(*) filter (where is_abandoned) as abandoned from (
      select cart_id, bool_or(is_abandoned) as is_abandoned from (
        select (details ->> 'cart_id')::bigint as cart_id, false as is_abandoned from analytics.interactions
        where kind = 'CART' and happened_at >= open.begins_at and happened_at < open.ends_at
        union all
        select cart_id, recovered_at is null from analytics.abandoned_carts
        where abandoned_at >= open.begins_at and abandoned_at < open.ends_at
      ) each where cart_id is not null group by cart_id
    ) cart
  ) carts
  cross join lateral (
    select count(*) filter (where not bought_before) as new_customers, count(*) filter (where bought_before) as returning_customers
    from (
      select distinct account_id, exists (
          select from analytics.counted_orders earlier
          where earlier.account_id = "order".account_id and earlier.is_booked and earlier.placed_at < open.begins_at
        ) as bought_before
      from analytics.counted_orders "order"
      where is_booked and account_id is not null and placed_at >= open.begins_at and placed_at < open.ends_at
    ) buyer
  ) bought;
create view analytics.visit_days as
  select daily.* from analytics.daily_visits daily where day in (select day from analytics.kept_days)
  union all select * from analytics.open_visit_days;

-- What was searched for on a day, by what it comes to.
create table browse.daily_queries (
  day date not null,
  plain text not null,
  -- As it was typed last.
  query text not null,
  times bigint not null,
  results bigint not null,
  primary key (day, plain)
);
insert into browse.daily_queries
  select (searched_at at time zone 'UTC')::date, browse.plain(query), max(query), count(*), sum(results)
  from browse.searches group by 1, 2;
