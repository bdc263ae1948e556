/** All SQL of notifications. */
import { sql } from 'kysely'
import type { Tx } from '#platform/database'

export type Notice = {
  /** Names the cause. A second notice with the same key is not written. */
  key: string
  accountId: number
  type: string
  title: string
  body: string
  data: Record<string, unknown>
}

export async function insertNotice(tx: Tx, notice: Notice, now: Date): Promise<void> {
  await sql`
    insert into notifications.notices (key, account_id, type, title, body, data, created_at)
    values (${notice.key}, ${notice.accountId}, ${notice.type}, ${notice.title}, ${notice.body},
      ${JSON.stringify(notice.data)}::jsonb, ${now})
    on conflict (key) do nothing`.execute(tx)
}
