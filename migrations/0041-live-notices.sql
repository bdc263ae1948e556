-- Tickets to the live stream of notices, for browsers that can send no header (V1-374). Kept as hashes, taken once.
create table notifications.tickets (
  hash bytea primary key,
  account_id bigint not null references identity.accounts on delete cascade,
  session_id uuid not null,
  expires_at timestamptz not null
);
create index tickets_by_end on notifications.tickets (expires_at);
create index notices_of_account_by_id on notifications.notices (account_id, id);
