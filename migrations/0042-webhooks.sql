-- Whom the shop tells of what happens in it (decision 25).
create schema webhooks;

create table webhooks.endpoints (
  id bigint generated always as identity primary key,
  url text not null,
  description text not null default '',
  -- Kinds of events.
  events text[] not null,
  is_active boolean not null default true,
  -- Encrypted: what signs must be read again.
  sealed_secret text not null,
  -- The one before, which signs as well until then.
  former_secret text,
  former_until timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- How it has fared since it last took something.
  failures int not null default 0,
  failing_since timestamptz,
  -- While it fails it is left alone until then.
  resumes_at timestamptz,
  -- Why the shop, and nobody else, has switched it off.
  disabled_reason text
);
select audit.watch('webhooks.endpoints', 'anybody', 'id', 'failures failing_since resumes_at updated_at', '', 'insert or update or delete');

create type webhooks.delivery_status as enum ('pending', 'delivered', 'failed');
create table webhooks.deliveries (
  id bigint generated always as identity primary key,
  endpoint_id bigint not null references webhooks.endpoints on delete cascade,
  -- The same at each try, and for each endpoint.
  message_id text not null,
  event_type text not null,
  -- As it is signed and sent.
  body text not null,
  status webhooks.delivery_status not null default 'pending',
  attempts int not null default 0,
  created_at timestamptz not null,
  -- While it is pending; also until when a try that is under way is believed in.
  next_attempt_at timestamptz,
  attempted_at timestamptz,
  delivered_at timestamptz,
  response_status int,
  response_body text,
  failure text,
  duration_ms int,
  unique (endpoint_id, message_id),
  check ((status = 'pending') = (next_attempt_at is not null))
);
create index deliveries_due on webhooks.deliveries (next_attempt_at) where status = 'pending';
create index deliveries_open on webhooks.deliveries (status) where status <> 'delivered';
create index deliveries_of_endpoint on webhooks.deliveries (endpoint_id, id desc);
create index deliveries_by_time on webhooks.deliveries (created_at);
