/** All SQL of the audit trail. It is written by triggers: migrations/0035-audit.sql. */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'
import type { AuditAction, AuditActor } from './tables.ts'

/** `before` and `after` hold the fields that changed; both null, and no `ip`, where they were personal and are forgotten. */
export type AuditEntry = {
  id: number
  happenedAt: Date
  actor: AuditActor
  actorId: number | null
  action: AuditAction
  objectKind: string
  objectId: string
  subjectId: number | null
  requestId: string
  route: string
  ip: string | null
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
  isForgotten: boolean
}

export type AuditFilters = {
  actor?: AuditActor
  actorId?: number
  subjectId?: number
  action?: AuditAction
  objectKind?: string
  objectId?: string
  requestId?: string
  from?: Date
  until?: Date
}

const ENTRY = sql`id, happened_at, actor, actor_id, action, object_kind, object_id, subject_id, request_id, route, ip, before,
  after, values_salt is null as is_forgotten`

/** A page of the trail, the newest first, and how many entries there are; `until` is the first moment after. Two statements. */
export async function listAudit(
  db: Db,
  filters: AuditFilters,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ rows: AuditEntry[]; count: number }> {
  const matching = matchingOf(filters)
  const { rows } = await sql<AuditEntry>`/* once */
    select ${ENTRY} from audit.entries where ${matching} order by id desc limit ${limit} offset ${offset}`.execute(db)
  const counted = await sql<{ count: number }>`/* once */
    select count(*)::int as count from audit.entries where ${matching}`.execute(db)
  return { rows, count: counted.rows[0]!.count }
}

function matchingOf({ actor, actorId, subjectId, action, objectKind, objectId, requestId, from, until }: AuditFilters) {
  const conditions = [
    ...(actor === undefined ? [] : [sql`actor = ${actor}`]),
    ...(actorId === undefined ? [] : [sql`actor_id = ${actorId}`]),
    ...(subjectId === undefined ? [] : [sql`subject_id = ${subjectId}`]),
    ...(action === undefined ? [] : [sql`action = ${action}`]),
    ...(objectKind === undefined ? [] : [sql`object_kind = ${objectKind}`]),
    ...(objectId === undefined ? [] : [sql`object_id = ${objectId}`]),
    ...(requestId === undefined ? [] : [sql`request_id = ${requestId}`]),
    ...(from === undefined ? [] : [sql`happened_at >= ${from}`]),
    ...(until === undefined ? [] : [sql`happened_at < ${until}`]),
  ]
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `)
}

/** What the trail tells of a person, oldest first: that he did something, and what was changed of his; not what he changed of others. */
export async function listAuditOf(db: Db, accountId: number): Promise<AuditEntry[]> {
  const { rows } = await sql<AuditEntry>`
    select id, happened_at, actor, actor_id, action, object_kind, object_id, subject_id, request_id, route,
      case when actor_id = ${accountId} then ip end as ip, case when subject_id = ${accountId} then before end as before,
      case when subject_id = ${accountId} then after end as after, values_salt is null as is_forgotten
    from audit.entries where subject_id = ${accountId} or actor_id = ${accountId} order by id`.execute(db)
  return rows
}

/**
 * Takes what is personal of somebody out of the trail: what was changed of his, and the addresses that he came from. That it
 * was changed, when and by which account stays, and so does the chain: it ties the salted digests of what is gone.
 */
export async function forgetInAudit(tx: Tx, accountId: number): Promise<void> {
  await sql`
    update audit.entries set before = null, after = null, values_salt = null
    where subject_id = ${accountId} and values_salt is not null`.execute(tx)
  await sql`
    update audit.entries set ip = null, ip_salt = null
    where (actor_id = ${accountId} or actor_id is null and subject_id = ${accountId}) and ip_salt is not null`.execute(
    tx,
  )
}

/** The last link of the chain: how many there are, and the hash that stands for all that they tie. */
export async function findAuditHead(db: Db): Promise<{ links: number; hash: string } | undefined> {
  const { rows } = await sql<{ links: number; hash: string }>`
    select sequence as links, encode(hash, 'hex') as hash from audit.links order by sequence desc limit 1`.execute(db)
  return rows[0]
}
