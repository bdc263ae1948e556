/** What is told in a sentence: inside the shop, and by SMS, as the account has chosen (V1-372, V1-373). */
import { findAccount } from '#commerce/identity'
import { type Db, inTransaction } from '#platform/database'
import { queueText } from '#platform/sms'
import type { App } from '../app.ts'
import { type Category, howToTell } from './preferences.ts'
import { insertNotice, type Notice } from './queries.ts'
import type { Words } from './texts/words.ts'

/** What it is about, before it is worded. */
export type Cause = Omit<Notice, 'title' | 'body'>

/** Once per key, by each channel. An SMS is for who asked for it and has a phone. */
export async function tellBriefly(
  app: App,
  category: Category,
  cause: Cause,
  say: (words: Words) => Pick<Notice, 'title' | 'body'>,
): Promise<void> {
  const { inApp, sms, words } = await howToTell(app, cause.accountId, category)
  const notice = { ...cause, ...say(words) }
  const to = sms ? await phoneOf(app.db, notice.accountId) : null
  if (!inApp && !to) return
  await inTransaction(app.db, async (tx) => {
    if (inApp) await insertNotice(tx, notice, app.now())
    if (to) await queueText(app.jobs, tx, { key: notice.key, to, body: notice.body })
  })
}

const phoneOf = async (db: Db, accountId: number): Promise<string | null> =>
  (await findAccount(db, accountId))?.phone ?? null
