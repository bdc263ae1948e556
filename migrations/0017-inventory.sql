-- Several places, alerts where little is left, proposals to order more.

alter table inventory.locations
  -- Taken out of use, though its ledger is still read: its code is free again.
  add column removed_at timestamptz,
  drop constraint locations_code_key,
  add constraint locations_default_is_active check (is_active or not is_default),
  add constraint locations_removed_are_inactive check (removed_at is null or not is_active);
create unique index locations_code on inventory.locations (lower(code)) where removed_at is null;

alter table inventory.levels
  -- Repeated from the variant, so that whatever changes stock can say of which products.
  add column product_id bigint,
  -- Set with every change: alerts take their time from it.
  add column changed_at timestamptz not null default now(),
  add column reorder_point int check (reorder_point >= 0),
  add column reorder_quantity int check (reorder_quantity > 0),
  add constraint levels_reorder_both check ((reorder_point is null) = (reorder_quantity is null));
update inventory.levels level set product_id = variant.product_id
  from catalog.variants variant where variant.id = level.variant_id;
alter table inventory.levels alter column product_id set not null;
create index levels_of_product on inventory.levels (product_id);
create index levels_by_sku on inventory.levels (sku, location_id);
create index levels_of_location on inventory.levels (location_id, sku);
create index levels_to_reorder on inventory.levels (variant_id, location_id) where reorder_point is not null;

alter table inventory.ledger add column product_id bigint;
update inventory.ledger entry set product_id = level.product_id
  from inventory.levels level where level.variant_id = entry.variant_id and level.location_id = entry.location_id;
alter table inventory.ledger alter column product_id set not null;
-- Read newest first, whatever it is filtered by.
drop index inventory.ledger_of_variant, inventory.ledger_by_time;
create index ledger_by_time on inventory.ledger (recorded_at desc, id desc);
create index ledger_of_variant on inventory.ledger (variant_id, recorded_at desc, id desc);
create index ledger_of_product on inventory.ledger (product_id, recorded_at desc, id desc);
create index ledger_of_location on inventory.ledger (location_id, recorded_at desc, id desc);
create index ledger_by_movement on inventory.ledger (movement, recorded_at desc, id desc);

create table inventory.alerts (
  id bigint generated always as identity primary key,
  product_id bigint not null,
  variant_id bigint not null references catalog.variants on delete cascade,
  -- As they were when it opened.
  threshold int not null,
  available int not null,
  created_at timestamptz not null,
  -- When staff has seen to it, or the stock rose by itself.
  resolved_at timestamptz,
  resolved_by bigint,
  -- When the stock rose above the threshold: only after that a fall opens another one.
  ended_at timestamptz,
  told_at timestamptz,
  check (ended_at is null or resolved_at is not null)
);
create unique index alerts_one_per_fall on inventory.alerts (variant_id) where ended_at is null;
create index alerts_newest on inventory.alerts (created_at desc, id desc);
create index alerts_open on inventory.alerts (created_at desc, id desc) where resolved_at is null;
create index alerts_of_product on inventory.alerts (product_id, created_at desc, id desc);
create index alerts_untold on inventory.alerts (id) where told_at is null and resolved_at is null;

create type inventory.proposal_status as enum ('open', 'ordered', 'dismissed', 'restocked');
create table inventory.reorder_proposals (
  id bigint generated always as identity primary key,
  product_id bigint not null,
  variant_id bigint not null,
  location_id bigint not null,
  sku text not null,
  -- As they were when it was made.
  on_hand int not null,
  reorder_point int not null,
  quantity int not null check (quantity > 0),
  status inventory.proposal_status not null default 'open',
  created_at timestamptz not null,
  decided_at timestamptz,
  decided_by bigint,
  -- When the stock rose above the point: until then the place gets no other proposal, whatever was decided.
  ended_at timestamptz,
  check (status <> 'open' or (decided_at is null and ended_at is null)),
  foreign key (variant_id, location_id) references inventory.levels on delete cascade
);
create unique index reorder_proposals_one_per_fall on inventory.reorder_proposals (variant_id, location_id) where ended_at is null;
create index reorder_proposals_newest on inventory.reorder_proposals (created_at desc, id desc);
create index reorder_proposals_open on inventory.reorder_proposals (created_at desc, id desc) where status = 'open';
create index reorder_proposals_of_product on inventory.reorder_proposals (product_id, created_at desc, id desc);

-- Opens and ends the alerts of these variants by the stock that is there now. Whoever changes stock has locked all levels of
-- the variant before: of two changes at once the second one sees what the first did.
create function inventory.settle_alerts(touched bigint[], moment timestamptz) returns void language plpgsql as $$
begin
  with stock as (
    select level.variant_id, min(level.product_id) as product_id, max(level.low_stock_threshold) as threshold,
      coalesce(sum(level.on_hand) filter (where location.is_active), 0)::int as available
    from inventory.levels level join inventory.locations location on location.id = level.location_id
    where level.variant_id = any(touched)
    group by level.variant_id
  ), ended as (
    update inventory.alerts alert set ended_at = moment, resolved_at = coalesce(resolved_at, moment)
    from stock
    where alert.variant_id = stock.variant_id and alert.ended_at is null and stock.available > stock.threshold
  )
  insert into inventory.alerts (product_id, variant_id, threshold, available, created_at)
  select product_id, variant_id, threshold, available, moment from stock
  where available <= threshold
    and not exists (select from inventory.alerts alert where alert.variant_id = stock.variant_id and alert.ended_at is null)
  order by variant_id
  on conflict (variant_id) where ended_at is null do nothing;
end $$;

create function inventory.levels_made() returns trigger language plpgsql as $$
begin
  perform inventory.settle_alerts(array(select distinct variant_id from came), (select max(changed_at) from came));
  return null;
end $$;
create trigger levels_made after insert on inventory.levels
  referencing new table as came for each statement execute function inventory.levels_made();

-- Most orders change nothing here: a level that was and stays above the threshold is enough for its variant, or does not count.
create function inventory.levels_changed() returns trigger language plpgsql as $$
declare
  touched bigint[];
  reorders boolean;
  moment timestamptz;
begin
  select array_agg(distinct variant_id) filter (where gone.low_stock_threshold <> came.low_stock_threshold
      or least(gone.on_hand, came.on_hand) <= came.low_stock_threshold),
    bool_or(gone.reorder_point is not null), max(came.changed_at)
  into touched, reorders, moment
  from gone join came using (variant_id, location_id);
  if touched is not null then
    perform inventory.settle_alerts(touched, moment);
  end if;
  if reorders then
    update inventory.reorder_proposals proposal set ended_at = moment,
      status = case when proposal.status = 'open' then 'restocked' else proposal.status end
    from came
    where proposal.variant_id = came.variant_id and proposal.location_id = came.location_id and proposal.ended_at is null
      and came.on_hand > coalesce(came.reorder_point, -1);
  end if;
  return null;
end $$;
create trigger levels_changed after update on inventory.levels
  referencing old table as gone new table as came for each statement execute function inventory.levels_changed();

-- What is low already has not fallen now: nobody is told.
select inventory.settle_alerts(array(select distinct variant_id from inventory.levels), now());
update inventory.alerts set told_at = created_at;
