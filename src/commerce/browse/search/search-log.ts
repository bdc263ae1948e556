/** What is searched for (MP-087). Noting costs a request nothing: searches are kept in memory and written in batches. */
import { type Db, outsideOfAnyScope } from '#platform/database'
import { type Log, loggerOf } from '#platform/log'
import { insertSearches, type Search } from './search-log.queries.ts'

const FLUSH_MS = 500
/** Between two batches; of further ones searches are lost rather than memory. */
const SEARCHES_MAX = 10_000

export type SearchLog = {
  note(search: Search): void
  /** Writes what was noted so far. What could not be written is kept for the next time. */
  flush(): Promise<void>
  /** Writes the rest, and notes no more. */
  close(): Promise<void>
}

/** Starts noting. Close it before the database. */
export function openSearchLog(app: { db: Db; log: Log }): SearchLog {
  let noted: Search[] = []
  let writing: Promise<void> = Promise.resolve()

  const write = async () => {
    if (noted.length === 0) return
    const batch = noted
    noted = []
    try {
      await outsideOfAnyScope(() => insertSearches(app.db, batch))
    } catch (error) {
      loggerOf(app.log, 'catalogue').warn({ err: error, searches: batch.length }, 'searches could not be written')
      noted = [...batch, ...noted].slice(0, SEARCHES_MAX)
    }
  }
  const flush = () => {
    writing = writing.then(write)
    return writing
  }
  const timer = setInterval(() => void flush(), FLUSH_MS)
  timer.unref()
  return {
    note: (search) => {
      if (noted.length < SEARCHES_MAX) noted.push(search)
    },
    flush,
    close: () => {
      clearInterval(timer)
      return flush()
    },
  }
}
