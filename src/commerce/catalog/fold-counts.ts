import { inTransaction } from '#platform/database'
import type { App } from '../app.ts'
import { foldCount } from './fold-counts.queries.ts'

/** Adds up what was noted of the numbers of products, so that readers have one row each to look at. */
export function foldCounts(app: App): Promise<void> {
  return inTransaction(app.db, async (tx) => {
    await foldCount(tx, 'products_per_category', 'category_id')
    await foldCount(tx, 'products_per_brand', 'brand_id')
  })
}
