import type { App } from '../app.ts'
import { findAuditHead } from './queries.ts'

/**
 * Writes into the log where the audit trail ends: who has the database could cut off its end and nobody would see it there,
 * but a log that is kept elsewhere tells how far it went (MP-205).
 */
export async function noteAuditHead({ db, log }: App): Promise<void> {
  const head = await findAuditHead(db)
  if (head) log.info(head, 'the audit trail ends here')
}
