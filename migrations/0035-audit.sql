-- Who changed what (MP-205). Triggers write it, in the transaction of the change and whoever's code makes it; the cause
-- comes with the transaction's begin, in the settings souk.actor and souk.cause. Without them nothing is noted: jobs,
-- migrations, the sample shop. The entries of a transaction are tied to those before them by a hash: docs/decisions/0022.
create schema audit;

create type audit.actor as enum ('staff', 'seller', 'user', 'visitor', 'operator');
create type audit.action as enum ('create', 'change', 'remove');
create table audit.entries (
  id bigint generated always as identity primary key,
  happened_at timestamptz not null,
  actor audit.actor not null,
  -- Of the account that acts; a reference would keep accounts from going, and outlive none.
  actor_id bigint,
  action audit.action not null,
  -- The table: catalog.products. And how its row is called there, or by people.
  object_kind text not null,
  object_id text not null,
  -- The account that this is about: what it says of a person goes when that account does.
  subject_id bigint,
  request_id text not null,
  route text not null,
  -- The same for all that one transaction changes; the first of them has it linked.
  deed uuid not null,
  opens_deed boolean not null,
  ip text,
  -- The fields that changed, or those of the whole row; no secret is in them. They go when the subject is forgotten, and so
  -- does `ip` with the actor: what is hashed are the digests, salted, so that nobody finds out what they stood for.
  before jsonb,
  after jsonb,
  values_salt bytea,
  values_digest bytea not null,
  ip_salt bytea,
  ip_digest bytea not null
);
create index entries_of_object on audit.entries (object_kind, object_id, id desc);
create index entries_of_actor on audit.entries (actor_id, id desc) where actor_id is not null;
create index entries_of_subject on audit.entries (subject_id, id desc) where subject_id is not null;
create index entries_by_time on audit.entries (happened_at);
create index entries_of_request on audit.entries (request_id);

create index entries_of_deed on audit.entries (deed);

-- The chain: a link for each transaction that left entries, written when it commits, one after the other.
create table audit.links (
  sequence bigint primary key,
  deed uuid not null unique,
  hash bytea not null
);

create function audit.digest_of_values(salt bytea, before jsonb, after jsonb) returns bytea immutable language sql as $$
  select sha256(salt || convert_to(coalesce(before::text, '') || E'\n' || coalesce(after::text, ''), 'UTF8'))
$$;
create function audit.digest_of_ip(salt bytea, ip text) returns bytea immutable language sql as $$
  select sha256(salt || convert_to(coalesce(ip, ''), 'UTF8'))
$$;
create function audit.digest_of(entry audit.entries) returns bytea immutable language sql as $$
  select sha256(convert_to(jsonb_build_array(
    entry.id, to_char(entry.happened_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), entry.actor, entry.actor_id,
    entry.action, entry.object_kind, entry.object_id, entry.subject_id, entry.request_id, entry.route, entry.deed,
    encode(entry.values_digest, 'hex'), encode(entry.ip_digest, 'hex'))::text, 'UTF8'))
$$;
create function audit.digest_of_deed(which uuid) returns bytea stable language sql as $$
  select sha256(string_agg(audit.digest_of(entry), '' order by entry.id)) from audit.entries entry where entry.deed = which
$$;

-- What must be known to nobody is told as ***: that it changed is what counts.
create function audit.without_secrets(fields jsonb) returns jsonb immutable language sql as $$
  select jsonb_object_agg(key, case
    when key ~ '(password|secret|token|hash|credential|public_key|label_key|challenge|signature)' and value <> 'null' then '"***"'
    else value end)
  from jsonb_each(fields)
$$;

-- Arguments: the columns that name a row, those that are of no interest, the column of the account that it is about.
create function audit.note_change() returns trigger language plpgsql as $$
declare
  cause jsonb := current_setting('souk.cause')::jsonb;
  ignored text[] := string_to_array(tg_argv[1], ' ');
  before jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
  after jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
  whole jsonb := coalesce(after, before);
  values_salt bytea := uuid_send(gen_random_uuid());
  ip_salt bytea := uuid_send(gen_random_uuid());
  deed uuid := nullif(current_setting('souk.deed', true), '')::uuid;
  opens_deed boolean := deed is null;
