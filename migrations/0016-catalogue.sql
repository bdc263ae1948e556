-- The catalogue of four surfaces: sellers, discounts, flags, codes; and the documents that lists and searches read.

alter table catalog.categories
  -- What the storefront calls a category by; chosen by the shop, else its slug.
  add column code text collate "C",
  add column tags text[] not null default '{}',
  -- One of the eight places of the storefront's front page.
  add column display_order int check (display_order between 1 and 8);
update catalog.categories set code = slug;
alter table catalog.categories alter column code set not null;
alter table catalog.categories add constraint categories_code unique (code);
-- Asked at the end, so that two categories can change places in one statement.
alter table catalog.categories add constraint categories_display_order unique (display_order);

alter table catalog.products
  add column short_description text not null default '',
  -- Whose product it is; the shop's own has none.
  add column seller_id bigint references identity.accounts on delete set null,
  -- Hundredths of a percent off the former price, where the discount was given as a percentage: it holds for all variants.
  add column discount_basis_points int check (discount_basis_points between 1 and 10000),
  add column is_flash_sale boolean not null default false,
  -- After this moment the product is no flash sale any more, whatever the flag says.
  add column flash_sale_ends_at timestamptz,
  add column is_best_seller boolean not null default false,
  -- Taken out of the catalogue, though orders or the ledger still know it: hidden, and its name is free again.
  add column removed_at timestamptz,
  add constraint products_removed_are_hidden check (removed_at is null or not is_active);
create index products_of_seller on catalog.products (seller_id) where seller_id is not null;
create index products_named on catalog.products (lower(name)) where removed_at is null;
-- For the check when a category or a brand is removed: also hidden products count.
create index products_in_category on catalog.products (category_id);
create index products_of_brand on catalog.products (brand_id);

alter table catalog.variants
  -- As the storefront words the weight of an article: "250gms".
  add column weight_label text not null default '',
  -- The article of a product that has, or had, no variants to choose from. Nobody lists it as a variant.
  add column is_implicit boolean not null default false,
  -- Taken out though orders know it: never shown or sold again, and its sku is free.
  add column removed_at timestamptz,
  add constraint variants_removed_are_inactive check (removed_at is null or not is_active);
drop index catalog.variants_sku;
create unique index variants_sku on catalog.variants (lower(sku)) where removed_at is null;
create unique index variants_one_implicit on catalog.variants (product_id) where is_implicit;
create index variants_sku_prefix on catalog.variants (lower(sku) text_pattern_ops);

-- How many products there are is added to, never changed: who writes products waits for nobody, be it a long import. What
-- readers add up is folded by a job.
alter table catalog.products_per_category drop constraint products_per_category_category_id_key;
alter table catalog.products_per_brand drop constraint products_per_brand_brand_id_key;
create index products_per_category_of on catalog.products_per_category (category_id);
create index products_per_brand_of on catalog.products_per_brand (brand_id);
create or replace function catalog.count_products() returns trigger language plpgsql as $$
declare
  came constant text := 'select category_id, brand_id, 1 as step from came where is_active';
  gone constant text := 'select category_id, brand_id, -1 as step from gone where is_active';
  moves constant text := case tg_op
    when 'INSERT' then came when 'DELETE' then gone else came || ' union all ' || gone end;
begin
  execute 'insert into catalog.products_per_category (category_id, products)
    select category_id, sum(step) from (' || moves || ') move group by category_id having sum(step) <> 0';
  execute 'insert into catalog.products_per_brand (brand_id, products)
    select brand_id, sum(step) from (' || moves || ') move group by brand_id having sum(step) <> 0';
  return null;
end $$;

-- What lists and searches look through: one narrow row a product, kept in step by triggers, whoever writes. Everything
-- that a shopper is shown is read from its owners.
create extension if not exists unaccent;

