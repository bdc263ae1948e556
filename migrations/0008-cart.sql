-- What somebody means to buy.
create schema cart;

create table cart.carts (
  id bigint generated always as identity primary key,
  account_id bigint unique references identity.accounts on delete cascade,
  -- A guest's cart is found by the hash of its token; the token itself is with the guest alone.
  token_hash text unique,
  currency text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check ((account_id is null) <> (token_hash is null))
);
create index carts_of_guests on cart.carts (updated_at) where account_id is null;

create table cart.lines (
  id bigint generated always as identity primary key,
  cart_id bigint not null references cart.carts on delete cascade,
  variant_id bigint not null references catalog.variants on delete cascade,
  quantity int not null check (quantity between 1 and 999),
  -- What it cost when it was put in: a change since then is told.
  unit_price_minor bigint not null,
  added_at timestamptz not null,
  unique (cart_id, variant_id)
);
create index lines_of_variant on cart.lines (variant_id);
