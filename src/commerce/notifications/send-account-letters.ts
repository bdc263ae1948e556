/** What the owner of an account is mailed to prove that it is his. May run twice: the event id is the key of the letter. */
import {
  type Account,
  type accountRegistered,
  findAccount,
  issueCode,
  issueLinkToken,
  issueOneTimeToken,
  type passwordResetRequested,
  type Surface,
  tokenExpiry,
  type verificationRequested,
} from '#commerce/identity'
import { sellerOf } from '#commerce/orders'
import { inTransaction, type Tx } from '#platform/database'
import type { EventOf } from '#platform/events'
import { claimLetterKey, queueLetter } from '#platform/mail'
import { queueText } from '#platform/sms'
import type { App } from '../app.ts'
import {
  resetCodeLetter,
  resetLinkLetter,
  verificationCodeLetter,
  verificationLinkLetter,
} from './letters/account-letters.ts'
import { composeLetter, shopOf } from './letters/compose-letter.ts'
import type { LetterContent } from './letters/letter-content.ts'
import { wordsFor } from './preferences.ts'
import type { Words } from './texts/words.ts'

/** What holds a proof, still to be worded. */
type Written = { content: (words: Words) => LetterContent; expiresAt: Date }
type Write = (app: App, tx: Tx, account: Account, ip: string | null) => Promise<Written>

/**
 * Sends what proves an e-mail address, in the way of the surface (V1-045, NX-011, SF-063). May run twice: the second time
 * makes neither a letter nor a token, so that there is no token which nobody was sent.
 */
export async function sendVerificationMail(
  app: App,
  { id, payload }: EventOf<typeof accountRegistered> | EventOf<typeof verificationRequested>,
): Promise<void> {
  const account = await findAccount(app.db, payload.accountId ?? 0)
  if (!account?.email || account.emailVerifiedAt || account.disabledAt) return
  const about = verificationOf(account.id)
  await inTransaction(app.db, (tx) =>
    write(app, tx, account, { key: `verification-${id}`, about, ip: null }, verifications[payload.surface]),
  )
}

/** What letters that prove the e-mail of an account are about, for who asks whether one left (SF-074). */
export const verificationOf = (accountId: number): string => `account:${accountId}:verification`

/** Sends what lets choose a new password (V1-133, NX-060, SF-115); on the marketplace by SMS, and by mail to a proven address (MP-041). */
export async function sendPasswordReset(
  app: App,
  { id, payload: { accountId, surface, ip } }: EventOf<typeof passwordResetRequested>,
): Promise<void> {
  const account = await findAccount(app.db, accountId ?? 0)
  if (!account || account.disabledAt) return
  const key = `password-reset-${id}`
  const about = `account:${account.id}:password`
  if (surface === 'marketplace') return sendResetCode(app, account, key, about)
  if (!account.email) return
  await inTransaction(app.db, (tx) => write(app, tx, account, { key, about, ip }, resets[surface]))
}

/** One code, by both ways: which of them arrives is not known. */
async function sendResetCode(app: App, account: Account, key: string, about: string): Promise<void> {
  await inTransaction(app.db, async (tx) => {
    if (!account.phone || !(await claimLetterKey(tx, key))) return
    const { code, expiresAt } = await issueCode(tx, account.id, 'reset_by_phone', app.now(), app.config)
    const words = await wordsFor(tx, account.id, app.config)
    const body = words.account.resetText(code, sellerOf(app.config).name)
    await queueText(app.jobs, tx, { key, to: account.phone, body, expiresAt })
    if (!account.email || !account.emailVerifiedAt) return
    const letter = composeLetter(words, resetCodeLetter(words, code), shopOf(app.config))
    await queueLetter(app.jobs, tx, { key, to: account.email, about, expiresAt, ...letter })
  })
}

type Heading = { key: string; about: string; ip: string | null }

async function write(app: App, tx: Tx, account: Account, { key, about, ip }: Heading, compose: Write): Promise<void> {
  if (!(await claimLetterKey(tx, key))) return
  const { content, expiresAt } = await compose(app, tx, account, ip)
  const words = await wordsFor(tx, account.id, app.config)
  const letter = composeLetter(words, content(words), shopOf(app.config))
  await queueLetter(app.jobs, tx, { key, to: account.email!, about, expiresAt, ...letter })
}

const verificationLink: Write = async (app, tx, { id }) => {
  const token = await issueOneTimeToken(tx, id, 'verify_email', app.now())
  const link = `${app.config.FRONTEND_URL}/verify-email/${token}`
  const content = (words: Words) => verificationLinkLetter(words, link)
  return { content, expiresAt: tokenExpiry('verify_email', app.now()) }
}
const verificationCode: Write = async (app, tx, { id }) => {
  const { code, expiresAt } = await issueCode(tx, id, 'verify_email', app.now(), app.config)
  return { content: (words) => verificationCodeLetter(words, code), expiresAt }
}
export const verificationLinkOfStorefront: Write = async (app, tx, account) => {
  const { uid, token, expiresAt } = await issueLinkToken(tx, account, 'verify_email', app.now(), app.config)
  const { FRONTEND_URL, FRONTEND_VERIFY_PATH } = app.config
  const link = `${FRONTEND_URL}${FRONTEND_VERIFY_PATH}?uid=${uid}&token=${token}`
  return { content: (words) => verificationLinkLetter(words, link), expiresAt }
}
const verifications: Record<Surface, Write> = {
  v1: verificationLink,
  marketplace: verificationLink,
  admin: verificationLink,
  nexus: verificationCode,
  storefront: verificationLinkOfStorefront,
}

const resetLink: Write = async (app, tx, { id }, ip) => {
  const token = await issueOneTimeToken(tx, id, 'reset_password', app.now(), ip)
  const link = `${app.config.FRONTEND_URL}/reset-password/${token}`
  const content = (words: Words) => resetLinkLetter(words, link, 'hour')
  return { content, expiresAt: tokenExpiry('reset_password', app.now()) }
}
const resetCode: Write = async (app, tx, { id }) => {
  const { code, expiresAt } = await issueCode(tx, id, 'reset_by_email', app.now(), app.config)
  return { content: (words) => resetCodeLetter(words, code), expiresAt }
}
const resetLinkOfStorefront: Write = async (app, tx, account, ip) => {
  const { uid, token, expiresAt } = await issueLinkToken(tx, account, 'reset_password', app.now(), app.config, ip)
  const { FRONTEND_URL, FRONTEND_RESET_PATH } = app.config
  const link = `${FRONTEND_URL}${FRONTEND_RESET_PATH}?uid=${uid}&token=${token}`
  return { content: (words) => resetLinkLetter(words, link, 'day'), expiresAt }
}
const resets: Record<Exclude<Surface, 'marketplace'>, Write> = {
  v1: resetLink,
  admin: resetLink,
  nexus: resetCode,
  storefront: resetLinkOfStorefront,
}
