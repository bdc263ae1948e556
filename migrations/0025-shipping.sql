-- It leaves the house: with its booking the order is shipped. A label alone waits.
alter table shipping.shipments add column is_sent boolean not null default false;
