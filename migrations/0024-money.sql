-- What orders, payments, promotions, carts and shipping need to be told in full: tax by line, who may have what back, where a
-- parcel is.

-- Orders -------------------------------------------------------------------------------------------------------------------
alter type orders.order_status add value 'completed' after 'delivered';

alter table orders.orders
  -- Whether the prices of the lines hold the tax already; then the subtotal is what the goods cost without it.
  add column tax_included boolean not null default false,
  -- Which rule gave which amount, as it was reckoned.
  add column explanation jsonb not null default '[]',
  -- The entry of the buyer's book; the order has its own copy.
  add column address_id bigint references customers.addresses on delete set null,
  -- How the parcel goes, of the last one where there are several.
  add column carrier text,
  add column tracking_number text,
  add column estimated_delivery date;
create index orders_by_address on orders.orders (address_id) where address_id is not null;
create index orders_by_status on orders.orders (status, placed_at desc, id desc);

-- Whose account it was, where somebody did it.
alter table orders.history add column actor_id bigint;

-- The share of each line in the discount and the tax of its order: together they are those of the order, to the minor unit.
alter table orders.lines
  add column discount_minor bigint not null default 0 check (discount_minor between 0 and line_total_minor),
  add column tax_minor bigint not null default 0 check (tax_minor >= 0);
with shared as (
  select line.id,
    round("order".discount_minor * sum(line.line_total_minor) over running / nullif("order".subtotal_minor, 0)) as discount_until,
    round("order".tax_minor * sum(line.line_total_minor) over running / nullif("order".subtotal_minor, 0)) as tax_until,
    line.order_id, line.position
  from orders.lines line join orders.orders "order" on "order".id = line.order_id
  window running as (partition by line.order_id order by line.position)
), parts as (
  select id,
    discount_until - coalesce(lag(discount_until) over by_order, 0) as discount,
    tax_until - coalesce(lag(tax_until) over by_order, 0) as tax
  from shared window by_order as (partition by order_id order by position)
)
update orders.lines set discount_minor = coalesce(parts.discount, 0), tax_minor = coalesce(parts.tax, 0)
from parts where parts.id = lines.id;

-- What staff notes about an order; `is_shown` to its buyer, too.
create table orders.notes (
  id bigint generated always as identity primary key,
  order_id bigint not null references orders.orders on delete cascade,
  author text not null,
  text text not null check (text <> ''),
  is_shown boolean not null default false,
  written_at timestamptz not null
);
create index notes_of_order on orders.notes (order_id, id);

-- Invoices and credit notes, numbered without gaps in each year: the counter is locked by whoever takes a number until that commits.
create type orders.document_kind as enum ('invoice', 'credit_note');
create table orders.number_series (
  kind orders.document_kind not null,
  year int not null,
  last int not null check (last >= 0),
  primary key (kind, year)
);
create table orders.documents (
  id bigint generated always as identity primary key,
  kind orders.document_kind not null,
  year int not null,
  sequence int not null check (sequence > 0),
  number text not null unique,
  order_id bigint not null references orders.orders,
  -- What a credit note gives back.
  refund_id uuid unique,
  amount_minor bigint not null check (amount_minor >= 0),
  tax_minor bigint not null check (tax_minor >= 0),
  issued_at timestamptz not null,
  unique (kind, year, sequence),
  check ((kind = 'credit_note') = (refund_id is not null))
);
create unique index documents_one_invoice on orders.documents (order_id) where kind = 'invoice';
create index documents_of_order on orders.documents (order_id, id);

create type orders.return_status as enum ('requested', 'approved', 'rejected', 'received', 'refunded');
create table orders.returns (
  id bigint generated always as identity primary key,
  order_id bigint not null references orders.orders,
  status orders.return_status not null,
  reason text not null,
  -- What staff says to it.
  note text not null default '',
  refund_minor bigint not null check (refund_minor >= 0),
  refund_id uuid,
  requested_at timestamptz not null,
  updated_at timestamptz not null
);
create index returns_of_order on orders.returns (order_id, id);
create index returns_by_time on orders.returns (requested_at desc, id desc);
create table orders.return_lines (
  return_id bigint not null references orders.returns on delete cascade,
  line_id bigint not null references orders.lines on delete cascade,
  quantity int not null check (quantity > 0),
  refund_minor bigint not null check (refund_minor >= 0),
  primary key (return_id, line_id)
);
create index return_lines_of_line on orders.return_lines (line_id);

-- Payments -----------------------------------------------------------------------------------------------------------------
alter type payments.provider add value 'razorpay';
-- The gateway that comes with the shop.
alter type payments.provider add value 'builtin';

