import { assertNoTransaction } from '#platform/database'
import type { Conclusion } from '../gateway.ts'

/** In the house nobody knows more of an intent than webhooks tell (V1-331). */
export async function knowsNothing(): Promise<Conclusion> {
  assertNoTransaction()
  return { outcome: 'waiting' }
}
