import { type Db, inTransaction } from '#platform/database'
import type { Letter } from './letters.ts'
import type { Envelope, Mailer } from './mailer.ts'
import { insertLetter, markLetterSent, noteLetterFailure } from './queries.ts'

type Outside = { db: Db; mailer: Mailer }

/** Somebody waits for the answer. */
const HAND_OVER_WITHIN_MS = 5000

/**
 * Hands a letter over within the request of whoever wants to know whether the mail server took it (SF-098). No job tries
 * it again. Throws when it was not taken in time, and when a letter with its key was written before.
 *
 * A failure leaves the letter `expired`, not `dead`: its reader has been told in the same request and asks again, so
 * nothing is owed that an operator had to see to. A server that was merely slow may still deliver it.
 */
export async function sendLetterNow(
  { db, mailer }: Outside,
  letter: Letter,
  { now, timeoutMs = HAND_OVER_WITHIN_MS }: { now: Date; timeoutMs?: number },
): Promise<void> {
  const id = await inTransaction(db, (tx) => insertLetter(tx, letter, 'request'))
  if (id === undefined) throw new Error(`a letter with the key ${letter.key} was written before`)
  const { to, subject, text, html, attachments = [] } = letter
  try {
    await handOver(mailer, { id, to, subject, text, html, attachments }, timeoutMs)
  } catch (error) {
    await noteLetterFailure(db, id, String(error))
    throw error
  }
  await markLetterSent(db, id, now)
}

async function handOver(mailer: Mailer, envelope: Envelope, timeoutMs: number): Promise<void> {
  const sent = mailer.send(envelope)
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`the mail server did not answer within ${timeoutMs} ms`)), timeoutMs)
  })
  await Promise.race([sent, late]).finally(() => clearTimeout(timer))
}
