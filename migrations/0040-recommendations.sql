-- What goes well with what, and with whom (decision 23).
create schema recommendations;

-- What people like, as far as it was seen, the newest first. Made anew by each run, so it needs no log.
create unlogged table recommendations.tastes (
  -- An account; below zero, a visitor who was not signed in.
  person bigint not null,
  place int not null,
  product_id bigint not null,
  weight real not null,
  primary key (person, place)
);
create index tastes_of_product on recommendations.tastes (product_id);
-- How many like a product, and how much: the length of its column, as the cosine wants it.
create unlogged table recommendations.audiences (
  product_id bigint primary key,
  people int not null,
  norm float8 not null
);

create type recommendations.algorithm as enum ('collaborative', 'content_based', 'hybrid', 'popular');

-- What those who liked a product liked as well, the best first. Whole rows are replaced: a reader sees the old ones or the new ones.
create table recommendations.of_products (
  product_id bigint primary key references catalog.products on delete cascade,
  products bigint[] not null,
  scores real[] not null,
  generated_at timestamptz not null,
  check (cardinality(products) = cardinality(scores))
);
-- What an account was recommended a moment ago.
create table recommendations.of_accounts (
  account_id bigint not null references identity.accounts on delete cascade,
  algorithm recommendations.algorithm not null,
  products bigint[] not null,
  scores real[] not null,
  generated_at timestamptz not null,
  primary key (account_id, algorithm),
  check (cardinality(products) = cardinality(scores))
);
create index accounts_by_time on recommendations.of_accounts (generated_at);
-- What many looked at, put into carts and bought lately.
create table recommendations.popular (
  product_id bigint primary key references catalog.products on delete cascade,
  score real not null
);

-- All of it, a row each.
create view recommendations.product_recommendations as
  select null::bigint as account_id, product_id, pick.recommended_id, pick.score,
    'collaborative'::recommendations.algorithm as algorithm, generated_at
  from recommendations.of_products, unnest(products, scores) as pick (recommended_id, score)
  union all
  select account_id, null, pick.recommended_id, pick.score, algorithm, generated_at
  from recommendations.of_accounts, unnest(products, scores) as pick (recommended_id, score);
