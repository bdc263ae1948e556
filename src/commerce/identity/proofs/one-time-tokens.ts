/** One-time tokens: sent in a mail or handed out in an answer, their hash in the database (V1-045, V1-161, V1-162). */
import { createHash, randomUUID } from 'node:crypto'
import type { Tx } from '#platform/database'
import { insertToken, type Purpose, voidTokens } from './one-time-tokens.queries.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const lifetimesMs: Record<Purpose, number> = {
  verify_email: 24 * HOUR_MS,
  reset_password: HOUR_MS,
  reset_grant: 10 * MINUTE_MS,
  second_factor: 10 * MINUTE_MS,
}

/** When a token that is made now would expire. */
export const tokenExpiry = (purpose: Purpose, now: Date): Date => new Date(now.getTime() + lifetimesMs[purpose])

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
  await voidTokens(tx, accountId, [purpose], now)
  const expiresAt = tokenExpiry(purpose, now)
  await insertToken(tx, { accountId, purpose, tokenHash: hashToken(token), expiresAt, requestedFromIp }, now)
  return token
}

/** Random as it is, a token needs no salt; case does not matter in a UUID. */
export const hashToken = (token: string): string => createHash('sha256').update(token.toLowerCase()).digest('hex')
