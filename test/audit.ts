/** What the audit trail tells, for tests. */
import { type AuditEntry, type AuditFilters, listAudit } from '#commerce/audit'
import type { App } from '../src/commerce/app.ts'

/** The entries that fit, oldest first. */
export async function auditOf({ shop }: { shop: App }, filters: AuditFilters): Promise<AuditEntry[]> {
  const { rows } = await listAudit(shop.db, filters, { limit: 1000, offset: 0 })
  return rows.reverse()
}
