-- Products that come in files: how far each file has come, its rows until they are written, and what is wrong with them.
create schema assortment;

create type assortment.import_status as enum ('reading', 'queued', 'checking', 'writing', 'done', 'refused', 'failed');

create table assortment.imports (
  id bigint generated always as identity primary key,
  status assortment.import_status not null default 'reading',
  is_dry_run boolean not null,
  -- Null: somebody at the command line, or an account that is gone.
  started_by bigint references identity.accounts on delete set null,
  rows_read int not null default 0,
  rows_written int not null default 0,
  errors int not null default 0,
  created_at timestamptz not null,
  -- Its last sign of life: what is under way and gives none was left by a process that ended.
  touched_at timestamptz not null,
  ended_at timestamptz
);
create index imports_newest on assortment.imports (created_at desc, id desc);
create index imports_under_way on assortment.imports (touched_at) where ended_at is null;

-- Not kept through a crash of the server: an import that finds them gone has failed, and the file is sent again.
create unlogged table assortment.import_rows (
  import_id bigint not null,
  row int not null,
  -- In lower case, as names and article numbers are compared.
  name text not null,
  skus text[] not null,
  category text,
  brand text,
  -- Null where the row is at fault already.
  product jsonb,
  primary key (import_id, row)
);

create table assortment.import_errors (
  id bigint generated always as identity primary key,
  import_id bigint not null references assortment.imports on delete cascade,
  row int not null,
  field text not null,
  message text not null
);
create index import_errors_in_order on assortment.import_errors (import_id, row, id);

-- As before, but asked for product by product: as an EXISTS the planner reads all levels of the shop for a thousand products
-- of an import, and each thousand takes the longer the more there are.
create or replace function browse.note_stock(ids bigint[]) returns void language plpgsql as $$
begin
  if cardinality(ids) = 0 then return; end if;
  perform from browse.documents where product_id = any(ids) order by product_id for no key update;
  with stocked as materialized (
    select document.product_id, (
      select true from catalog.variants variant
      join inventory.levels level on level.variant_id = variant.id
      join inventory.locations location on location.id = level.location_id
      where variant.product_id = document.product_id and variant.is_active and level.on_hand > 0 and location.is_active
      limit 1
    ) is not null as in_stock
    from browse.documents document where product_id = any(ids)
  ), back as (
    delete from browse.sold_out using stocked where sold_out.product_id = stocked.product_id and in_stock
  )
  insert into browse.sold_out (product_id) select product_id from stocked where not in_stock on conflict do nothing;
end $$;
