-- Reviews are moderated and voted on; customers keep a list of what they wish for.

alter table reviews.reviews
  -- Each account that finds it helpful, counted: the number of its votes.
  add column helpful_count int not null default 0 check (helpful_count >= 0),
  -- Told to its author; empty where staff gave none.
  add column rejection_reason text not null default '',
  add constraint reviews_reason_of_rejection check (status = 'rejected' or rejection_reason = '');

create table reviews.votes (
  review_id bigint not null references reviews.reviews on delete cascade,
  account_id bigint not null references identity.accounts on delete cascade,
  voted_at timestamptz not null,
  primary key (review_id, account_id)
);
create index votes_of_account on reviews.votes (account_id);

-- Pages of a product are cut along these alone, filters included; only what is shown is fetched.
create index reviews_of_product on reviews.reviews (product_id, status, created_at, id)
  include (rating, is_verified_purchase);
create index reviews_by_rating on reviews.reviews (product_id, rating, created_at, id)
  include (is_verified_purchase) where status = 'approved';
create index reviews_most_helpful on reviews.reviews (product_id, helpful_count, created_at, id)
  include (rating, is_verified_purchase) where status = 'approved';
-- What staff leafs through.
create index reviews_by_status on reviews.reviews (status, created_at, id);
create index reviews_by_time on reviews.reviews (created_at, id);
create index reviews_of_account on reviews.reviews (account_id);

-- The summary comes with the first review, whatever its status: whoever approves has nothing to insert beside the product.
insert into reviews.summaries (product_id, rating_count, rating_sum)
select distinct product_id, 0, 0 from reviews.reviews on conflict (product_id) do nothing;

-- Wishlists.
create table customers.wishlist_items (
  account_id bigint not null references identity.accounts on delete cascade,
  product_id bigint not null references catalog.products on delete cascade,
  added_at timestamptz not null,
  primary key (account_id, product_id)
);
create index wishlist_items_newest on customers.wishlist_items (account_id, added_at desc, product_id desc);
create index wishlist_items_of_product on customers.wishlist_items (product_id);
