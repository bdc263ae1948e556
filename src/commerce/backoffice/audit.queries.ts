/** The audit trail as staff sees it (MP-205). */
import { sql } from 'kysely'
import type { AuditEntry } from '#commerce/audit'
import { accountsNamed } from './accounts.queries.ts'
import { type Listing, partPattern } from './listing.ts'

/** `actorName` is how the account that acted is called now; null where it is closed, or none. */
export type AuditRow = AuditEntry & { actorName: string | null }
export type AuditRowFilters = Required<
  Pick<AuditEntry, 'actor' | 'action' | 'objectKind' | 'objectId' | 'requestId'>
> & {
  actorId: number
  subjectId: number
}

export const auditListing: Listing<AuditRow, AuditRowFilters> = {
  source: sql`audit.entries entry left join identity.accounts account on account.id = entry.actor_id`,
  columns: sql<AuditRow>`entry.id, entry.happened_at, entry.actor, entry.actor_id, entry.action, entry.object_kind, entry.object_id,
    entry.subject_id, entry.request_id, entry.route, entry.ip, entry.before, entry.after, entry.values_salt is null as is_forgotten,
    coalesce(account.email, account.username) as actor_name`,
  id: sql`entry.id`,
  date: sql`entry.happened_at`,
  // An object as people name it, a request, or somebody who acted.
  search: (words) => sql`entry.id in (
    select id from audit.entries where object_id = ${words.trim()} or request_id = ${words.trim()} or object_kind like ${partPattern(words)}
    union all
    select id from audit.entries where actor_id in (${accountsNamed(words)}))`,
  filters: {
    actor: (actor) => sql`entry.actor = ${actor}`,
    actorId: (actorId) => sql`entry.actor_id = ${actorId}`,
    subjectId: (subjectId) => sql`entry.subject_id = ${subjectId}`,
    action: (action) => sql`entry.action = ${action}`,
    objectKind: (objectKind) => sql`entry.object_kind = ${objectKind}`,
    objectId: (objectId) => sql`entry.object_id = ${objectId}`,
    requestId: (requestId) => sql`entry.request_id = ${requestId}`,
  },
  orderings: { happened_at: sql`entry.happened_at` },
}
