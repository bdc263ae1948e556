/** All SQL of notifications. */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'
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

export type ToldNotice = Pick<NotificationsNotices, 'type' | 'title' | 'body' | 'data' | 'isRead' | 'createdAt'>

/** All that an account was told, oldest first. */
export async function listNoticesOf(db: Db, accountId: number): Promise<ToldNotice[]> {
  const { rows } = await sql<ToldNotice>`
    select type, title, body, data, is_read, created_at from notifications.notices
    where account_id = ${accountId} order by created_at, id`.execute(db)
  return rows
}

export async function deleteNotices(tx: Tx, accountId: number): Promise<void> {
  await sql`delete from notifications.notices where account_id = ${accountId}`.execute(tx)
}