create table browse.documents (
  product_id bigint primary key references catalog.products on delete cascade,
  is_active boolean not null,
  created_at timestamptz not null,
  price_minor bigint not null,
  -- The beginning of the name as it is compared: enough to sort by, short enough for an index, the same on every server.
  name_key text collate "C" not null,
  category_id bigint,
  brand_id bigint,
  seller_id bigint,
  tags text[] not null,
  is_featured boolean not null,
  is_on_sale boolean not null,
  is_best_seller boolean not null,
  -- Until when it is a flash sale; without an end it is for good.
  flash_sale_until timestamptz,
  rating_average float8 not null default 0,
  -- What makes one of two equal finds the better one: well rated by many, featured.
  merit float8 not null,
  -- Where a search looks first: excellent products, good ones, the rest; of each a sample before the others. Of a common word
  -- enough is found on the first shelves, and of a rare one there is little on any: nobody looks through everything.
  shelf smallint not null generated always as (
    case
      when merit >= 12 then case when product_id % 1000003 * 48271 % 1000003 < 62500 then 0 else 1 end
      when merit >= 6 then case when product_id % 1000003 * 48271 % 1000003 < 62500 then 2 else 3 end
      when product_id % 1000003 * 48271 % 1000003 < 7800 then 4
      when product_id % 1000003 * 48271 % 1000003 < 125000 then 5
      else 6
    end) stored,
  -- Every word once: as it is, as n:tea where it stands in the name and as t:tea among the tags; its brand and categories
  -- as b:7 and c:3, so that none of their products changes with their names; and its signs as s:%. Without places and
  -- weights an index alone can answer.
  words tsvector not null
);
create index documents_newest on browse.documents (created_at desc, product_id desc) where is_active;
create index documents_by_price on browse.documents (price_minor, product_id) where is_active;
create index documents_by_name on browse.documents (name_key, product_id) where is_active;
create index documents_by_rating on browse.documents (rating_average, product_id) where is_active;
create index documents_by_merit on browse.documents (merit desc, product_id desc) where is_active;
create index documents_by_category on browse.documents (category_id, created_at desc, product_id desc) where is_active;
create index documents_by_category_and_price on browse.documents (category_id, price_minor, product_id) where is_active;
create index documents_by_category_and_name on browse.documents (category_id, name_key, product_id) where is_active;
create index documents_by_brand on browse.documents (brand_id, created_at desc, product_id desc) where is_active;
create index documents_by_seller on browse.documents (seller_id, created_at desc, product_id desc) where seller_id is not null;
create index documents_featured on browse.documents (created_at desc, product_id desc) where is_active and is_featured;
create index documents_on_sale on browse.documents (created_at desc, product_id desc) where is_active and is_on_sale;
create index documents_best_sellers on browse.documents (created_at desc, product_id desc) where is_active and is_best_seller;
create index documents_flash_sales on browse.documents (created_at desc, product_id desc) where is_active and flash_sale_until is not null;
create index documents_by_tag on browse.documents using gin (tags);
create index documents_by_words on browse.documents using gin (words);
create index documents_by_words_on_shelf_0 on browse.documents using gin (words) where is_active and shelf = 0;
create index documents_by_words_on_shelf_1 on browse.documents using gin (words) where is_active and shelf = 1;
create index documents_by_words_on_shelf_2 on browse.documents using gin (words) where is_active and shelf = 2;
create index documents_by_words_on_shelf_3 on browse.documents using gin (words) where is_active and shelf = 3;
create index documents_by_words_on_shelf_4 on browse.documents using gin (words) where is_active and shelf = 4;
create index documents_by_words_on_shelf_5 on browse.documents using gin (words) where is_active and shelf = 5;
-- Common words are many rows, which the estimates of the planner should know apart from rare ones.
alter table browse.documents alter column words set statistics 1000;

-- The products of which nothing is left. In a table of its own, because it changes with every last unit that is sold, and a
-- document stands in many indexes.
create table browse.sold_out (
  product_id bigint primary key references catalog.products on delete cascade
);

