-- A number that staff can name a refund by.
alter table payments.refunds add column number bigint generated always as identity unique;
create index refunds_by_time on payments.refunds (created_at desc, number desc);

-- What the transport of an order has cost the shop, where staff says so; what its buyer pays for it was agreed.
alter table orders.orders add column transport_cost_minor bigint check (transport_cost_minor >= 0);

-- Staff looks for a part of a number.
create index orders_by_number_part on orders.orders using gin (lower(number) gin_trgm_ops);
