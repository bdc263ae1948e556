-- A search engine elsewhere follows what changes here: it is told which brands and categories were renamed, and which products
-- have another article number, and it keeps in mind what it has seen.

-- Whose name changed, as documents hold them: b:7, c:3.
alter table browse.changes add column names text[] not null default '{}';

drop trigger brands_written on catalog.brands;
drop trigger categories_written on catalog.categories;
drop trigger articles_written on catalog.variants;

create trigger brands_came after insert or delete on catalog.brands
  for each statement execute function browse.something_written();
create trigger categories_came after insert or delete on catalog.categories
  for each statement execute function browse.something_written();

create function browse.names_changed() returns trigger language plpgsql as $$
begin
  insert into browse.changes (product_ids, is_of_meaning, names) select '{}', true, coalesce(array_agg(tg_argv[0] || id), '{}')
  from gone join came using (id)
  where (gone.name, gone.is_active) is distinct from (came.name, came.is_active);
  return null;
end $$;
create trigger brands_written after update on catalog.brands
  referencing old table as gone new table as came for each statement execute function browse.names_changed('b:');
create trigger categories_written after update on catalog.categories
  referencing old table as gone new table as came for each statement execute function browse.names_changed('c:');

create trigger articles_came after insert on catalog.variants
  referencing new table as written for each statement execute function browse.documents_written('numbers');
create trigger articles_gone after delete on catalog.variants
  referencing old table as written for each statement execute function browse.documents_written('numbers');
create function browse.articles_changed() returns trigger language plpgsql as $$
begin
  insert into browse.changes (product_ids, is_of_meaning)
  select array_agg(distinct came.product_id), true from gone join came using (id)
  where (gone.sku, gone.is_active, gone.removed_at) is distinct from (came.sku, came.is_active, came.removed_at)
  having count(*) > 0;
  return null;
end $$;
create trigger articles_written after update on catalog.variants
  referencing old table as gone new table as came for each statement execute function browse.articles_changed();

-- An index of the search engine, and what it has seen. One that is built anew has a row of its own, until the alias leads to it.
create table browse.followers (
  index_name text primary key,
  -- Every change that is visible in it has been sent.
  seen pg_snapshot not null,
  seen_at timestamptz not null,
  -- Counts up with each batch that is read; the engine refuses a document of a lower number than the one it has.
  version bigint not null default 0,
  written_at timestamptz not null
);