-- Every word of every product, so that a search finds those that are meant by what was typed: forms of a word, parts of one,
-- and what is only misspelt. Words stay when their last product goes; a job sweeps them up.
create table browse.terms (
  term text collate "C" primary key,
  -- What its forms have in common: rug and rugs.
  stem text collate "C" not null
);
create index terms_by_stem on browse.terms (stem);
create index terms_by_likeness on browse.terms using gin (term gin_trgm_ops);

-- Words as they are compared: lower case, without accents, anything but letters and digits a gap.
create function browse.plain(text) returns text language sql stable parallel safe
  return btrim(regexp_replace(lower(public.unaccent($1)), '[^[:alnum:]]+', ' ', 'g'));

-- The stemmer knows no plural that changes the word.
create function browse.stem(term text) returns text language sql immutable parallel safe
  return coalesce((ts_lexize('english_stem', case $1
    when 'knives' then 'knife' when 'wives' then 'wife' when 'lives' then 'life' when 'shelves' then 'shelf'
    when 'leaves' then 'leaf' when 'loaves' then 'loaf' when 'halves' then 'half' when 'calves' then 'calf'
    when 'wolves' then 'wolf' when 'scarves' then 'scarf' when 'scarfs' then 'scarf' when 'hooves' then 'hoof'
    when 'thieves' then 'thief' when 'elves' then 'elf' when 'selves' then 'self' when 'sheaves' then 'sheaf'
    when 'children' then 'child' when 'men' then 'man' when 'women' then 'woman' when 'people' then 'person'
    when 'mice' then 'mouse' when 'lice' then 'louse' when 'dice' then 'die' when 'geese' then 'goose'
    when 'feet' then 'foot' when 'teeth' then 'tooth' when 'oxen' then 'ox' when 'brethren' then 'brother'
    when 'vases' then 'vase' when 'axes' then 'axe' when 'indices' then 'index' when 'vertices' then 'vertex'
    when 'matrices' then 'matrix' when 'appendices' then 'appendix' when 'cacti' then 'cactus' when 'fungi' then 'fungus'
    when 'bacteria' then 'bacterium' when 'media' then 'medium' when 'criteria' then 'criterion' when 'quizzes' then 'quiz'
    when 'potatoes' then 'potato' when 'tomatoes' then 'tomato' when 'woollen' then 'wool' when 'woolen' then 'wool'
    when 'wooden' then 'wood' when 'golden' then 'gold' when 'silken' then 'silk'
    else $1 end))[1], $1);

-- What is left of a word without one or, if it has five, two of its first seven letters, and the word itself: two words that
-- differ by as many letters, or by neighbours that changed places, have one of these in common. None of a word with a digit.
create function browse.misspellings(term text) returns text[] language plpgsql immutable parallel safe as $$
declare
  start text := left(term, 7);
  size int := length(start);
  shorter text;
  found text[] := array[start];
begin
  if term !~ '^[^[:digit:]]{2,40}$' then return '{}'; end if;
  if size < 3 then return found; end if;
  for i in 1..size loop
    shorter := left(start, i - 1) || substr(start, i + 1);
    found := found || shorter;
    if size >= 5 then
      for j in i..size - 1 loop
        found := found || (left(shorter, j - 1) || substr(shorter, j + 1));
      end loop;
    end if;
  end loop;
  return found;
end $$;
create index terms_by_misspelling on browse.terms using gin (browse.misspellings(term));

create function browse.words_of(product catalog.products) returns tsvector language plpgsql stable as $$
declare
  plain_name text := browse.plain(product.name);
  plain_tags text := browse.plain(array_to_string(product.tags, ' '));
  body text := left(product.short_description || ' ' || product.description, 20000);
  signs text := regexp_replace(product.name || array_to_string(product.tags, '') || body, '[[:alnum:][:space:]]+', '', 'g');
  marked text := browse.plain(body);
