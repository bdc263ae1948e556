import { sql } from 'kysely'
import type { Tx } from '#platform/database'
import type { Holder } from './tickets.ts'

/** With it go those that nobody used. */
export async function insertTicket(
  tx: Tx,
  hash: Buffer,
  { accountId, sessionId }: Holder,
  expiresAt: Date,
  now: Date,
): Promise<void> {
  await sql`
    with over as (delete from notifications.tickets where expires_at <= ${now})
    insert into notifications.tickets (hash, account_id, session_id, expires_at)
    values (${hash}, ${accountId}, ${sessionId}, ${expiresAt})`.execute(tx)
}

/** Of many who come with the same one, one gets it. */
export async function takeTicket(tx: Tx, hash: Buffer, now: Date): Promise<Holder | undefined> {
  const { rows } = await sql<Holder & { expiresAt: Date }>`
    delete from notifications.tickets where hash = ${hash} returning account_id, session_id, expires_at`.execute(tx)
  const [ticket] = rows
  if (!ticket || ticket.expiresAt <= now) return undefined
  return { accountId: ticket.accountId, sessionId: ticket.sessionId }
}
