-- It leaves the house: with its booking the order is shipped. A label alone waits.
alter table shipping.shipments add column is_sent boolean not null default false;
-- Those that a carrier is asked for when nothing was heard of them for a while.
create index shipments_under_way on shipping.shipments (updated_at)
  where tracking_number is not null and status in ('label_created', 'in_transit', 'out_for_delivery');
