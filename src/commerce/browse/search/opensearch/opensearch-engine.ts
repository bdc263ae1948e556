import type { Db } from '#platform/database'
import type { Log } from '#platform/log'
import { openBreaker, openSearchClient } from '#platform/opensearch'
import type { SearchEngine } from '../engine.ts'
import { postgresEngine } from '../postgres-engine.ts'
import { presentSuggestions } from '../suggest.ts'
import { openAfterwards } from './at-once.ts'
import { buildIndex, followAtOnce, followChanges } from './follow.ts'
import { ask, canAsk, prepare, present } from './search-engine.ts'
import { askForNames, nameSuggestions, plainOf } from './suggest-engine.ts'

export type OpenSearchOptions = {
  /** http(s)://user:password@host:9200/index-prefix */
  url: string
  /** How long a shopper waits for it before the database answers. */
  timeoutMs: number
  now: () => Date
  log: Log
}

/**
 * OpenSearch, or Elasticsearch 7 or 8, as the engine of the shop (V1-443). It finds ids; what is shown is read from the database. What
 * it cannot answer, and everything while it does not answer at all, the database searches itself.
 */
export function openOpenSearchEngine({ url, timeoutMs, now, log }: OpenSearchOptions): SearchEngine {
  const client = openSearchClient(url)
  const breaker = openBreaker({ now, log })
  let afterwards: ReturnType<typeof openAfterwards> | undefined
  const following = (db: Db, at: Date) => ({ db, client, log, now: at })
  return {
    search: async (db, request) => {
      if (!canAsk(request)) return postgresEngine.search(db, request)
      const prepared = await prepare(db, request)
      // Of signs alone the engine knows nothing.
      if (prepared.asked.plain === '' && request.text.trim() !== '') return postgresEngine.search(db, request)
      const found = await breaker.attempt(() => ask(client, timeoutMs, prepared))
      return found ? present(db, prepared, found) : postgresEngine.search(db, request)
    },
    suggest: async (db, request) => {
      const plain = await plainOf(db, request.text)
      if (plain === '') return { texts: [], products: [], categories: [] }
      const ids = await breaker.attempt(() => askForNames(client, timeoutMs, plain))
      // It knows no misspelt beginnings; the database does.
      if (!ids?.length) return postgresEngine.suggest(db, request)
      return presentSuggestions(await nameSuggestions(db, plain, ids), request.limit)
    },
    keepInStep: (db, at) => followChanges(following(db, at)),
    rebuild: (db, at) => buildIndex(following(db, at)),
    noteChange: (db) => {
      afterwards ??= openAfterwards(() => followAtOnce(following(db, now())), log)
      afterwards.tell()
    },
    close: () => {
      afterwards?.stop()
      client.close()
    },
  }
}
