import type { App } from '../../app.ts'
import type { ProductView } from '../product-view.ts'
import { findActiveProducts } from '../products.queries.ts'
import type { SearchAnswer, SearchEngine, SearchRequest, Suggestions } from './engine.ts'
import { postgresEngine } from './postgres-engine.ts'

/** Which engine searches. */
const engine: SearchEngine = postgresEngine

export type Found = Omit<SearchAnswer, 'hits'> & { rows: ProductView[] }

/** The ids of a page of what is found. */
export function searchWith({ db }: Pick<App, 'db'>, request: SearchRequest): Promise<SearchAnswer> {
  return engine.search(db, request)
}

/** A page of what is found, as it is shown at this moment (V1-405). With text or without; without, the newest come first. */
export async function search(app: Pick<App, 'db'>, request: SearchRequest): Promise<Found> {
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
export function suggestFor({ db }: Pick<App, 'db'>, text: string, limit: number): Promise<Suggestions> {
  return engine.suggest(db, { text, limit })
}

/** Brings the engine in step with the shop. */
export function keepSearchInStep({ db, now }: Pick<App, 'db' | 'now'>): Promise<void> {
  return engine.keepInStep(db, now())
}
