/** An entry of the audit trail, as v1 and the panel tell it (MP-205). */
import { type Static, Type } from 'typebox'
import type { AuditEntry } from '#commerce/audit'
import { AnyObject, Choice, Nullable, Time } from './wire.ts'

export const ACTORS = ['staff', 'seller', 'user', 'visitor', 'operator'] as const satisfies AuditEntry['actor'][]
export const ACTIONS = ['create', 'change', 'remove'] as const satisfies AuditEntry['action'][]

export const auditFields = {
  id: Type.Integer(),
  happened_at: Time,
  actor: Type.Object({
    kind: Choice(ACTORS),
    id: Nullable(Type.Integer({ description: 'the account; null for a visitor and for the command line' })),
  }),
  action: Choice(ACTIONS),
  object: Type.Object({
    kind: Type.String({ description: 'as catalog.products' }),
    id: Type.String(),
    account: Nullable(Type.Integer({ description: 'whose it is, where it is about a person' })),
  }),
  request_id: Type.String(),
  route: Type.String({ description: 'method and pattern of the request, or the command' }),
  ip: Nullable(Type.String()),
  before: Nullable({ ...AnyObject, description: 'the fields that changed, as they were; secrets are ***' }),
  after: Nullable({ ...AnyObject, description: 'as they are since' }),
  is_forgotten: Type.Boolean({ description: 'what changed was personal, and its owner is gone' }),
}
export const AuditEntryWire = Type.Object(auditFields, { title: 'AuditEntry' })

export const toAuditEntryWire = (entry: AuditEntry): Static<typeof AuditEntryWire> => ({
  id: entry.id,
  happened_at: entry.happenedAt.toISOString(),
  actor: { kind: entry.actor, id: entry.actorId },
  action: entry.action,
  object: { kind: entry.objectKind, id: entry.objectId, account: entry.subjectId },
  request_id: entry.requestId,
  route: entry.route,
  ip: entry.ip,
  before: entry.before,
  after: entry.after,
  is_forgotten: entry.isForgotten,
})
