import { type accountRegistered, findAccount, issueOneTimeToken, type verificationRequested } from '#commerce/identity'
import { inTransaction } from '#platform/database'
import type { EventOf } from '#platform/events'
import { claimLetterKey, queueLetter } from '#platform/mail'
import type { App } from '../app.ts'
import { composeLetter, shopOf } from './letters/compose-letter.ts'
import { verificationLetter } from './letters/verification-letter.ts'

/**
 * Sends the link that proves an e-mail address (V1-045). May run twice: the second time makes neither a letter nor a
 * token, so that there is no token which nobody was sent.
 */
export async function sendVerificationMail(
  app: App,
  event: EventOf<typeof accountRegistered> | EventOf<typeof verificationRequested>,
): Promise<void> {
  const account = await findAccount(app.db, event.payload.accountId)
  if (!account?.email || account.emailVerifiedAt) return
  const { id, email } = account
  const key = `verification-${event.id}`
  await inTransaction(app.db, async (tx) => {
    if (!(await claimLetterKey(tx, key))) return
    const token = await issueOneTimeToken(tx, id, 'verify_email', app.now())
    const link = `${app.config.FRONTEND_URL}/verify-email/${token}`
    const letter = composeLetter(verificationLetter(link), shopOf(app.config))
    await queueLetter(app.jobs, tx, { key, to: email, ...letter })
  })
}
