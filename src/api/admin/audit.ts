/** /api/admin/audit/entry/: who changed what, to be looked through (MP-205). It is only read. */
import { type Static, Type } from 'typebox'
import { type AuditRow, type AuditRowFilters, auditListing } from '#commerce/backoffice'
import { ACTIONS, ACTORS, auditFields, toAuditEntryWire } from '../http/audit.wire.ts'
import { Nullable } from '../http/wire.ts'
import type { Resource } from './resource.ts'

const AuditRowWire = Type.Object(
  {
    ...auditFields,
    actor_name: Nullable(Type.String({ description: 'e-mail or username of the actor, as it is now' })),
  },
  { title: 'AdminAuditEntry' },
)

const toAuditRowWire = (row: AuditRow): Static<typeof AuditRowWire> => ({
  ...toAuditEntryWire(row),
  actor_name: row.actorName,
})

const text = (name: string) => ({ name, read: (value: string) => value, code: 'invalid' })
const id = (name: string) => ({ name, read: toId, code: 'not_integer' })

export const auditResource: Resource<AuditRow, AuditRowFilters> = {
  path: 'audit/entry',
  noun: { one: 'AuditEntry', many: 'AuditEntries' },
  listing: auditListing,
  usual: '-happened_at',
  filters: {
    actor: { name: 'actor_kind', read: (value) => ACTORS.find((kind) => kind === value), code: 'not_choice' },
    actorId: id('actor'),
    subjectId: id('account'),
    action: { name: 'action', read: (value) => ACTIONS.find((action) => action === value), code: 'not_choice' },
    objectKind: text('object_kind'),
    objectId: text('object_id'),
    requestId: text('request_id'),
  },
  row: AuditRowWire,
  toRow: toAuditRowWire,
  detail: AuditRowWire,
  toDetail: async (_app, row) => toAuditRowWire(row),
  detailBudget: 0,
}

function toId(value: string): number | undefined {
  return /^[1-9]\d{0,14}$/.test(value) ? Number(value) : undefined
}
