-- What any service needs: events, letters, limits, answers that may be asked for twice.

create table platform.events (
  id bigint generated always as identity primary key,
  name text not null,
  payload jsonb not null,
  published_at timestamptz not null default now()
);
create index events_by_time on platform.events (published_at);

create type platform.letter_status as enum ('queued', 'sent', 'dead');
create table platform.letters (
  id bigint generated always as identity primary key,
  -- The same cause never makes two letters: a handler that runs again finds its key taken.
  key text not null unique,
  recipient text not null,
  subject text not null,
  content jsonb,
  status platform.letter_status not null default 'queued',
  attempts int not null default 0,
  last_error text,
  queued_at timestamptz not null default now(),
  sent_at timestamptz
);
create index letters_unsent on platform.letters (status, queued_at) where status <> 'sent';
create index letters_by_sent_time on platform.letters (sent_at) where content is not null;

-- A sliding window per key: the times of the hits that still count.
create unlogged table platform.limits (
  key text primary key,
  hits timestamptz[] not null,
  -- Whether the last one to ask was let through.
  allowed boolean not null,
  expires_at timestamptz not null
);
create index limits_by_expiry on platform.limits (expires_at);

-- The first answer to a request that carried an idempotency key.
create table platform.answers (
  scope text not null,
  key text not null,
  fingerprint text not null,
  status int not null,
  body text not null,
  created_at timestamptz not null default now(),
  primary key (scope, key)
);
create index answers_by_time on platform.answers (created_at);
