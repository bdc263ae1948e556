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

/**
 * Returns the id of the new letter; nothing where its key is taken. A job finds it queued. One that is handed over at
 * once begins as `expired`, which no job ever sends, and its content is not kept: it becomes `sent`, or stays what it is.
 */
export async function insertLetter(tx: Tx, letter: Letter, sentBy: 'job' | 'request'): Promise<number | undefined> {
  const content: Content = { text: letter.text, html: letter.html, attachments: letter.attachments ?? [] }
  const [status, kept] = sentBy === 'job' ? ['queued', JSON.stringify(content)] : ['expired', null]
  const { rows } = await sql<{ id: number }>`
    insert into platform.letters (key, recipient, subject, content, status, expires_at, about)
    values (${letter.key}, ${letter.to}, ${letter.subject}, ${kept}, ${status}, ${letter.expiresAt ?? null}, ${letter.about ?? null})
    on conflict (key) do nothing returning id`.execute(tx)
  return rows[0]?.id
}

/** A dead one is found, too: an operator may have its job tried again. */
export async function findUnsentLetter(db: Db, id: number) {
  const { rows } = await sql<{ recipient: string; subject: string; content: Content; expiresAt: Date | null }>`
    select recipient, subject, content, expires_at from platform.letters
    where id = ${id} and status in ('queued', 'dead')`.execute(db)
  return rows[0]
}

/** Whether a letter about this was handed over. */
export async function wasLetterSent(db: Db, about: string): Promise<boolean> {
  const { rows } = await sql`
    select from platform.letters where about = ${about} and status = 'sent' limit 1`.execute(db)
  return rows.length > 0
}

export async function markLetterSent(db: Db, id: number, now: Date): Promise<void> {
  await inTransaction(db, (tx) =>
    sql`update platform.letters set status = 'sent', sent_at = ${now}, attempts = attempts + 1 where id = ${id}`.execute(
      tx,
    ),
  )
}

/** What it said was good for a while only, and is forgotten at once. */
export async function markLetterExpired(db: Db, id: number): Promise<void> {
  await inTransaction(db, (tx) =>
    sql`update platform.letters set status = 'expired', content = null where id = ${id}`.execute(tx),
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

/**
 * Whoever had this address is gone: what was sent to it, or never will be, keeps neither the address nor a word. What
 * is still queued goes out first. One that is dead is owed to nobody any longer, and is no fault of the shop.
 */
export async function forgetLetters(tx: Tx, recipient: string): Promise<void> {
  await sql`
    update platform.letters set recipient = '', content = null, last_error = null,
      status = case when status = 'dead' then 'expired' else status end
    where recipient = ${recipient} and status <> 'queued'`.execute(tx)
}

/** How many letters wait to be sent, and how many never will be. */
export async function countUnsentLetters(db: Db): Promise<{ queued: number; dead: number }> {
  const { rows } = await sql<{ queued: number; dead: number }>`
    select count(*) filter (where status = 'queued')::int as queued, count(*) filter (where status = 'dead')::int as dead
    from platform.letters where status in ('queued', 'dead')`.execute(db)
  return rows[0]!
}
