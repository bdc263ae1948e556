/** What must always be true of the audit trail. */
import { sql } from 'kysely'
import type { Invariant } from './queries.ts'

export const auditInvariants: Invariant[] = [
  {
    says: 'each link of the audit trail follows from the one before it, and none is missing',
    query: sql`
      with linked as (
        select link.sequence, link.hash, link.entry_id,
          lag(link.sequence) over chain as sequence_before, lag(link.hash) over chain as hash_before
        from audit.links link window chain as (order by link.sequence))
      select format('entry %s, link %s: %s', linked.entry_id, linked.sequence, case
        when entry.id is null then 'the entry is gone'
        when linked.sequence <> coalesce(linked.sequence_before, 0) + 1 then 'links before it are gone'
        else 'it is not what was written' end) as fault
      from linked left join audit.entries entry on entry.id = linked.entry_id
      where entry.id is null or linked.sequence <> coalesce(linked.sequence_before, 0) + 1
        or linked.hash <> audit.hash_after(linked.hash_before, entry)
      union all
      select format('entry %s is in no link', entry.id) from audit.entries entry
      where not exists (select from audit.links link where link.entry_id = entry.id)`,
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
