-- What a gateway was asked for, what it answered, and what was given back.
create schema payments;

create type payments.provider as enum ('stripe', 'paypal', 'cod');
create type payments.payment_status as enum (
  'pending', 'requires_action', 'succeeded', 'failed', 'cancelled', 'refunded', 'partially_refunded'
);
create table payments.payments (
  id uuid primary key default gen_random_uuid(),
  order_id bigint not null references orders.orders,
  order_number text not null,
  account_id bigint references identity.accounts on delete set null,
  provider payments.provider not null,
  -- What the gateway calls it: known once it has answered.
  provider_reference text,
  status payments.payment_status not null,
  amount_minor bigint not null check (amount_minor >= 0),
  refunded_minor bigint not null default 0,
  currency text not null,
  client_secret text,
  approval_url text,
  return_url text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint refunds_within_payment check (refunded_minor between 0 and amount_minor),
  unique (provider, provider_reference)
);
create index payments_of_order on payments.payments (order_id);
create index payments_of_account on payments.payments (account_id, created_at desc);
create index payments_unanswered on payments.payments (created_at) where provider_reference is null;

create type payments.refund_status as enum ('pending', 'succeeded', 'failed');
create table payments.refunds (
  id uuid primary key default gen_random_uuid(),
  payment_id uuid not null references payments.payments,
  provider_reference text,
  status payments.refund_status not null,
  amount_minor bigint not null check (amount_minor > 0),
  reason text not null default '',
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index refunds_of_payment on payments.refunds (payment_id);
create index refunds_open on payments.refunds (created_at) where status = 'pending';

-- The inbox: an event of a gateway is worked once, however often it is delivered.
create table payments.gateway_events (
  provider payments.provider not null,
  event_id text not null,
  event_type text not null,
  provider_reference text,
  received_at timestamptz not null,
  primary key (provider, event_id)
);
