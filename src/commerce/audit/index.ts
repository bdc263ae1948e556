/**
 * Audit: who changed what, with what it was before and is now. Triggers of its schema write it, in the transaction of the
 * change; here it is read.
 * Invariant: entries are only added, each is tied to the one before it by a hash, and no secret is in them.
 */
export { noteAuditHead } from './note-head.ts'
export {
  type AuditEntry,
  type AuditFilters,
  forgetInAudit,
  listAudit,
  listAuditOf,
} from './queries.ts'
