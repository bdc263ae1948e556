-- Deep pages: how many documents stand in each stretch of the lists, so that page 40,000 is found without counting up to it.

-- The orders that lists have marks in. A mark is the lower end of a stretch that reaches to the next one; the first has none.
create type browse.ordering as enum ('created_at', 'price', 'name');
create table browse.marks (
  id bigint generated always as identity primary key,
  ordering browse.ordering not null,
  -- Where the stretch begins: microseconds since 1970, or minor units; the name; and among equals the product.
  key_number bigint not null,
  key_text text collate "C" not null,
  product_id bigint not null,
  documents bigint not null,
  -- How many stand before it, as they were counted last.
  before bigint not null default 0
);
create index marks_by_place on browse.marks (ordering, before);
create unique index marks_in_order on browse.marks (ordering, key_number, key_text, product_id);
insert into browse.marks (ordering, key_number, key_text, product_id, documents)
  select ordering, '-9223372036854775808', '', 0, 0 from unnest(enum_range(null::browse.ordering)) ordering;

-- What changed since the stretches were counted. Only ever added to, so that no writer waits for another; folded into the
-- marks by a job.
create table browse.mark_moves (
  mark_id bigint not null references browse.marks on delete cascade,
  documents bigint not null
);
create index mark_moves_of_mark on browse.mark_moves (mark_id);

-- The stretch that something of this creation, price and name stands in.
create function browse.mark_of(sorted browse.ordering, created timestamptz, price bigint, name text, product bigint)
returns bigint language sql stable
  return (
    select id from browse.marks
    where ordering = sorted and (key_number, key_text, product_id) <= (
      case sorted when 'created_at' then (extract(epoch from created) * 1000000)::bigint when 'price' then price else 0 end,
      case sorted when 'name' then name else '' end, product)
    order by key_number desc, key_text desc, product_id desc limit 1
  );

-- Whoever writes documents shares a lock that the job takes alone: stretches never change under a writer.
create function browse.note_moves() returns trigger language plpgsql as $$
declare
  columns constant text := 'select product_id, created_at, price_minor, name_key';
  came constant text := columns || ', 1 as step from came where is_active';
  gone constant text := columns || ', -1 as step from gone where is_active';
begin
  perform pg_advisory_xact_lock_shared(hashtext('browse.marks'));
  execute 'insert into browse.mark_moves (mark_id, documents)
    select mark_id, sum(step) from (
      select browse.mark_of(ordering, created_at, price_minor, name_key, product_id) as mark_id, step
      from (
        select product_id, created_at, price_minor, name_key, sum(step) as step
        from (' || case tg_op when 'INSERT' then came when 'DELETE' then gone else came || ' union all ' || gone end || ') move
        group by product_id, created_at, price_minor, name_key having sum(step) <> 0
      ) move, unnest(enum_range(null::browse.ordering)) ordering
    ) placed group by mark_id having sum(step) <> 0';
  return null;
end $$;
create trigger documents_came_to_marks after insert on browse.documents
  referencing new table as came for each statement execute function browse.note_moves();
create trigger documents_moved_between_marks after update on browse.documents
  referencing old table as gone new table as came for each statement execute function browse.note_moves();
create trigger documents_gone_from_marks after delete on browse.documents
  referencing old table as gone for each statement execute function browse.note_moves();

insert into browse.mark_moves (mark_id, documents)
  select mark.id, (select count(*) from browse.documents where is_active) from browse.marks mark;
