/**
 * What a search found out is kept until something changes that searches read, whoever changed it: each search asks for that
 * first. So a kept answer is as good as a new one, and a shop where nobody writes answers from memory.
 */
import { LRUCache } from 'lru-cache'
import type { Db } from '#platform/database'
import { findNews } from './memory.queries.ts'

const ENTRIES_MAX = 5000
/** What is read of people, the names of sellers, changes without notice: it may be so old. */
const KEPT_MS = 5 * 60_000

type Entries = LRUCache<string, Promise<unknown>>
type State = { entries: Entries; asOf: string | null }
const states = new WeakMap<Db, State>()

/** What is kept and still holds. One statement. */
export async function recall(db: Db): Promise<Memory> {
  const state = states.get(db)
  const { isNews, asOf } = await findNews(db, state?.asOf ?? null)
  if (!isNews && state) return new Memory(state.entries)
  const entries: Entries = new LRUCache({ max: ENTRIES_MAX, ttl: KEPT_MS })
  states.set(db, { entries, asOf })
  return new Memory(entries)
}

/** Of one moment: what is worked out under it is kept for those who find that moment unchanged, and nobody else. */
export class Memory {
  readonly #entries: Entries

  constructor(entries: Entries) {
    this.#entries = entries
  }

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
