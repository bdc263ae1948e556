-- Carts that somebody may be reminded of, by when they were last touched.
create index carts_unreminded on cart.carts (updated_at) where account_id is not null and reminded_at is null;
