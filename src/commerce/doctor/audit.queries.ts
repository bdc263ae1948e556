/** What must always be true of the audit trail. */
import { sql } from 'kysely'
import type { Invariant } from './queries.ts'

export const auditInvariants: Invariant[] = [
  {
    says: 'each link of the audit trail follows from the one before it, and none is missing',
    query: sql`
      with linked as (
        select sequence, deed, hash, lag(sequence) over chain as sequence_before, lag(hash) over chain as hash_before,
          audit.digest_of_deed(deed) as digest
        from audit.links window chain as (order by sequence))
      select format('link %s of entries %s: %s', sequence, told.entries, case
        when digest is null then 'they are gone'
        when sequence <> coalesce(sequence_before, 0) + 1 then 'links before it are gone'
        else 'they are not what was written' end) as fault
      from linked, lateral (
        select coalesce(string_agg(id::text, ', ' order by id), 'that there are not') as entries
        from (select id from audit.entries entry where entry.deed = linked.deed order by id limit 10) first) told
      where digest is null or sequence <> coalesce(sequence_before, 0) + 1
        or hash <> sha256(coalesce(hash_before, '') || digest)
      union all
      select format('entry %s is in no link', entry.id) from audit.entries entry
      where not exists (select from audit.links link where link.deed = entry.deed)`,
  },
  {
    says: 'an entry of the audit trail says what it said when it was written, or nothing any more',
    query: sql`
      select format('entry %s on %s %s tells of other values', id, object_kind, object_id) as fault from audit.entries
      where case when values_salt is null then before is not null or after is not null
        else values_digest <> audit.digest_of_values(values_salt, before, after) end
      union all
      select format('entry %s on %s %s tells of another address', id, object_kind, object_id) from audit.entries
      where case when ip_salt is null then ip is not null else ip_digest <> audit.digest_of_ip(ip_salt, ip) end`,
  },
]