alter table payments.payments
  -- How the buyer means to pay: card, upi, netbanking, wallet; empty where the provider asks.
  add column method text not null default '',
  -- When a provider was last asked without an answer, and how often: it is asked again ever more seldom.
  add column attempts int not null default 0;
alter table payments.refunds
  -- A request of a buyer: no money moves until the gateway tells of it, or staff settles it (SF-371, SF-469).
  add column awaits_staff boolean not null default false;

-- Promotions ---------------------------------------------------------------------------------------------------------------
alter table promotions.coupons
  -- Where they are not empty, only what is of these counts.
  add column product_ids bigint[] not null default '{}',
  add column category_ids bigint[] not null default '{}',
  add column first_order_only boolean not null default false,
  add column created_at timestamptz not null default now(),
  add column removed_at timestamptz;

-- Carts --------------------------------------------------------------------------------------------------------------------
alter table cart.carts
  -- As it was typed, in capitals; whether it applies is seen at every look.
  add column coupon_code text,
  -- When its owner was reminded of it: once.
  add column reminded_at timestamptz;

-- Shipping -----------------------------------------------------------------------------------------------------------------
alter table shipping.methods drop constraint methods_code_key;
alter table shipping.methods add constraint methods_code_in_currency unique (code, currency);
insert into shipping.methods (code, name, carrier, rate_minor, currency, free_above_minor, days_min, days_max, position)
values
  ('standard', 'Standard delivery', 'Souk Post', 4900, 'INR', 49900, 3, 6, 3),
  ('express', 'Express delivery', 'Souk Post', 12900, 'INR', null, 1, 2, 4);

-- Where it costs something else. Countries as two letters; prefixes of postal codes; both empty: everywhere.
create table shipping.zones (
  id bigint generated always as identity primary key,
  name text not null,
  countries text[] not null default '{}',
  postal_prefixes text[] not null default '{}',
  position int not null default 0
);
-- What a method costs in a zone: a base, and so much for each kilogram begun above a weight. The weight of a parcel is what it
-- weighs, or its volume in cubic centimetres through the divisor where that is more.
create table shipping.zone_rates (
  id bigint generated always as identity primary key,
  method_id bigint not null references shipping.methods on delete cascade,
  zone_id bigint not null references shipping.zones on delete cascade,
  base_minor bigint not null check (base_minor >= 0),
  included_grams int not null default 0 check (included_grams >= 0),
  per_kg_minor bigint not null default 0 check (per_kg_minor >= 0),
  volumetric_divisor int not null default 5000 check (volumetric_divisor > 0),
  unique (method_id, zone_id)
);

create type shipping.shipment_status as enum (
  'pending', 'label_created', 'in_transit', 'out_for_delivery', 'delivered', 'exception'
);
create table shipping.shipments (
  id bigint generated always as identity primary key,
  order_id bigint not null references orders.orders,
  order_number text not null,
  account_id bigint references identity.accounts on delete set null,
  carrier text not null,
  service text not null,
  tracking_number text,
  tracking_url text,
  -- In the address of its label: who does not know it does not find it.
  label_key text not null unique,
  -- What the carrier calls it, where that is not the tracking number.
  carrier_reference text,
  -- Where the carrier keeps its label, if not we.
  label_url text,
  status shipping.shipment_status not null,
  estimated_delivery date,
  -- When a carrier was last asked without an answer, and how often.
  attempts int not null default 0,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (carrier, tracking_number)
);
create index shipments_of_order on shipping.shipments (order_id, id);
create index shipments_of_account on shipping.shipments (account_id, created_at desc) where account_id is not null;
create index shipments_by_time on shipping.shipments (created_at desc, id desc);
create index shipments_by_tracking_number on shipping.shipments (tracking_number) where tracking_number is not null;
create index shipments_unbooked on shipping.shipments (created_at) where tracking_number is null;
-- Which units are in it.
create table shipping.shipment_lines (
  shipment_id bigint not null references shipping.shipments on delete cascade,
  line_id bigint not null,
  quantity int not null check (quantity > 0),
  primary key (shipment_id, line_id)
);
create index shipment_lines_of_line on shipping.shipment_lines (line_id);
create table shipping.shipment_events (
  id bigint generated always as identity primary key,
  shipment_id bigint not null references shipping.shipments on delete cascade,
  status shipping.shipment_status not null,
  location text not null default '',
  description text not null default '',
  happened_at timestamptz not null
);
create index events_of_shipment on shipping.shipment_events (shipment_id, happened_at, id);
-- The inbox: an event of a carrier is worked once, however often it is delivered.
create table shipping.carrier_events (
  carrier text not null,
  event_id text not null,
  received_at timestamptz not null,
  primary key (carrier, event_id)
);
