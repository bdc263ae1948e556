-- Reports that are drawn up in the background, for staff to fetch (NX-147).
create type analytics.report_status as enum ('waiting', 'ready', 'failed');
create table analytics.reports (
  id bigint generated always as identity primary key,
  -- Who asked for it; nobody once that account is gone.
  asked_by bigint references identity.accounts on delete set null,
  report text not null,
  format text not null,
  from_day date not null,
  until_day date not null,
  span text not null,
  status analytics.report_status not null default 'waiting',
  -- What is in it, once it is ready; it may name customers, so it lies where nobody else reads.
  content bytea,
  created_at timestamptz not null,
  finished_at timestamptz,
  check ((status = 'ready') = (content is not null)),
  check ((status = 'waiting') = (finished_at is null))
);
create index reports_waiting on analytics.reports (created_at) where status = 'waiting';
create index reports_of_account on analytics.reports (asked_by);
-- Not packed: a list that tells how many bytes there are does not unpack them for it.
alter table analytics.reports alter column content set storage external;
