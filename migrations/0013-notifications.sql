-- What people were told inside the shop.
create schema notifications;

create table notifications.notices (
  id bigint generated always as identity primary key,
  -- The same event never tells twice.
  key text not null unique,
  account_id bigint not null references identity.accounts on delete cascade,
  type text not null,
  title text not null,
  body text not null,
  data jsonb not null default '{}',
  is_read boolean not null default false,
  created_at timestamptz not null
);
create index notices_of_account on notifications.notices (account_id, created_at desc, id desc);
create index notices_unread on notifications.notices (account_id) where not is_read;
