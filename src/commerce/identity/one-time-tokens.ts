/** One-time tokens: a UUID in a mail, its hash in the database (V1-045, V1-161, V1-162). */
import { createHash, randomUUID } from 'node:crypto'
import type { Tx } from '#platform/database'
import { insertToken, type Purpose, voidTokens } from './one-time-tokens.queries.ts'

const HOUR_MS = 3_600_000
const lifetimesMs: Record<Purpose, number> = { verify_email: 24 * HOUR_MS, reset_password: HOUR_MS }

/**
 * Makes a token and returns it: it is nowhere else to be read again. Earlier ones of the same purpose are void, so that of
 * several letters the newest counts: call it once for a letter, in the transaction that writes it.
 */
export async function issueOneTimeToken(
  tx: Tx,
  accountId: number,
  purpose: Purpose,
  now: Date,
  requestedFromIp: string | null = null,
): Promise<string> {
  const token = randomUUID()
  await voidTokens(tx, accountId, purpose, now)
  const expiresAt = new Date(now.getTime() + lifetimesMs[purpose])
  await insertToken(tx, { accountId, purpose, tokenHash: hashToken(token), expiresAt, requestedFromIp }, now)
  return token
}

/** Random as it is, a token needs no salt; case does not matter in a UUID. */
export const hashToken = (token: string): string => createHash('sha256').update(token.toLowerCase()).digest('hex')
