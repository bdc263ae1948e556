import type { Db } from '#platform/database'
import { findMeanings, findProductsBySku } from './understand.queries.ts'
import { toTsquery, type Understood } from './understood.ts'

/**
 * What was typed, as the catalogue understands it: other forms of each word, words that it is a part of, brands and
 * categories of that name, and what is written alike where there is nothing else (NX-104, V1-405). Two statements.
 */
export async function understand(db: Db, typed: string): Promise<Understood> {
  const [meanings, productIds] = await Promise.all([findMeanings(db, typed), findProductsBySku(db, typed.trim())])
  return { tsquery: toTsquery(meanings), productIds }
}
