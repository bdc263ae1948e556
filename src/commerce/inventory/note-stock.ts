import { noteChange } from '#platform/changes'
import type { Tx } from '#platform/database'

/** Says of which products the stock has changed, whatever is kept of them (NX-142). */
export function noteStock(tx: Tx, productIds: Iterable<number>): void {
  const tags = [...new Set(productIds)].map((id) => `product:${id}`)
  if (tags.length > 0) noteChange(tx, 'stock', ...tags)
}
