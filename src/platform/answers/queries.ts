import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'

/** `scope` says whose key it is and for what; `fingerprint` what was asked. */
export type Answer = { scope: string; key: string; fingerprint: string; status: number; body: string }

/** Keeps an answer. The primary key makes a second one fail, and its transaction with it: see isAnswerTaken. */
export async function insertAnswer(tx: Tx, answer: Answer, now: Date): Promise<void> {
  await sql`insert into platform.answers (scope, key, fingerprint, status, body, created_at)
    values (${answer.scope}, ${answer.key}, ${answer.fingerprint}, ${answer.status}, ${answer.body}, ${now})`.execute(
    tx,
  )
}

/** Whether an error says that the answer was there before. */
export function isAnswerTaken(error: unknown): boolean {
  return (error as { constraint?: unknown } | null)?.constraint === 'answers_pkey'
}

export async function findAnswer(db: Db, scope: string, key: string): Promise<Answer | undefined> {
  const { rows } = await sql<Answer>`
    select scope, key, fingerprint, status, body from platform.answers
    where scope = ${scope} and key = ${key}`.execute(db)
  return rows[0]
}

/** Forgets the answers from before a time. */
export async function purgeAnswers(tx: Tx, before: Date): Promise<void> {
  await sql`delete from platform.answers where created_at < ${before}`.execute(tx)
}
