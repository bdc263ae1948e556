/** What somebody does with what he was told (V1-371). Of others' notices nothing is known: `notice_not_found`. */
import { inTransaction } from '#platform/database'
import { missing } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import { deleteNotice, type NoticeView, updateAllNoticesRead, updateNoticeRead } from './queries.ts'

/** Again it makes no difference. Refuses `notice_not_found`. */
export async function markNoticeRead(app: App, accountId: number, id: number): Promise<NoticeView> {
  const notice = await inTransaction(app.db, (tx) => updateNoticeRead(tx, accountId, id))
  if (!notice) throw missing('notice')
  return notice
}

/** Returns how many were not read before. */
export function markAllNoticesRead(app: App, accountId: number): Promise<number> {
  return inTransaction(app.db, (tx) => updateAllNoticesRead(tx, accountId))
}

/** Refuses `notice_not_found`. */
export async function removeNotice(app: App, accountId: number, id: number): Promise<void> {
  await inTransaction(app.db, async (tx) => {
    if (!(await deleteNotice(tx, accountId, id))) throw missing('notice')
  })
}
