/** What is told in a sentence: inside the shop, and by SMS, as the account has chosen (V1-372, V1-373). */
import { findAccount } from '#commerce/identity'
import { type Db, inTransaction } from '#platform/database'
import { queueText } from '#platform/sms'
import type { App } from '../app.ts'
import { type Category, channelsOf } from './preferences.ts'
import { insertNotice, type Notice } from './queries.ts'

/** Once per key, by each channel. An SMS is for who asked for it and has a phone. */
export async function tellBriefly(app: App, category: Category, notice: Notice): Promise<void> {
  const { inApp, sms } = await channelsOf(app.db, notice.accountId, category)
  const to = sms ? await phoneOf(app.db, notice.accountId) : null
  if (!inApp && !to) return
  await inTransaction(app.db, async (tx) => {
    if (inApp) await insertNotice(tx, notice, app.now())
    if (to) await queueText(app.jobs, tx, { key: notice.key, to, body: notice.body })
  })
}

const phoneOf = async (db: Db, accountId: number): Promise<string | null> =>
  (await findAccount(db, accountId))?.phone ?? null