begin
  if plain_name <> '' then marked := marked || ' ' || plain_name || ' n:' || replace(plain_name, ' ', ' n:'); end if;
  if plain_tags <> '' then marked := marked || ' ' || plain_tags || ' t:' || replace(plain_tags, ' ', ' t:'); end if;
  if signs <> '' then marked := marked || ' s:' || array_to_string(string_to_array(signs, null), ' s:'); end if;
  if product.brand_id is not null then marked := marked || ' b:' || product.brand_id; end if;
  if product.category_id is not null then
    select marked || ' c:' || array_to_string(path, ' c:') into marked from catalog.categories where id = product.category_id;
  end if;
  return array_to_tsvector(array_remove(string_to_array(marked, ' '), ''));
exception when program_limit_exceeded then
  -- A word without an end is cut into pieces that an index takes.
  return array_to_tsvector(array_remove(string_to_array(regexp_replace(marked, '([^ ]{200})', '\1 ', 'g'), ' '), ''));
end $$;

create function browse.write_documents(ids bigint[]) returns void language plpgsql as $$
begin
  insert into browse.documents as document (product_id, is_active, created_at, price_minor, name_key, category_id, brand_id,
    seller_id, tags, is_featured, is_on_sale, is_best_seller, flash_sale_until, merit, words)
  select product.id, product.is_active, product.created_at, product.price_minor, left(browse.plain(product.name), 200),
    product.category_id, product.brand_id, product.seller_id, product.tags, product.is_featured,
    product.compare_at_minor is not null, product.is_best_seller,
    case when product.is_flash_sale then coalesce(product.flash_sale_ends_at, 'infinity') end,
    case when product.is_featured then 1 else 0 end, browse.words_of(product)
  from catalog.products product where product.id = any(ids) order by product.id
  on conflict (product_id) do update set
    (is_active, created_at, price_minor, name_key, category_id, brand_id, seller_id, tags, is_featured, is_on_sale,
      is_best_seller, flash_sale_until, merit, words)
    = (excluded.is_active, excluded.created_at, excluded.price_minor, excluded.name_key,
      excluded.category_id, excluded.brand_id, excluded.seller_id, excluded.tags, excluded.is_featured, excluded.is_on_sale,
      excluded.is_best_seller, excluded.flash_sale_until,
      document.merit - document.is_featured::int + excluded.is_featured::int, excluded.words);
  -- In order, so that two writers of new words wait for each other instead of deadlocking.
  insert into browse.terms (term, stem)
  select lexeme, browse.stem(lexeme) from (
    select distinct word as lexeme from browse.documents document, unnest(tsvector_to_array(document.words)) word
    where document.product_id = any(ids) and word not like '_:%'
  ) used
  where not exists (select from browse.terms known where known.term = used.lexeme)
  order by lexeme
  on conflict do nothing;
end $$;

create function browse.products_written() returns trigger language plpgsql as $$
begin
  perform browse.write_documents(array(select id from came));
  -- Whatever it is to have comes to it afterwards.
  if tg_op = 'INSERT' then insert into browse.sold_out (product_id) select id from came; end if;
  return null;
end $$;
create trigger products_came_to_browse after insert on catalog.products
  referencing new table as came for each statement execute function browse.products_written();
create trigger products_changed_in_browse after update on catalog.products
  referencing new table as came for each statement execute function browse.products_written();

-- The documents are locked first: of two that empty different variants of one product, the second sees what the first did.
create function browse.note_stock(ids bigint[]) returns void language plpgsql as $$
begin
  if cardinality(ids) = 0 then return; end if;
  perform from browse.documents where product_id = any(ids) order by product_id for no key update;
  with stocked as (
    select document.product_id, exists (
      select from catalog.variants variant
      join inventory.levels level on level.variant_id = variant.id
      join inventory.locations location on location.id = level.location_id
      where variant.product_id = document.product_id and variant.is_active and level.on_hand > 0 and location.is_active
    ) as in_stock
    from browse.documents document where product_id = any(ids)
  ), back as (
    delete from browse.sold_out using stocked where sold_out.product_id = stocked.product_id and in_stock
  )
  insert into browse.sold_out (product_id) select product_id from stocked where not in_stock on conflict do nothing;
