/** What is searched for (MP-087). Noting costs a request nothing: searches are kept in memory and written in batches. */
import { type Batches, openBatches } from '#platform/batches.ts'
import type { Db } from '#platform/database'
import { type Log, loggerOf } from '#platform/log'
import { insertSearches, type Search } from './search-log.queries.ts'

const FLUSH_MS = 500

export type SearchLog = Batches<Search>

/** Starts noting. Close it before the database. */
export function openSearchLog({ db, log }: { db: Db; log: Log }): SearchLog {
  return openBatches({
    what: 'searches',
    log: loggerOf(log, 'catalogue'),
    everyMs: FLUSH_MS,
    write: (searches) => insertSearches(db, searches),
  })
}
