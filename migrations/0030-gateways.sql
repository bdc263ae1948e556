-- Asking payment providers: what is still open with them, and how often they were asked.
alter table payments.payments
  -- What the provider calls the money, where that is not the intent: PayPal's capture, Razorpay's payment. Refunds name it.
  add column capture_reference text,
  -- Money may still come at the provider, as far as is known: it is asked until it says what became of it.
  add column is_open boolean not null default false,
  -- When it was last asked, and had nothing to tell.
  add column asked_at timestamptz;
create unique index payments_by_capture on payments.payments (provider, capture_reference) where capture_reference is not null;
create index payments_open on payments.payments (asked_at) where is_open;

alter table payments.refunds
  add column attempts int not null default 0,
  add column asked_at timestamptz;
