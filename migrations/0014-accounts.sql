-- Every way in: what a shop must know to let people in, and to keep others out.

alter table identity.accounts
  -- When staff switched the account off. An account that is merely not proven yet is inactive too, but not disabled.
  add column disabled_at timestamptz,
  -- When its owner closed it. What was personal in it is gone.
  add column closed_at timestamptz,
  add column is_seller boolean not null default false,
  -- The surface on which the phone was given as a name to sign in with; null for one that was merely noted in a profile.
  add column phone_surface identity.surface,
  add column last_login_at timestamptz;
-- A session ends one day however much it is used.
alter table identity.sessions add column expires_at timestamptz not null default 'infinity';
update identity.sessions set expires_at = created_at + interval '90 days';
create index accounts_closed on identity.accounts (closed_at) where closed_at is not null;
create index accounts_by_time on identity.accounts (joined_at desc, id desc);
-- Staff searches by any part of a name. pg_trgm is there since the catalogue.
create index accounts_by_words on identity.accounts using gin ((lower(coalesce(email, '') || ' ' || coalesce(username, '')
  || ' ' || first_name || ' ' || last_name || ' ' || coalesce(phone, ''))) gin_trgm_ops);
-- What staff leafs through and counts is read from the index alone, or in its order.
drop index identity.sessions_active_by_activity;
create index sessions_active_by_activity on identity.sessions (last_activity_at desc, id desc) include (expires_at)
  where ended_at is null;
drop index identity.security_attempts_by_time;
create index security_attempts_by_time on identity.security_attempts (attempted_at desc, id desc)
  include (attempt_type, succeeded);

alter type identity.token_purpose add value 'reset_grant';
alter type identity.token_purpose add value 'second_factor';
-- Who has forgotten his password may have asked for several letters.
create index one_time_tokens_by_expiry on identity.one_time_tokens (expires_at);

create type identity.code_purpose as enum ('verify_email', 'reset_by_email', 'reset_by_phone');
-- Six digits that were mailed or sent by SMS. Only their keyed hash is kept; a new code replaces the old one.
create table identity.one_time_codes (
  account_id bigint not null references identity.accounts on delete cascade,
  purpose identity.code_purpose not null,
  code_hash text not null,
  wrong_tries int not null default 0,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (account_id, purpose)
);

-- Where an attempt came from; looked up afterwards, when it is looked at whether its owner should be told of it.
alter table identity.security_attempts
  add column inspected_at timestamptz,
  add column location text,
  add column city text,
  add column region text,
  add column country text,
  add column network text;
create index security_attempts_by_identifier on identity.security_attempts (lower(identifier), attempted_at desc);

create type identity.claim_type as enum ('unusual_location', 'account_lockout', 'multiple_failed_attempts');
create type identity.claim_severity as enum ('low', 'medium', 'high');
-- What the owner of an account should know of, until it is marked as resolved.
create table identity.security_claims (
  id bigint generated always as identity primary key,
  account_id bigint not null references identity.accounts on delete cascade,
  -- The attempt that gave rise to it. No foreign key: attempts are forgotten earlier.
  attempt_id bigint not null,
  claim_type identity.claim_type not null,
  severity identity.claim_severity not null,
  description text not null,
  ip_address text,
  location text not null default 'Unknown',
  created_at timestamptz not null,
  resolved_at timestamptz,
  unique (attempt_id, claim_type)
);
create index security_claims_of_account on identity.security_claims (account_id, created_at desc);
create index security_claims_open on identity.security_claims (created_at) where resolved_at is null;

-- Each wish for another verification mail on the storefront, which limits them by the day.
create table identity.resend_attempts (
  id bigint generated always as identity primary key,
  email text not null,
  attempted_at timestamptz not null,
  -- Null while the mail is on its way.
  succeeded boolean,
  ip_address text not null
);
create index resend_attempts_of_email on identity.resend_attempts (email, attempted_at);

-- A time-based code as a second factor. It counts once it is enabled.
create table identity.second_factors (
  account_id bigint primary key references identity.accounts on delete cascade,
  -- Encrypted with a key made of SECRET_KEY.
  sealed_secret text not null,
  -- The last step of 30 seconds whose code was taken: no code is taken twice.
  last_step bigint not null default 0,
  created_at timestamptz not null,
  enabled_at timestamptz
);
create table identity.recovery_codes (
  account_id bigint not null references identity.accounts on delete cascade,
  code_hash text not null,
  used_at timestamptz,
  primary key (account_id, code_hash)
);

create table identity.passkeys (
  id bigint generated always as identity primary key,
  account_id bigint not null references identity.accounts on delete cascade,
  credential_id text not null unique,
  public_key bytea not null,
  sign_count bigint not null default 0,
  transports text[] not null default '{}',
  name text not null,
  is_backed_up boolean not null default false,
  created_at timestamptz not null,
  last_used_at timestamptz
);
create index passkeys_of_account on identity.passkeys (account_id, id);
-- What a passkey is asked to sign; each is good for one answer.
create table identity.passkey_challenges (
  challenge text primary key,
  -- Whose new passkey it is for; null for a sign-in, of whomever.
  account_id bigint references identity.accounts on delete cascade,
  expires_at timestamptz not null
);
create index passkey_challenges_by_expiry on identity.passkey_challenges (expires_at);

create table identity.google_links (
  -- What Google calls the person, for ever.
  subject text primary key,
  account_id bigint not null references identity.accounts on delete cascade,
  email text not null,
  linked_at timestamptz not null
);
create index google_links_of_account on identity.google_links (account_id);

-- A key that has reached a limit may be shut for a time of its own, whatever leaves the window meanwhile.
alter table platform.limits add column blocked_until timestamptz;
create index limits_shut on platform.limits (blocked_until) where blocked_until is not null;

-- What would come too late is not sent; `about` tells what a letter was about, for whoever asks whether it left.
alter type platform.letter_status add value 'expired';
alter table platform.letters
  add column expires_at timestamptz,
  add column about text;
create index letters_by_subject_matter on platform.letters (about) where about is not null;
create index letters_by_recipient on platform.letters (recipient);

create table platform.text_messages (
  id bigint generated always as identity primary key,
  -- The same cause never makes two messages.
  key text not null unique,
  recipient text not null,
  body text,
  status platform.letter_status not null default 'queued',
  attempts int not null default 0,
  last_error text,
  queued_at timestamptz not null default now(),
  expires_at timestamptz,
  sent_at timestamptz
);
create index text_messages_unsent on platform.text_messages (status, queued_at) where status <> 'sent';
create index text_messages_by_sent_time on platform.text_messages (sent_at) where body is not null;
create index text_messages_by_recipient on platform.text_messages (recipient);

-- The buyer has closed the account: what is personal goes as soon as the order has ended.
alter table orders.orders add column forgets_buyer boolean not null default false;
create index orders_to_forget on orders.orders (id) where forgets_buyer;
