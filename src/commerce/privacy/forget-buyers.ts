import { listClosedAccounts } from '#commerce/identity'
import { forgetBuyersOfEndedOrders } from '#commerce/orders'
import { inTransaction } from '#platform/database'
import { forgetLetters } from '#platform/mail'
import type { App } from '../app.ts'
import { forgetPerson } from './forget-person.ts'

const HOUR_MS = 3_600_000
/** Until then whatever was under way when an account was closed has come to an end. */
const LATECOMERS_MS = 24 * HOUR_MS
/** How an order ended is still told by mail. */
const TOLD_MS = HOUR_MS

/**
 * Forgets the buyers of orders that were under way when the account was closed, and have ended since (V1-151); and what a
 * request or a job that was under way then has written down for a closed account. Run every hour.
 */
export async function forgetBuyers(app: App): Promise<void> {
  const now = app.now()
  for (const accountId of await listClosedAccounts(app.db, new Date(now.getTime() - LATECOMERS_MS))) {
    await inTransaction(app.db, (tx) => forgetPerson(tx, accountId, now))
  }
  await inTransaction(app.db, async (tx) => {
    const emails = await forgetBuyersOfEndedOrders(tx, { endedBy: new Date(now.getTime() - TOLD_MS) })
    for (const email of emails) await forgetLetters(tx, email)
  })
}
