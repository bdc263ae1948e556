import {
  type Account,
  findResendBearer,
  isEmail,
  limitResends,
  makeResendToken,
  noteResend,
  reserveResend,
  type Visit,
} from '#commerce/identity'
import { inTransaction } from '#platform/database'
import { type Letter, sendLetterNow, wasLetterSent } from '#platform/mail'
import { Refusal } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import { composeLetter, shopOf } from './letters/compose-letter.ts'
import { wordsFor } from './preferences.ts'
import { verificationLinkOfStorefront, verificationOf } from './send-account-letters.ts'

export type Resent = { email: string; remaining: number }

/**
 * Sends another verification mail to who shows one of his tokens, and waits until the mail server has it (SF-090…SF-105).
 * Refuses in this order (SF-104): `too_many_resends`; as `findResendBearer` does; `resend_account_disabled`;
 * `email_verified_already`; `email_missing`; `resends_used_up`; `verification_not_sent`, after which the mail counts all the
 * same.
 */
export async function resendVerification(app: App, token: string | undefined, visit: Visit): Promise<Resent> {
  await limitResends(app, visit)
  const account = await findResendBearer(app, token)
  const email = addressOf(account)
  const { attemptId, remaining, letter } = await reserveLetter(app, account, email, visit)
  try {
    await sendLetterNow(app, letter, { now: app.now() })
  } catch (error) {
    app.log.warn({ err: error, account: account.id }, 'the mail server refused a verification mail')
    await noteResend(app.db, attemptId, false)
    const details = { email, remaining }
    throw new Refusal('unavailable', 'verification_not_sent', 'The verification mail was not sent', details)
  }
  await noteResend(app.db, attemptId, true)
  return { email, remaining }
}

/** Where the mail goes: never anywhere else than to the account's own address. */
function addressOf({ email, disabledAt, emailVerifiedAt }: Account): string {
  if (disabledAt) throw new Refusal('forbidden', 'resend_account_disabled', 'The account was switched off')
  if (emailVerifiedAt) throw new Refusal('invalid', 'email_verified_already', 'The e-mail is verified', { email })
  if (!email || !isEmail(email)) throw new Refusal('invalid', 'email_missing', 'The account has no e-mail')
  return email
}

function reserveLetter(app: App, account: Account, email: string, { device: { ip } }: Visit) {
  return inTransaction(app.db, async (tx) => {
    const reserved = await reserveResend(tx, { accountId: account.id, email, ip }, app.now(), app.config)
    const { content, expiresAt } = await verificationLinkOfStorefront(app, tx, account, ip)
    const words = await wordsFor(tx, account.id, app.config)
    const letter: Letter = {
      key: `verification-resent-${reserved.attemptId}`,
      to: email,
      about: verificationOf(account.id),
      expiresAt,
      ...composeLetter(words, content(words), shopOf(app.config)),
    }
    return { ...reserved, letter }
  })
}

/** A token to ask for another mail by, for who was sent one already (SF-074); undefined where none has left yet. */
export async function offerResend(app: App, accountId: number): Promise<string | undefined> {
  const wasSent = await wasLetterSent(app.db, verificationOf(accountId))
  return wasSent ? makeResendToken(app, accountId) : undefined
}
