-- What shoppers look at. Everything else that browse shows is read from its owners.
create schema browse;

create table browse.product_views (
  product_id bigint primary key references catalog.products on delete cascade,
  views bigint not null
);
create index product_views_most on browse.product_views (views desc, product_id desc);
