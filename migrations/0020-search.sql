-- What a search knows besides the documents: names of brands and categories by their words, what means the same, what stands
-- first, what was asked for; and when all that changed.

-- The words of the names of active brands and categories; documents hold them by id: b:7, c:3.
create table browse.name_words (
  word text collate "C" not null,
  stem text collate "C" not null,
  lexeme text collate "C" not null,
  -- How many words the name has.
  words int not null,
  primary key (word, lexeme)
);
create index name_words_by_stem on browse.name_words (stem);
create index name_words_of on browse.name_words (lexeme);

create function browse.write_name_words(lexemes text[]) returns void language plpgsql as $$
begin
  delete from browse.name_words where lexeme = any(lexemes);
  insert into browse.name_words (word, stem, lexeme, words)
  select distinct word, browse.stem(word), lexeme, cardinality(parts)
  from (
    select 'b:' || id as lexeme, string_to_array(left(browse.plain(name), 400), ' ') as parts from catalog.brands where is_active
      and 'b:' || id = any(lexemes)
    union all
    select 'c:' || id, string_to_array(left(browse.plain(name), 400), ' ') from catalog.categories where is_active
      and 'c:' || id = any(lexemes)
  ) named, unnest(parts) word where word <> '';
  insert into browse.terms (term, stem)
  select distinct word, stem from browse.name_words where lexeme = any(lexemes) order by word
  on conflict do nothing;
end $$;

create function browse.named_written() returns trigger language plpgsql as $$
begin
  perform browse.write_name_words(array(select tg_argv[0] || id from came));
  return null;
end $$;
create function browse.named_gone() returns trigger language plpgsql as $$
begin
  delete from browse.name_words where lexeme = any(array(select tg_argv[0] || id from gone));
  return null;
end $$;
create trigger brands_came_to_browse after insert on catalog.brands
  referencing new table as came for each statement execute function browse.named_written('b:');
create trigger brands_renamed_in_browse after update on catalog.brands
  referencing new table as came for each statement execute function browse.named_written('b:');
create trigger brands_gone_from_browse after delete on catalog.brands
  referencing old table as gone for each statement execute function browse.named_gone('b:');
create trigger categories_came_to_browse after insert on catalog.categories
  referencing new table as came for each statement execute function browse.named_written('c:');
create trigger categories_renamed_in_browse after update on catalog.categories
  referencing new table as came for each statement execute function browse.named_written('c:');
create trigger categories_gone_from_browse after delete on catalog.categories
  referencing old table as gone for each statement execute function browse.named_gone('c:');
select browse.write_name_words(array(select 'b:' || id from catalog.brands union all select 'c:' || id from catalog.categories));

-- Words, or several, that mean the same: each stands for all of the group, or only the first one for the others.
create table browse.synonyms (
  id bigint generated always as identity primary key,
  words text[] not null check (cardinality(words) between 2 and 50),
  is_one_way boolean not null,
  created_at timestamptz not null
);

-- The same in plain form, to look up by.
create table browse.synonym_words (
  synonym_id bigint not null references browse.synonyms on delete cascade,
  place int not null,
  plain text collate "C" not null,
  stem text collate "C" not null,
  primary key (synonym_id, place)
);
create index synonym_words_by_plain on browse.synonym_words (plain);
create index synonym_words_by_stem on browse.synonym_words (stem);

-- What staff wants to stand first, or last, where this is asked for.
create table browse.rules (
  id bigint generated always as identity primary key,
  query text not null,
  plain text collate "C" not null constraint rules_query unique check (plain <> ''),
  pinned_ids bigint[] not null,
  -- From 1, each beside its product.
  places int[] not null check (cardinality(places) = cardinality(pinned_ids)),
  buried_ids bigint[] not null,
  created_at timestamptz not null
);

-- Each search, for who looks back (MP-087).
create table browse.searches (
  id bigint generated always as identity primary key,
  query text not null,
  account_id bigint references identity.accounts on delete cascade,
  session_id text,
  results int not null,
  kind text not null,
  filters jsonb not null,
  searched_at timestamptz not null
);
create index searches_by_time on browse.searches (searched_at desc, id desc);
create index searches_of_account on browse.searches (account_id) where account_id is not null;

-- The same, added up by what was asked.
create table browse.queries (
  plain text collate "C" primary key,
  -- As it was typed the last time.
  query text not null,
  times bigint not null,
  -- Different accounts.
  users int not null,
  -- Of the last time.
  results int not null,
  last_at timestamptz not null
);
create index queries_asked_most on browse.queries (times desc, plain);
create index queries_without_results on browse.queries (times desc, plain) where results = 0;
create index queries_by_age on browse.queries (last_at);
-- A query of few may tell of one: only what at least three asked for is suggested (MP-136).
create index queries_of_many on browse.queries (plain) where users >= 3 and results > 0;
create table browse.askers (
  plain text collate "C" not null,
  account_id bigint not null references identity.accounts on delete cascade,
  primary key (plain, account_id)
);
create index askers_by_account on browse.askers (account_id);

-- Which transactions changed what searches read, so that whoever keeps an answer knows whether it still holds, and an
-- engine elsewhere knows what to fetch. Swept daily.
create table browse.changes (
  xid xid8 not null default pg_current_xact_id(),
  product_ids bigint[] not null,
  -- Whether what is typed may mean something else since: other words, names, numbers, synonyms or rules. Prices and stock do not.
  is_of_meaning boolean not null default false,
  noted_at timestamptz not null default now()
);
create index changes_by_transaction on browse.changes (xid);

-- With an argument, what came or went has words or numbers of its own.
create function browse.documents_written() returns trigger language plpgsql as $$
begin
  insert into browse.changes (product_ids, is_of_meaning)
  select array_agg(product_id), tg_nargs > 0 from written having count(*) > 0;
  return null;
end $$;
create function browse.documents_rewritten() returns trigger language plpgsql as $$
begin
  insert into browse.changes (product_ids, is_of_meaning)
  select array_agg(product_id), bool_or(gone.words <> came.words) from gone join came using (product_id) having count(*) > 0;
  return null;
end $$;
create trigger documents_came after insert on browse.documents
  referencing new table as written for each statement execute function browse.documents_written('words');
create trigger documents_changed after update on browse.documents
  referencing old table as gone new table as came for each statement execute function browse.documents_rewritten();
create trigger documents_gone after delete on browse.documents
  referencing old table as written for each statement execute function browse.documents_written('words');

create trigger sold_out_came after insert on browse.sold_out
  referencing new table as written for each statement execute function browse.documents_written();
create trigger sold_out_gone after delete on browse.sold_out
  referencing old table as written for each statement execute function browse.documents_written();

create function browse.something_written() returns trigger language plpgsql as $$
begin
  insert into browse.changes (product_ids, is_of_meaning) values ('{}', true);
  return null;
end $$;
create trigger brands_written after insert or update or delete on catalog.brands
  for each statement execute function browse.something_written();
create trigger categories_written after insert or update or delete on catalog.categories
  for each statement execute function browse.something_written();
create trigger articles_written after insert or delete or update of sku, is_active, removed_at on catalog.variants
  for each statement execute function browse.something_written();
create trigger synonyms_written after insert or update or delete on browse.synonyms
  for each statement execute function browse.something_written();
create trigger rules_written after insert or update or delete on browse.rules
  for each statement execute function browse.something_written();
