-- What happens in the shop, for who looks back on it.
create schema analytics;

create table analytics.user_activities (
  id bigint generated always as identity primary key,
  -- The event that it was made of: told twice, it is written once.
  event_id bigint not null unique,
  account_id bigint references identity.accounts on delete set null,
  activity_type text not null,
  surface identity.surface not null,
  ip_address text,
  user_agent text,
  details jsonb not null default '{}',
  happened_at timestamptz not null
);
create index user_activities_by_time on analytics.user_activities (happened_at desc, id desc);
create index user_activities_of_account on analytics.user_activities (account_id, happened_at desc);
