import type { Db, Tx } from '#platform/database'
import type { JobQueue, Jobs } from '#platform/jobs'
import { findUnsentText, insertText, markTextExpired, markTextSent, noteTextFailure } from './queries.ts'
import type { Texter } from './texter.ts'

export type Text = {
  /** Names the cause. A second message with the same key is not written: the first one counts. */
  key: string
  to: string
  body: string
  /** What it says is good until then, as a code; later it is not sent (NX-149). */
  expiresAt?: Date
}

export const textDeliveries: JobQueue<{ textId: number }> = { name: 'text-messages', concurrency: 1 }

/** Writes a message and enqueues its delivery, once per key. */
export async function queueText(jobs: Jobs, tx: Tx, text: Text): Promise<void> {
  const textId = await insertText(tx, text)
  if (textId !== undefined) await jobs.enqueue(tx, textDeliveries, [{ textId }])
}

/**
 * Sends one message unless it was sent before; one that would come too late becomes `expired` (NX-149). Throws when the
 * gateway does not take it: the job is tried again.
 */
export async function sendText(db: Db, texter: Texter, textId: number, now: Date): Promise<void> {
  const text = await findUnsentText(db, textId)
  if (!text) return
  if (text.expiresAt && text.expiresAt <= now) return markTextExpired(db, textId)
  try {
    await texter.send({ id: textId, to: text.recipient, body: text.body })
  } catch (error) {
    await noteTextFailure(db, textId, String(error))
    throw error
  }
  await markTextSent(db, textId, now)
}
