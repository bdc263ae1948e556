/** The links of the storefront's mails: who is meant, and a token that only we can make (SF-082…SF-087, SF-119). */
import type { Tx } from '#platform/database'
import type { Config } from '../../../config.ts'
import type { Account } from '../accounts/account.ts'
import { insertToken } from './one-time-tokens.queries.ts'
import { hashToken } from './one-time-tokens.ts'
import { seal, unseal } from './sealed-tokens.ts'

export type LinkPurpose = 'verify_email' | 'reset_password'
export type LinkToken = { uid: string; token: string; expiresAt: Date }

const LIFETIME_MS = 24 * 3_600_000

/** Whom a link is for: it is worth nothing once the account has another address than the one that it was mailed to. */
type Addressee = Pick<Account, 'id' | 'email'>

/** What the link of a mail holds. Older ones stay good until one is used (SF-132). */
export async function issueLinkToken(
  tx: Tx,
  { id: accountId, email }: Addressee,
  purpose: LinkPurpose,
  now: Date,
  config: Config,
  requestedFromIp: string | null = null,
): Promise<LinkToken> {
  const expiresAt = new Date(now.getTime() + LIFETIME_MS)
  const token = await seal(purpose, String(accountId), { now, expiresAt, config, extra: { to: markOf(email) } })
  await insertToken(tx, { accountId, purpose, tokenHash: hashLinkToken(token), expiresAt, requestedFromIp }, now)
  return { uid: toUid(accountId), token, expiresAt }
}

/** Whether a token was made by us for this account and this purpose, and its time has not run out. Whether it was used, the database knows. */
export async function isLinkTokenOf(
  { id, email }: Addressee,
  purpose: LinkPurpose,
  token: string,
  now: Date,
  config: Config,
): Promise<boolean> {
  const told = await unseal(purpose, token, { now, config })
  return told?.subject === String(id) && told.extra.to === markOf(email)
}

/** An address may be long, and a link may not: it holds what is enough to tell one from another. */
const markOf = (email: string | null): string => hashToken(email ?? '').slice(0, 16)

/** Case matters in these, so they are hashed as they are. */
export const hashLinkToken = (token: string): string => hashToken(Buffer.from(token).toString('hex'))

/** `u4` in URL-safe base64, for the account 4: dTQ. */
export const toUid = (accountId: number): string => Buffer.from(`u${accountId}`).toString('base64url')

/** The id that a uid names; those of the bare number are read too (SF-083). Undefined for what names none. */
export function readUid(uid: string): number | undefined {
  const digits = /^u?([1-9]\d{0,14})$/.exec(Buffer.from(uid, 'base64url').toString('utf8'))?.[1]
  return digits === undefined ? undefined : Number(digits)
}
