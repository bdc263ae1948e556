/** All SQL of letters. */
import { sql } from 'kysely'
import { type Db, inTransaction, type Tx } from '#platform/database'
import { JOB_RETRIES_MAX } from '#platform/jobs'
import type { Letter } from './letters.ts'
import type { Attachment } from './mailer.ts'

type Content = { text: string; html: string; attachments: Attachment[] }
/** The tries that the job of a letter gets before the letter counts as dead. */
const ATTEMPTS_MAX = 1 + JOB_RETRIES_MAX

/**
 * Says whether a letter with this key is still to be written, and keeps others from writing it until the transaction
 * ends: for a letter that says something made for it alone, as a one-time link.
 */
export async function claimLetterKey(tx: Tx, key: string): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(tx)
  // A statement of its own: one that had waited for the lock would not see what the other one wrote.
  const { rows } = await sql`select from platform.letters where key = ${key}`.execute(tx)
  return rows.length === 0
}

/** Returns the id of the new letter; nothing where its key is taken. */
export async function insertLetter(tx: Tx, letter: Letter): Promise<number | undefined> {
  const content: Content = { text: letter.text, html: letter.html, attachments: letter.attachments ?? [] }
  const { rows } = await sql<{ id: number }>`
    insert into platform.letters (key, recipient, subject, content)
    values (${letter.key}, ${letter.to}, ${letter.subject}, ${JSON.stringify(content)})
    on conflict (key) do nothing returning id`.execute(tx)
  return rows[0]?.id
}

export async function findUnsentLetter(db: Db, id: number) {
  const { rows } = await sql<{ recipient: string; subject: string; content: Content }>`
    select recipient, subject, content from platform.letters where id = ${id} and status <> 'sent'`.execute(db)
  return rows[0]
}

export async function markLetterSent(db: Db, id: number, now: Date): Promise<void> {
  await inTransaction(db, (tx) =>
    sql`update platform.letters set status = 'sent', sent_at = ${now}, attempts = attempts + 1 where id = ${id}`.execute(
      tx,
    ),
  )
}

export async function noteLetterFailure(db: Db, id: number, error: string): Promise<void> {
  await inTransaction(db, (tx) =>
    sql`update platform.letters set attempts = attempts + 1, last_error = ${error},
      status = case when attempts + 1 >= ${ATTEMPTS_MAX} then 'dead' else status end
      where id = ${id}`.execute(tx),
  )
}

/** Sent letters lose their content after a while: it holds one-time links and invoices. */
export async function purgeLetters(tx: Tx, sentBefore: Date): Promise<void> {
  await sql`update platform.letters set content = null where content is not null and sent_at < ${sentBefore}`.execute(
    tx,
  )
}
