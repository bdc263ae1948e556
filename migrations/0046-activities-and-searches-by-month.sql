-- What people do and what they search for lies by month as well, so that what is too old goes whole.

-- Makes room for a month, once: what came for it before lies with the others, and moves. Tables of any module, by the time that is named.
create function platform.add_month(parent text, moment text, month date) returns void language plpgsql as $$
declare
  partition text := parent || to_char(month, '_YYYY_MM');
  until date := month + interval '1 month';
begin
  if to_regclass(partition) is not null then return; end if;
  execute format('create table %s (like %s including defaults)', partition, parent);
  execute format('with moved as (
      delete from %s where %I >= %L and %I < %L returning *
    ) insert into %s select * from moved',
    parent || '_other', moment, month || ' 00:00:00+00', moment, until || ' 00:00:00+00', partition);
  execute format('alter table %s attach partition %s for values from (%L) to (%L)',
    parent, partition, month || ' 00:00:00+00', until || ' 00:00:00+00');
end $$;
drop function analytics.add_month(text, date);

alter table analytics.user_activities rename to user_activities_before;
create table analytics.user_activities (
  id bigint not null default nextval('analytics.interactions_id'),
  -- The event that it was made of: told twice, it is written once.
  event_id bigint not null,
  account_id bigint references identity.accounts on delete set null,
  activity_type text not null,
  surface identity.surface not null,
  ip_address inet,
  user_agent text,
  details jsonb not null default '{}',
  happened_at timestamptz not null,
  primary key (happened_at, id),
  unique (event_id, happened_at)
) partition by range (happened_at);
create table analytics.user_activities_other partition of analytics.user_activities default;
insert into analytics.user_activities (id, event_id, account_id, activity_type, surface, ip_address, user_agent, details, happened_at)
select id, event_id, account_id, activity_type, surface, ip_address, user_agent, details, happened_at
from analytics.user_activities_before;
drop table analytics.user_activities_before;
create index user_activities_by_id on analytics.user_activities (id);
create index user_activities_of_account on analytics.user_activities (account_id, happened_at desc);

alter table browse.searches rename to searches_before;
create sequence browse.searches_id as bigint;
select setval('browse.searches_id', coalesce((select max(id) from browse.searches_before), 0) + 1, false);
create table browse.searches (
  id bigint not null default nextval('browse.searches_id'),
  query text not null,
  account_id bigint references identity.accounts on delete cascade,
  session_id text,
  results int not null,
  kind text not null,
  filters jsonb not null,
  searched_at timestamptz not null,
  primary key (searched_at, id)
) partition by range (searched_at);
create table browse.searches_other partition of browse.searches default;
insert into browse.searches (id, query, account_id, session_id, results, kind, filters, searched_at)
select id, query, account_id, session_id, results, kind, filters, searched_at from browse.searches_before;
drop table browse.searches_before;
create index searches_by_id on browse.searches (id);
create index searches_of_account on browse.searches (account_id) where account_id is not null;
