import { confirmPassword, hasPassword, logSessions, type Visit } from '#commerce/identity'
import { forgetBuyersOfEndedOrders } from '#commerce/orders'
import { inTransaction } from '#platform/database'
import { forgetLetters } from '#platform/mail'
import { invalidFields } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import { forgetPerson } from './forget-person.ts'

type Holder = Visit & { accountId: number }

/**
 * Closes an account for who is signed in and knows its password; one that has none closes without (V1-151, MP-049). What is
 * personal goes, all or nothing; its names are free for somebody else; orders and reviews stay without a person. Refuses
 * `password`: `required`, `password_incorrect`; `too_many_wrong_passwords`; and `last_superuser`.
 */
export async function closeAccount(app: App, holder: Holder, password: string | undefined): Promise<void> {
  const { accountId } = holder
  await confirmOwner(app, holder, password)
  const now = app.now()
  const endedSessions = await inTransaction(app.db, async (tx) => {
    const ended = await forgetPerson(tx, accountId, now)
    const emails = await forgetBuyersOfEndedOrders(tx, { accountId, endedBy: now })
    for (const email of emails) await forgetLetters(tx, email)
    return ended
  })
  logSessions(app, 'account_closed', accountId, endedSessions)
  app.log.info({ account: accountId }, 'account closed by its owner')
}

async function confirmOwner(app: App, holder: Holder, password: string | undefined): Promise<void> {
  if (!(await hasPassword(app.db, holder.accountId))) return
  if (password === undefined) throw invalidFields({ password: 'required' })
  await confirmPassword(app, { ...holder, field: 'password' }, password)
}
