import type { Tx } from '#platform/database'
import type { Config } from '../../../config.ts'
import type { Credentials } from '../sign-in/credentials.queries.ts'
import { isClassicToken } from './classic-tokens.ts'
import { hashLinkToken, isLinkTokenOf, type LinkPurpose } from './mail-links.ts'
import { takeToken } from './one-time-tokens.queries.ts'

type Shown = { purpose: LinkPurpose; token: string; ip: string; now: Date; config: Config }

/**
 * Uses up the token of a link, encrypted or classic (SF-089, SF-134), and says whether it was good. The caller has locked the
 * account: two tokens of it, brought at once, are taken one after the other, and a classic one is held against the account as
 * the first has left it.
 */
export async function takeLinkToken(
  tx: Tx,
  account: Credentials,
  { purpose, token, ip, now, config }: Shown,
): Promise<boolean> {
  if (isClassicToken(token, account, purpose, now, config)) return true
  if (!(await isLinkTokenOf(account, purpose, token, now, config))) return false
  return (await takeToken(tx, purpose, hashLinkToken(token), ip, now)) === account.id
}
