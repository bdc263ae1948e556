-- A gateway may tell of a payment before we have noted what it calls it: then the event waits here until we have.
alter table payments.gateway_events
  add column outcome text,
  add column refunded_minor bigint,
  add column capture_reference text,
  add column awaits_payment boolean not null default false;
create index gateway_events_early on payments.gateway_events (provider, provider_reference) where awaits_payment;
