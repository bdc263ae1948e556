-- Who issued a document, as it was then: a shop that moves does not move its old invoices.
alter table orders.documents add column issuer jsonb not null default '{}';

-- A credit note is also written for what was invoiced and never paid: then no refund belongs to it.
alter table orders.documents drop constraint documents_check;
alter table orders.documents add constraint documents_refund_of_credit_note check (kind = 'credit_note' or refund_id is null);
create index returns_by_status on orders.returns (status, requested_at desc, id desc);
create unique index returns_by_refund on orders.returns (refund_id) where refund_id is not null;
