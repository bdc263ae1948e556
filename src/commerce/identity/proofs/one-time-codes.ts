/** One-time codes: six digits that a person types from a mail or an SMS (section 2 of nexus, MP-041…MP-043). */
import { createHmac, randomInt } from 'node:crypto'
import type { Tx } from '#platform/database'
import type { Config } from '../../../config.ts'
import { keyFor } from './keys.ts'
import { type CodePurpose, tryCode, upsertCode } from './one-time-codes.queries.ts'

const LIFETIME_MS = 10 * 60_000
/** So many wrong ones burn a code: of a million, who guesses has seen five. */
const WRONG_TRIES_MAX = 5

export const CODE_LIFETIME_S = LIFETIME_MS / 1000

/** Makes the code of an account for a purpose; it replaces an older one. To be sent in the same transaction. */
export async function issueCode(
  tx: Tx,
  accountId: number,
  purpose: CodePurpose,
  now: Date,
  config: Config,
): Promise<{ code: string; expiresAt: Date }> {
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  const expiresAt = new Date(now.getTime() + LIFETIME_MS)
  await upsertCode(tx, { accountId, purpose, codeHash: hashCode(code, accountId, purpose, config), expiresAt }, now)
  return { code, expiresAt }
}

/** Whether this is the open code of an account for this purpose. It works once; a wrong one counts, if the transaction is committed. */
export function takeCode(
  tx: Tx,
  accountId: number,
  purpose: CodePurpose,
  code: string,
  now: Date,
  config: Config,
): Promise<boolean> {
  const codeHash = hashCode(code.trim(), accountId, purpose, config)
  return tryCode(tx, { accountId, purpose, codeHash, triesMax: WRONG_TRIES_MAX }, now)
}

/** With a key: a million codes are hashed in a second, by whoever has read the table. */
const hashCode = (code: string, accountId: number, purpose: CodePurpose, config: Config): string =>
  createHmac('sha256', keyFor('one-time codes', config)).update(`${purpose}:${accountId}:${code}`).digest('hex')