end $$;

-- Only what comes to nothing, or comes from it, can change whether a product is in stock.
create function browse.levels_written() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    perform browse.note_stock(array(
      select distinct variant.product_id from came join catalog.variants variant on variant.id = came.variant_id where on_hand > 0));
  elsif tg_op = 'DELETE' then
    perform browse.note_stock(array(
      select distinct variant.product_id from gone join catalog.variants variant on variant.id = gone.variant_id where on_hand > 0));
  else
    perform browse.note_stock(array(
      select distinct variant.product_id from gone join came using (variant_id, location_id)
      join catalog.variants variant on variant.id = came.variant_id
      where (gone.on_hand > 0) <> (came.on_hand > 0)));
  end if;
  return null;
end $$;
create trigger levels_came_to_browse after insert on inventory.levels
  referencing new table as came for each statement execute function browse.levels_written();
create trigger levels_changed_in_browse after update on inventory.levels
  referencing old table as gone new table as came for each statement execute function browse.levels_written();
create trigger levels_gone_from_browse after delete on inventory.levels
  referencing old table as gone for each statement execute function browse.levels_written();

create function browse.variants_written() returns trigger language plpgsql as $$
begin
  perform browse.note_stock(array(
    select distinct came.product_id from gone join came using (id) where gone.is_active <> came.is_active));
  return null;
end $$;
create trigger variants_changed_in_browse after update on catalog.variants
  referencing old table as gone new table as came for each statement execute function browse.variants_written();

create function browse.locations_written() returns trigger language plpgsql as $$
begin
  perform browse.note_stock(array(
    select distinct variant.product_id from gone join came using (id)
    join inventory.levels level on level.location_id = came.id
    join catalog.variants variant on variant.id = level.variant_id
    where gone.is_active <> came.is_active and level.on_hand > 0));
  return null;
end $$;
create trigger locations_changed_in_browse after update on inventory.locations
  referencing old table as gone new table as came for each statement execute function browse.locations_written();

create function browse.summaries_written() returns trigger language plpgsql as $$
begin
  update browse.documents document set
    rating_average = summary.rating_average,
    merit = document.is_featured::int + summary.rating_average * ln(1 + summary.rating_count)
  from came summary where document.product_id = summary.product_id;
  return null;
end $$;
create trigger summaries_came_to_browse after insert on reviews.summaries
  referencing new table as came for each statement execute function browse.summaries_written();
create trigger summaries_changed_in_browse after update on reviews.summaries
  referencing new table as came for each statement execute function browse.summaries_written();

-- A category that moves takes its products along: they are found below its new parents.
create function browse.categories_written() returns trigger language plpgsql as $$
begin
  perform browse.write_documents(array(
    select product.id from gone join came using (id) join catalog.products product on product.category_id = came.id
    where gone.path <> came.path));
  return null;
end $$;
create trigger categories_changed_in_browse after update on catalog.categories
  referencing old table as gone new table as came for each statement execute function browse.categories_written();

-- What stands already.
select browse.write_documents(array(select id from catalog.products));
select browse.note_stock(array(select id from catalog.products));
update reviews.summaries set rating_count = rating_count;

drop index catalog.products_newest, catalog.products_by_price, catalog.products_by_name, catalog.products_by_category,
  catalog.products_by_category_and_price, catalog.products_by_category_and_name, catalog.products_by_brand,
  catalog.products_featured, catalog.products_on_sale, catalog.products_by_tag, catalog.products_by_text;
drop index reviews.summaries_best;
alter table catalog.products drop column search_text;