begin
  if tg_op = 'UPDATE' then
    select jsonb_object_agg(key, before -> key), jsonb_object_agg(key, value) into before, after
    from jsonb_each(whole) where value is distinct from before -> key and key <> all (ignored);
    if after is null then return null; end if;
  else
    select jsonb_object_agg(key, value) into whole
    from jsonb_each(whole) where value <> 'null' and key <> all (ignored);
    before := case when tg_op = 'DELETE' then whole end;
    after := case when tg_op = 'INSERT' then whole end;
    whole := to_jsonb(coalesce(new, old));
  end if;
  before := audit.without_secrets(before);
  after := audit.without_secrets(after);
  if opens_deed then
    deed := gen_random_uuid();
    perform set_config('souk.deed', deed::text, true);
  end if;
  insert into audit.entries (happened_at, actor, actor_id, action, object_kind, object_id, subject_id, request_id, route, deed,
    opens_deed, ip, before, after, values_salt, values_digest, ip_salt, ip_digest)
  values (
    clock_timestamp(), (cause ->> 'actor')::audit.actor, (cause ->> 'account_id')::bigint,
    (case tg_op when 'INSERT' then 'create' when 'UPDATE' then 'change' else 'remove' end)::audit.action,
    tg_table_schema || '.' || tg_table_name,
    (select string_agg(whole ->> name, '/' order by place) from unnest(string_to_array(tg_argv[0], ' ')) with ordinality as named (name, place)),
    (whole ->> nullif(tg_argv[2], ''))::bigint,
    cause ->> 'request_id', cause ->> 'route', deed, opens_deed, cause ->> 'ip',
    before, after, values_salt, audit.digest_of_values(values_salt, before, after),
    ip_salt, audit.digest_of_ip(ip_salt, cause ->> 'ip'));
  return null;
end $$;

-- At the end of the transaction, when it holds all its other locks: whoever waits here is waited for by nobody, and
-- only for as long as a commit takes.
create function audit.link_deed() returns trigger language plpgsql as $$
declare
  digest bytea := audit.digest_of_deed(new.deed);
  last audit.links;
begin
  perform pg_advisory_xact_lock(7685035);
  -- A statement of its own: it sees what was committed by whom it waited for.
  select * into last from audit.links order by sequence desc limit 1;
  insert into audit.links (sequence, deed, hash)
  values (coalesce(last.sequence, 0) + 1, new.deed, sha256(coalesce(last.hash, '') || digest));
  return null;
end $$;
create constraint trigger deeds_are_linked after insert on audit.entries
  deferrable initially deferred for each row when (new.opens_deed) execute function audit.link_deed();

-- Nothing is taken out and nothing is changed, but that what is personal may be forgotten.
create function audit.refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and tg_table_name = 'entries' then
    if to_jsonb(new) - '{before,after,values_salt,ip,ip_salt}'::text[] = to_jsonb(old) - '{before,after,values_salt,ip,ip_salt}'::text[]
      and (new.values_salt is null and new.before is null and new.after is null
        or (new.values_salt, new.before, new.after) is not distinct from (old.values_salt, old.before, old.after))
      and (new.ip_salt is null and new.ip is null or (new.ip_salt, new.ip) is not distinct from (old.ip_salt, old.ip))
    then return new; end if;
  end if;
  raise exception 'the audit trail is only added to';
end $$;
create trigger entries_stay before update or delete on audit.entries for each row execute function audit.refuse_change();
create trigger links_stay before update or delete on audit.links for each row execute function audit.refuse_change();
create trigger entries_are_not_emptied before truncate on audit.entries execute function audit.refuse_change();
create trigger links_are_not_emptied before truncate on audit.links execute function audit.refuse_change();

-- What is noted of whom. `anybody`: of each request, job and command that has a cause. `managing`: of staff, sellers and
-- operators alone, for tables that every order writes to: a customer's statements pay for one comparison.
-- For the migrations to come, too: select audit.watch('schema.table', who, columns that name a row, columns of no interest, column of
-- the account that it is about or '', 'insert or update or delete').
create function audit.watch(what regclass, who text, named text, ignored text, about text, deeds text) returns void
  language plpgsql as $$
