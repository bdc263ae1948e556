-- The language of who never chose one is the shop's. What was stored so far was the default, or says the same.
alter table customers.profiles alter column language drop default, alter column language drop not null,
  -- Whether its owner is told when something on the wishlist gets cheaper.
  add column wish_alerts boolean not null default false;
update customers.profiles set language = null where language = 'en';
create index profiles_with_wish_alerts on customers.profiles (account_id) where wish_alerts;

-- What it cost when it was wished for, or when its owner was told last that it costs less.
alter table customers.wishlist_items add column price_minor bigint;
update customers.wishlist_items item set price_minor = product.price_minor
  from catalog.products product where product.id = item.product_id;
alter table customers.wishlist_items alter column price_minor set not null;
-- What fell below it is found without a look at the others.
drop index customers.wishlist_items_of_product;
create index wishlist_items_of_product on customers.wishlist_items (product_id, price_minor);
-- The worker moves that price; nobody else did something.
drop trigger is_audited on customers.wishlist_items;
select audit.watch('customers.wishlist_items', 'anybody', 'account_id product_id', 'price_minor', 'account_id', 'insert or delete');

-- Who waits for something to be there again, or to cost less.
create schema watches;

create type watches.kind as enum ('back_in_stock', 'price_drop');
create table watches.watches (
  id bigint generated always as identity primary key,
  account_id bigint not null references identity.accounts on delete cascade,
  product_id bigint not null references catalog.products on delete cascade,
  -- Null: any of them.
  variant_id bigint references catalog.variants on delete cascade,
  kind watches.kind not null,
  -- What it cost when its owner asked, or was told last.
  price_minor bigint check ((price_minor is null) = (kind = 'back_in_stock')),
  created_at timestamptz not null,
  -- From the product on, as the worker looks at them.
  constraint watches_once unique nulls not distinct (product_id, kind, variant_id, account_id)
);
create index watches_of_price on watches.watches (product_id, price_minor) where kind = 'price_drop';
create index watches_of_account on watches.watches (account_id, id);
create index watches_of_variant on watches.watches (variant_id) where variant_id is not null;
select audit.watch('watches.watches', 'anybody', 'id', '', 'account_id', 'insert or delete');
