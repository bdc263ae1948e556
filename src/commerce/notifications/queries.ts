/** All SQL of notifications. */
import { sql } from 'kysely'
import { noteChange } from '#platform/changes'
import type { Db, Tx } from '#platform/database'
import type { NotificationsNotices } from './tables.ts'

/** What is to be told. `key` names the cause: a second notice with the same key is not written. */
export type Notice = Pick<NotificationsNotices, 'key' | 'accountId' | 'type' | 'title' | 'body'> & {
  data: Record<string, unknown>
}

/** With the id of the account: what those who look on are told by, on every node. */
export const TAG = 'notices:'

export const insertNotice = (tx: Tx, notice: Notice, now: Date): Promise<void> => insertNotices(tx, [notice], now)

/** All in one statement. */
export async function insertNotices(tx: Tx, notices: Notice[], now: Date): Promise<void> {
  if (notices.length === 0) return
  noteChange(tx, ...new Set(notices.map(({ accountId }) => `${TAG}${accountId}`)))
  await sql`
    insert into notifications.notices (key, account_id, type, title, body, data, created_at)
    select key, account_id, type, title, body, data, ${now}::timestamptz
    from unnest(${notices.map(({ key }) => key)}::text[], ${notices.map(({ accountId }) => accountId)}::bigint[],
      ${notices.map(({ type }) => type)}::text[], ${notices.map(({ title }) => title)}::text[],
      ${notices.map(({ body }) => body)}::text[], ${notices.map(({ data }) => JSON.stringify(data))}::jsonb[])
      as notice (key, account_id, type, title, body, data)
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

/** With what the account said about being told. */
export async function deleteNotices(tx: Tx, accountId: number): Promise<void> {
  await sql`delete from notifications.notices where account_id = ${accountId}`.execute(tx)
  await sql`delete from notifications.tickets where account_id = ${accountId}`.execute(tx)
  await sql`delete from notifications.preferences where account_id = ${accountId}`.execute(tx)
}

export type NoticeView = ToldNotice & Pick<NotificationsNotices, 'id'>
const columns = sql`id, type, title, body, data, is_read, created_at`

/** What an account was told, newest first (V1-370). */
export async function listNotices(
  db: Db,
  { accountId, isUnread }: { accountId: number; isUnread: boolean },
  { limit, offset }: { limit: number; offset: number },
): Promise<{ rows: NoticeView[]; count: number }> {
  const where = sql`account_id = ${accountId} and (${!isUnread} or not is_read)`
  const { rows } = await sql<NoticeView>`
    select ${columns} from notifications.notices where ${where}
    order by created_at desc, id desc limit ${limit} offset ${offset}`.execute(db)
  const counted = await sql<{ count: number }>`
    select count(*) as count from notifications.notices where ${where}`.execute(db)
  return { rows, count: counted.rows[0]!.count }
}

/** What an account was told after the notice with this id, oldest first: the last `limit` of it. */
export async function listNoticesAfter(db: Db, accountId: number, after: number, limit: number): Promise<NoticeView[]> {
  const { rows } = await sql<NoticeView>`
    select ${columns} from notifications.notices where account_id = ${accountId} and id > ${after}
    order by id desc limit ${limit}`.execute(db)
  return rows.reverse()
}

/** The ids of the last notices of an account, the highest first. */
export async function listLastNotices(db: Db, accountId: number, limit: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from notifications.notices where account_id = ${accountId} order by id desc limit ${limit}`.execute(db)
  return rows.map(({ id }) => id)
}

export async function countUnreadNotices(db: Db, accountId: number): Promise<number> {
  const { rows } = await sql<{ unread: number }>`
    select count(*) as unread from notifications.notices where account_id = ${accountId} and not is_read`.execute(db)
  return rows[0]!.unread
}

/** Of his own alone; nothing where there is no such notice. */
export async function updateNoticeRead(tx: Tx, accountId: number, id: number): Promise<NoticeView | undefined> {
  const { rows } = await sql<NoticeView>`
    update notifications.notices set is_read = true where id = ${id} and account_id = ${accountId} returning ${columns}`.execute(
    tx,
  )
  return rows[0]
}

/** Returns how many were not read before. */
export async function updateAllNoticesRead(tx: Tx, accountId: number): Promise<number> {
  const { numAffectedRows } = await sql`
    update notifications.notices set is_read = true where account_id = ${accountId} and not is_read`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

export async function deleteNotice(tx: Tx, accountId: number, id: number): Promise<boolean> {
  const { rows } = await sql`
    delete from notifications.notices where id = ${id} and account_id = ${accountId} returning id`.execute(tx)
  return rows.length > 0
}
