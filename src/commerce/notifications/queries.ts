/** All SQL of notifications. */
import { sql } from 'kysely'
import type { Tx } from '#platform/database'
import type { NotificationsNotices } from './tables.ts'

/** What is to be told. `key` names the cause: a second notice with the same key is not written. */
export type Notice = Pick<NotificationsNotices, 'key' | 'accountId' | 'type' | 'title' | 'body'> & {
  data: Record<string, unknown>
}

export async function insertNotice(tx: Tx, notice: Notice, now: Date): Promise<void> {
  await sql`
    insert into notifications.notices (key, account_id, type, title, body, data, created_at)
    values (${notice.key}, ${notice.accountId}, ${notice.type}, ${notice.title}, ${notice.body},
      ${JSON.stringify(notice.data)}::jsonb, ${now})
    on conflict (key) do nothing`.execute(tx)
}