begin
  execute format(
    'create trigger is_audited after %s on %s for each row when (%s) execute function audit.note_change(%L, %L, %L)',
    deeds, what,
    case who
      when 'anybody' then $sql$current_setting('souk.actor', true) <> ''$sql$
      when 'managing' then $sql$current_setting('souk.actor', true) in ('staff', 'seller', 'operator')$sql$
    end,
    named, ignored, about);
end $$;

-- What buyers write in words of their own (notes, reasons) is left out: no account tells when that is to be forgotten.
do $$
declare
  each_deed constant text := 'insert or update or delete';
begin
  perform audit.watch('identity.accounts', 'anybody', 'id', 'last_login_at', 'id', each_deed);
  perform audit.watch('identity.second_factors', 'anybody', 'account_id', 'last_step', 'account_id', each_deed);
  perform audit.watch('identity.passkeys', 'anybody', 'id', 'sign_count last_used_at is_backed_up', 'account_id', each_deed);
  perform audit.watch('identity.google_links', 'anybody', 'account_id', 'subject', 'account_id', each_deed);
  perform audit.watch('identity.security_claims', 'anybody', 'id', '', 'account_id', each_deed);
  perform audit.watch('identity.sessions', 'managing', 'id', 'last_activity_at', 'account_id', 'update of ended_at');
  perform audit.watch('customers.profiles', 'anybody', 'account_id', '', 'account_id', each_deed);
  perform audit.watch('customers.addresses', 'anybody', 'id', 'updated_at', 'account_id', each_deed);
  perform audit.watch('customers.wishlist_items', 'anybody', 'account_id product_id', '', 'account_id', each_deed);
  perform audit.watch('reviews.reviews', 'anybody', 'id', 'helpful_count', 'account_id', each_deed);
  perform audit.watch('catalog.categories', 'anybody', 'id', 'path', '', each_deed);
  perform audit.watch('catalog.brands', 'anybody', 'id', '', '', each_deed);
  perform audit.watch('catalog.products', 'anybody', 'id', 'updated_at', '', each_deed);
  perform audit.watch('catalog.variants', 'anybody', 'id', '', '', each_deed);
  perform audit.watch('catalog.pictures', 'anybody', 'id', 'sizes', '', each_deed);
  perform audit.watch('promotions.coupons', 'managing', 'id', 'used_count', '', each_deed);
  perform audit.watch('shipping.methods', 'anybody', 'id', '', '', each_deed);
  perform audit.watch('shipping.zones', 'anybody', 'id', '', '', each_deed);
  perform audit.watch('shipping.zone_rates', 'anybody', 'id', '', '', each_deed);
  perform audit.watch('shipping.shipments', 'managing', 'id', 'updated_at attempts', 'account_id', 'insert or update');
  perform audit.watch('browse.rules', 'anybody', 'id', '', '', each_deed);
  perform audit.watch('browse.synonyms', 'anybody', 'id', '', '', each_deed);
  perform audit.watch('inventory.locations', 'anybody', 'id', '', '', each_deed);
  perform audit.watch('inventory.levels', 'managing', 'variant_id location_id', 'changed_at on_hand', '',
    'update of low_stock_threshold, reorder_point, reorder_quantity');
  perform audit.watch('inventory.ledger', 'managing', 'id', '', '', 'insert');
  perform audit.watch('inventory.alerts', 'managing', 'id', '', '', 'update of resolved_at');
  perform audit.watch('inventory.reorder_proposals', 'managing', 'id', '', '', 'update');
  perform audit.watch('assortment.imports', 'anybody', 'id', 'rows_read rows_written touched_at', '', 'insert');
  perform audit.watch('orders.orders', 'managing', 'number',
    'email shipping_address billing_address notes explanation forgets_buyer updated_at', 'account_id', 'update');
  perform audit.watch('orders.notes', 'managing', 'id', 'text', '', each_deed);
  perform audit.watch('orders.returns', 'anybody', 'id', 'updated_at reason note', '', each_deed);
  perform audit.watch('payments.payments', 'managing', 'id', 'asked_at attempts updated_at approval_url return_url', 'account_id', 'insert or update');
  perform audit.watch('payments.refunds', 'managing', 'id', 'asked_at attempts updated_at reason', '', each_deed);
end $$;
