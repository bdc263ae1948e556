import type { Db, Tx } from '#platform/database'
import type { JobQueue, Jobs } from '#platform/jobs'
import type { Attachment, Mailer } from './mailer.ts'
import { findUnsentLetter, insertLetter, markLetterExpired, markLetterSent, noteLetterFailure } from './queries.ts'

export type Letter = {
  /** Names the cause. A second letter with the same key is not written: the first one counts. */
  key: string
  to: string
  subject: string
  text: string
  html: string
  attachments?: Attachment[]
  /** What it says is good until then, as a code or a link; later it is not sent (NX-149). */
  expiresAt?: Date
  /** What it is about, as `account:12:verification`, for whoever asks whether such a letter left. */
  about?: string
}

export const letterDeliveries: JobQueue<{ letterId: number }> = { name: 'letters', concurrency: 1 }

/** Writes a letter and enqueues its delivery, once per key. */
export async function queueLetter(jobs: Jobs, tx: Tx, letter: Letter): Promise<void> {
  const letterId = await insertLetter(tx, letter, 'job')
  if (letterId !== undefined) await jobs.enqueue(tx, letterDeliveries, [{ letterId }])
}

/**
 * Sends one letter unless it was sent before; one that would come too late becomes `expired` (NX-149). Throws when the
 * mail server does not take it: the job is tried again.
 */
export async function sendLetter(db: Db, mailer: Mailer, letterId: number, now: Date): Promise<void> {
  const letter = await findUnsentLetter(db, letterId)
  if (!letter) return
  if (letter.expiresAt && letter.expiresAt <= now) return markLetterExpired(db, letterId)
  try {
    await mailer.send({ ...letter.content, id: letterId, to: letter.recipient, subject: letter.subject })
  } catch (error) {
    await noteLetterFailure(db, letterId, String(error))
    throw error
  }
  await markLetterSent(db, letterId, now)
}
