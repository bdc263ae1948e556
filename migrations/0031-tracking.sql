-- What is asked of the shop and what visitors do in it. Rows come in batches, lie by month, and go with their month.

-- The addresses that were asked for, without their queries, and the route that answered: a request names its endpoint by number.
create table analytics.endpoints (
  id int generated always as identity primary key,
  path text not null unique,
  route text not null,
  -- When it was asked for last: it goes with the last of its requests.
  seen_on date not null
);

create sequence analytics.requests_id as bigint;
create table analytics.requests (
  id bigint not null default nextval('analytics.requests_id'),
  happened_at timestamptz not null,
  endpoint_id int not null,
  method text not null,
  status smallint not null,
  elapsed_ms real not null,
  account_id bigint,
  session_id text,
  ip_address inet,
  user_agent text,
  referer text,
  -- The query of a GET, the body of others; what is secret is masked.
  request_data text,
  error_message text,
  request_size int not null,
  response_size int not null,
  primary key (happened_at, status, id)
) partition by range (happened_at);
-- Each index makes every request dearer: a row is found by its number roughly, and errors, which are few, by their status.
create index requests_by_id on analytics.requests using brin (id) with (pages_per_range = 16);
create index requests_that_failed on analytics.requests (status, happened_at) where status >= 400;
create index requests_of_account on analytics.requests (account_id, happened_at) where account_id is not null;
create index requests_of_endpoint on analytics.requests (endpoint_id, happened_at);
create index requests_of_address on analytics.requests (ip_address, happened_at);
create table analytics.requests_other partition of analytics.requests default;

-- The same, added up by day as they are written: to sum a year reads a few hundred rows a route.
create table analytics.daily_requests (
  day date not null,
  route text not null,
  requests bigint not null,
  client_errors bigint not null,
  server_errors bigint not null,
  elapsed_ms double precision not null,
  primary key (day, route)
);

-- Who came, and when last: an account, a visit, or an address with a browser. How many came in a period that is not over yet are those
-- that came since it began.
create table analytics.visitors (
  visitor text primary key,
  last_seen_at timestamptz not null
);
create index visitors_by_last_seen on analytics.visitors (last_seen_at);

-- How many came on a day, and how often: after half an hour of silence it is another visit. Added up as it is written.
create table analytics.daily_traffic (
  day date primary key,
  visits bigint not null default 0,
  visitors bigint not null default 0,
  page_views bigint not null default 0
);

-- What somebody did with a product, and the pages that were looked at. CHECKOUT is an order placed, PURCHASE one paid.
create type analytics.interaction_kind as enum ('VIEW', 'WISHLIST', 'CART', 'CHECKOUT', 'PURCHASE', 'RATING');
create sequence analytics.interactions_id as bigint;
create table analytics.interactions (
  id bigint not null default nextval('analytics.interactions_id'),
  happened_at timestamptz not null,
  kind analytics.interaction_kind not null,
  account_id bigint,
  session_id text,
  product_id bigint,
  -- Units, or the stars of a rating.
  value int not null default 1,
  ip_address inet,
  user_agent text,
  details jsonb not null default '{}',
  primary key (happened_at, id)
) partition by range (happened_at);
create index interactions_by_id on analytics.interactions using brin (id) with (pages_per_range = 16);
create index interactions_of_account on analytics.interactions (account_id, happened_at) where account_id is not null;
create index interactions_of_product on analytics.interactions (product_id, happened_at);
create index interactions_of_kind on analytics.interactions (kind, happened_at);
create table analytics.interactions_other partition of analytics.interactions default;

-- What went wrong in the house: answers of 500 and more, and jobs that failed.
create sequence analytics.errors_id as bigint;
create table analytics.errors (
  id bigint not null default nextval('analytics.errors_id'),
  happened_at timestamptz not null,
  -- The address that was asked for, or the job.
  endpoint text not null,
  message text not null,
  stack_trace text,
  account_id bigint,
  primary key (happened_at, id)
) partition by range (happened_at);
create index errors_by_id on analytics.errors using brin (id) with (pages_per_range = 16);
create index errors_of_account on analytics.errors (account_id) where account_id is not null;
create table analytics.errors_other partition of analytics.errors default;

-- Makes room for a month, once: what came for it before lies with the others, and moves.
create function analytics.add_month(parent text, month date) returns void language plpgsql as $$
declare
  partition text := parent || to_char(month, '_YYYY_MM');
  until date := month + interval '1 month';
begin
  if to_regclass('analytics.' || partition) is not null then return; end if;
  execute format('create table analytics.%I (like analytics.%I including defaults)', partition, parent);
  execute format('with moved as (
      delete from analytics.%I where happened_at >= %L and happened_at < %L returning *
    ) insert into analytics.%I select * from moved',
    parent || '_other', month || ' 00:00:00+00', until || ' 00:00:00+00', partition);
  execute format('alter table analytics.%I attach partition analytics.%I for values from (%L) to (%L)',
    parent, partition, month || ' 00:00:00+00', until || ' 00:00:00+00');
end $$;

alter table analytics.user_activities alter column ip_address type inet
  using case when ip_address ~ '^[0-9]+(\.[0-9]+){3}$|^[0-9a-fA-F:.]*:[0-9a-fA-F:.]*$' then ip_address::inet end;

-- Sign-ins and page views stand in one list: their numbers come from one place.
alter table analytics.user_activities alter column id drop identity;
alter table analytics.user_activities alter column id set default nextval('analytics.interactions_id');
select setval('analytics.interactions_id', coalesce((select max(id) from analytics.user_activities), 0) + 1, false);

-- The entries of an order's history that its life is told by.
create type orders.milestone as enum ('placed', 'completed', 'cancelled');
alter table orders.history add column milestone orders.milestone;
update orders.history set milestone = case when status::text = 'completed' then 'completed' when status::text = 'cancelled' then 'cancelled' else 'placed' end::orders.milestone
where id in (
  select min(id) from orders.history group by order_id
  union
  select min(id) from orders.history where status::text in ('completed', 'cancelled') group by order_id, status
);
create index milestones_by_time on orders.history (happened_at desc, id desc) where milestone is not null;
