import { forgetVisitor } from '#commerce/analytics'
import { forgetInAudit } from '#commerce/audit'
import { forgetSearches } from '#commerce/browse'
import { deleteCart } from '#commerce/cart'
import { deleteCustomer } from '#commerce/customers'
import { closeAccountStep } from '#commerce/identity'
import { deleteNotices } from '#commerce/notifications'
import { markForgetsBuyer } from '#commerce/orders'
import { forgetTaste } from '#commerce/recommendations'
import { forgetReviewer } from '#commerce/reviews'
import { deleteWatches } from '#commerce/watches'
import type { Tx } from '#platform/database'
import { forgetLetters } from '#platform/mail'
import { forgetTexts } from '#platform/sms'

/**
 * Takes everything personal out of the shop but what orders hold: those are marked, and forget their buyer when they have
 * ended. Done again, it takes what came in since. Refuses as `closeAccountStep` does. Returns the sessions that ended.
 */
export async function forgetPerson(tx: Tx, accountId: number, now: Date): Promise<string[]> {
  // First: who is placing an order holds the cart, and wants the account afterwards.
  await deleteCart(tx, accountId)
  // As is who tells somebody that what he waited for is there.
  await deleteWatches(tx, accountId)
  const { email, phone, endedSessions } = await closeAccountStep(tx, accountId, now)
  await deleteCustomer(tx, accountId)
  await deleteNotices(tx, accountId)
  await forgetVisitor(tx, accountId)
  await forgetTaste(tx, accountId)
  await forgetReviewer(tx, accountId)
  await forgetSearches(tx, accountId)
  await markForgetsBuyer(tx, accountId)
  if (email) await forgetLetters(tx, email)
  if (phone) await forgetTexts(tx, phone)
  // Last: to take all this out of its tables was noted, too.
  await forgetInAudit(tx, accountId)
  return endedSessions
}
