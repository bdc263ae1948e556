/** What a test of a module's face looks at when it expects a no. */
import assert from 'node:assert/strict'
import { Refusal } from '#platform/refusal.ts'

export async function refusalOf(deed: Promise<unknown>): Promise<Refusal> {
  const outcome = await deed.catch((error) => error)
  assert.ok(outcome instanceof Refusal, `not refused, but ${outcome}`)
  return outcome
}

/** Its code. */
export const why = async (deed: Promise<unknown>) => (await refusalOf(deed)).code
/** The fields at fault. */
export const faultsOf = async (deed: Promise<unknown>) => (await refusalOf(deed)).details.fields

/** What came of so many at once: how often each refusal, by its code or that of its fields, and how often none. */
export async function tally(deeds: Promise<unknown>[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const settled of await Promise.allSettled(deeds)) {
    const outcome = settled.status === 'fulfilled' ? 'done' : reasonOf(settled.reason)
    counts[outcome] = (counts[outcome] ?? 0) + 1
  }
  return counts
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Refusal)) throw error
  return error.details.fields ? Object.values(error.details.fields).join() : error.code
}
