/** All SQL of text messages. */
import { sql } from 'kysely'
import { type Db, inTransaction, type Tx } from '#platform/database'
import { JOB_RETRIES_MAX } from '#platform/jobs'
import type { Text } from './texts.ts'

/** The tries that the job of a message gets before the message counts as dead. */
const ATTEMPTS_MAX = 1 + JOB_RETRIES_MAX

/** Returns the id of the new message; nothing where its key is taken. */
export async function insertText(tx: Tx, { key, to, body, expiresAt }: Text): Promise<number | undefined> {
  const { rows } = await sql<{ id: number }>`
    insert into platform.text_messages (key, recipient, body, expires_at)
    values (${key}, ${to}, ${body}, ${expiresAt ?? null})
    on conflict (key) do nothing returning id`.execute(tx)
  return rows[0]?.id
}

/** A dead one is found, too: an operator may have its job tried again. */
export async function findUnsentText(db: Db, id: number) {
  const { rows } = await sql<{ recipient: string; body: string; expiresAt: Date | null }>`
    select recipient, body, expires_at from platform.text_messages
    where id = ${id} and status in ('queued', 'dead')`.execute(db)
  return rows[0]
}

export async function markTextSent(db: Db, id: number, now: Date): Promise<void> {
  await inTransaction(db, (tx) =>
    sql`
      update platform.text_messages set status = 'sent', sent_at = ${now}, attempts = attempts + 1
      where id = ${id}`.execute(tx),
  )
}

/** What it said was good for a while only, and is forgotten at once. */
export async function markTextExpired(db: Db, id: number): Promise<void> {
  await inTransaction(db, (tx) =>
    sql`update platform.text_messages set status = 'expired', body = null where id = ${id}`.execute(tx),
  )
}

export async function noteTextFailure(db: Db, id: number, error: string): Promise<void> {
  await inTransaction(db, (tx) =>
    sql`
      update platform.text_messages set attempts = attempts + 1, last_error = ${error},
        status = case when attempts + 1 >= ${ATTEMPTS_MAX} then 'dead' else status end
      where id = ${id}`.execute(tx),
  )
}

/** Sent messages lose what they said after a while. */
export async function purgeTexts(tx: Tx, sentBefore: Date): Promise<void> {
  await sql`update platform.text_messages set body = null where body is not null and sent_at < ${sentBefore}`.execute(
    tx,
  )
}

/**
 * Whoever had this number is gone: what was sent to it, or never will be, keeps neither the number nor a word. What is
 * still queued goes out first. One that is dead is owed to nobody any longer, and is no fault of the shop.
 */
export async function forgetTexts(tx: Tx, recipient: string): Promise<void> {
  await sql`
    update platform.text_messages set recipient = '', body = null, last_error = null,
      status = case when status = 'dead' then 'expired' else status end
    where recipient = ${recipient} and status <> 'queued'`.execute(tx)
}

/** How many messages wait to be sent, and how many never will be. */
export async function countUnsentTexts(db: Db): Promise<{ queued: number; dead: number }> {
  const { rows } = await sql<{ queued: number; dead: number }>`
    select count(*) filter (where status = 'queued')::int as queued, count(*) filter (where status = 'dead')::int as dead
    from platform.text_messages where status in ('queued', 'dead')`.execute(db)
  return rows[0]!
}
