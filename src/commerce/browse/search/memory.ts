/**
 * What a search found out is kept until something changes that searches read, whoever changed it: each search asks for that
 * first. So a kept answer is as good as a new one, and a shop where nobody writes answers from memory. Where only prices, stock or
 * ratings change, what words mean is still known.
 */
import { LRUCache } from 'lru-cache'
import type { Db } from '#platform/database'
import { findNews } from './memory.queries.ts'

const ENTRIES_MAX = 5000
/** What is read of people, the names of sellers, changes without notice: it may be so old. */
const KEPT_MS = 5 * 60_000

/** What still holds: what words mean, and what was found by them. */
export type Memories = { meanings: Memory; findings: Memory }
const states = new WeakMap<Db, Memories & { asOf: string }>()

/** What is kept and still holds. One statement. */
export async function recall(db: Db): Promise<Memories> {
  const before = states.get(db)
  const { isNews, isOfMeaning, asOf } = await findNews(db, before?.asOf ?? null)
  if (!isNews && before) return before
  const meanings = before && !isOfMeaning ? before.meanings : new Memory()
  const state = { meanings, findings: new Memory(), asOf }
  states.set(db, state)
  return state
}

/** Of one moment: what is worked out under it is kept for those who find that moment unchanged, and nobody else. */
export class Memory {
  readonly #entries = new LRUCache<string, Promise<unknown>>({ max: ENTRIES_MAX, ttl: KEPT_MS })

  /** What is kept under the key, or else what `find` finds: once, however many ask at the same time. */
  keep<Value>(key: string, find: () => Promise<Value>): Promise<Value> {
    const known = this.#entries.get(key) as Promise<Value> | undefined
    if (known) return known
    const found = find()
    this.#entries.set(key, found)
    found.catch(() => this.#entries.delete(key))
    return found
  }

  has(key: string): boolean {
    return this.#entries.has(key)
  }
}
