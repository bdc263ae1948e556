-- An order of which all was given back is no sale, also where it has been sent and goes on by its status: on the storefront a refund that
-- staff settles says nothing of the order but that it is REFUNDED (SF-469).
create or replace view analytics.counted_orders as
  select "order".id, "order".account_id, "order".number, "order".channel, "order".currency, "order".placed_at, "order".status,
    "order".total_minor, "order".shipping_minor, sale.is_booked,
    sale.is_booked and "order".payment_status in ('paid', 'partially_refunded') as is_paid,
    case when sale.is_booked and "order".payment_status in ('paid', 'partially_refunded')
      then "order".total_minor - coalesce(refunded.minor, 0) else 0 end as revenue_minor
  from orders.orders "order"
  cross join lateral (
    select "order".status not in ('cancelled', 'refunded') and "order".payment_status <> 'refunded' as is_booked
  ) sale
  left join lateral (
    select sum(refunded_minor) as minor from payments.payments payment
    where payment.order_id = "order".id and "order".payment_status = 'partially_refunded'
  ) refunded on true;

-- Days that are kept and hold such an order are read anew.
insert into analytics.stale_days (day)
  select day from analytics.closed_days where day in (
    select (placed_at at time zone 'UTC')::date from orders.orders
    where payment_status = 'refunded' and status not in ('cancelled', 'refunded')
  );
