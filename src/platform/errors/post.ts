import { assertNoTransaction } from '#platform/database'

const ANSWERS_WITHIN_MS = 5000

/** Sends a report, and throws where it was not taken. */
export async function post(url: string, headers: Record<string, string>, body: string): Promise<void> {
  assertNoTransaction()
  const signal = AbortSignal.timeout(ANSWERS_WITHIN_MS)
  const answer = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'error' })
  await answer.body?.cancel()
  if (!answer.ok) throw new Error(`answered ${answer.status}`)
}
