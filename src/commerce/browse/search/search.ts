import type { App } from '../../app.ts'
import type { ProductView } from '../product-view.ts'
import { findActiveProducts } from '../products.queries.ts'
import type { SearchAnswer, SearchRequest, Suggestions } from './engine.ts'
import { postgresEngine } from './postgres-engine.ts'

export type Found = Omit<SearchAnswer, 'hits'> & { rows: ProductView[] }
type Searching = Pick<App, 'db' | 'searchEngine'>

/** The ids of a page of what is found. */
export function searchWith({ db, searchEngine }: Searching, request: SearchRequest): Promise<SearchAnswer> {
  return searchEngine.search(db, request)
}

/** A page of what is found, as it is shown at this moment (V1-405). With text or without; without, the newest come first. */
export async function search(app: Searching, request: SearchRequest): Promise<Found> {
  const { hits, ...answer } = await searchWith(app, request)
  return {
    ...answer,
    rows: await findActiveProducts(
      app.db,
      hits.map(({ id }) => id),
    ),
  }
}

/** What may be meant by the beginning of a search (V1-406). */
export function suggestFor({ db, searchEngine }: Searching, text: string, limit: number): Promise<Suggestions> {
  return searchEngine.suggest(db, { text, limit })
}

/** Brings the engine in step with the shop (V1-443). */
export function keepSearchInStep({ db, now, searchEngine }: Searching & Pick<App, 'now'>): Promise<void> {
  return searchEngine.keepInStep(db, now())
}

/** Clears what the database keeps for searches and needs no more, whichever engine searches: it answers where another does not. */
export function sweepSearch({ db, now }: Pick<App, 'db' | 'now'>): Promise<void> {
  return postgresEngine.keepInStep(db, now())
}

/** Builds the index of the engine anew; how many products it was sent, or undefined where the database itself searches. */
export async function rebuildSearch({
  db,
  now,
  searchEngine,
}: Searching & Pick<App, 'now'>): Promise<number | undefined> {
  return searchEngine.rebuild?.(db, now())
}
