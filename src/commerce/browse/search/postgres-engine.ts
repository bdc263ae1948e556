import { inTransaction } from '#platform/database'
import type { SearchEngine } from './engine.ts'
import { deleteChanges, sweepTerms } from './memory.queries.ts'
import { searchProducts } from './search-products.ts'
import { suggest } from './suggest.ts'

const CHANGES_KEPT_MS = 24 * 3_600_000

/** The engine that comes with the shop: its own database. Triggers keep it in step; what is left over is swept (V1-443). */
export const postgresEngine: SearchEngine = {
  search: searchProducts,
  suggest,
  keepInStep: (db, now) =>
    inTransaction(db, async (tx) => {
      await sweepTerms(tx)
      await deleteChanges(tx, new Date(now.getTime() - CHANGES_KEPT_MS))
    }),
  close: () => {},
}
