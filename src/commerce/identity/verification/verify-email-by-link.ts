import { inTransaction } from '#platform/database'
import { Refusal } from '#platform/refusal.ts'
import type { App } from '../../app.ts'
import type { Account, Visit } from '../accounts/account.ts'
import type { Attempt } from '../attempts/attempts.queries.ts'
import { noteAttempt } from '../attempts/limited-attempts.ts'
import { readUid } from '../proofs/mail-links.ts'
import { takeLinkToken } from '../proofs/take-link-token.ts'
import { lockCredentials } from '../sign-in/credentials.queries.ts'
import { proveEmail } from './prove-email.ts'

/** What the link of a mail says; whoever has cut it short may have left out either. */
export type ShownLink = { uid?: string | null | undefined; token?: string | null | undefined }

/**
 * Proves an e-mail by the link of its letter (SF-080…SF-089). It works once, whoever asks at the same moment; nobody is signed
 * in by it. Refuses `verification_link_not_valid`, whatever is wrong with it.
 */
export async function verifyEmailByLink(app: App, { uid, token }: ShownLink, visit: Visit): Promise<Account> {
  const accountId = readUid(uid ?? '')
  const account = accountId !== undefined && token ? await prove(app, accountId, token, visit) : undefined
  if (account) return account
  const attempt: Attempt = { type: 'email_verification', ...visit, accountId }
  await noteAttempt(app, { ...attempt, failure: 'token_invalid' })
  throw new Refusal('invalid', 'verification_link_not_valid', 'The verification link is not valid')
}

function prove(app: App, accountId: number, token: string, visit: Visit): Promise<Account | undefined> {
  return inTransaction(app.db, async (tx) => {
    const now = app.now()
    const known = await lockCredentials(tx, accountId)
    const shown = { purpose: 'verify_email', token, ip: visit.device.ip, now, config: app.config } as const
    return known && (await takeLinkToken(tx, known, shown)) ? proveEmail(tx, accountId, visit, now) : undefined
  })
}
