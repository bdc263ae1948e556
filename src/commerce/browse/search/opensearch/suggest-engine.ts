import type { Db } from '#platform/database'
import type { SearchClient } from '#platform/opensearch'
import { findPlain, findSuggestions, type Suggested } from '../suggest.queries.ts'
import { findNamed } from './asked.queries.ts'
import { aliasOf } from './follow.ts'
import type { Answered } from './search-engine.ts'

const TEXT_MAX = 200
const LIST_MAX = 20
const FIELDS = ['name.begun', 'name.begun._2gram', 'name.begun._3gram']

export const plainOf = (db: Db, text: string): Promise<string> => findPlain(db, text.slice(0, TEXT_MAX))

/** Ids of products whose names begin so or have words that do; where there is none, of those that nearly do. */
export async function askForNames(client: SearchClient, waitMs: number, plain: string): Promise<number[]> {
  for (const fuzzy of [{}, { fuzziness: 'AUTO', prefix_length: 1 }]) {
    const begun = { query: plain, type: 'bool_prefix', operator: 'and', fields: FIELDS, ...fuzzy }
    const body = {
      size: LIST_MAX,
      _source: false,
      query: {
        bool: {
          must: [{ multi_match: begun }],
          should: [{ prefix: { 'name.key': { value: plain, boost: 10 } } }],
        },
      },
      sort: [{ _score: 'desc' }, { merit: 'desc' }, { product_id: 'desc' }],
    }
    const { hits } = await client.ask<Answered>('POST', `${aliasOf(client)}/_search`, { body, waitMs })
    if (hits.hits.length > 0) return hits.hits.map(({ _id }) => Number(_id))
  }
  return []
}

/** These products, with the brands, the categories and the queries of many that begin so, which the database knows. Two statements. */
export async function nameSuggestions(db: Db, plain: string, ids: number[]): Promise<Suggested> {
  const [products, others] = await Promise.all([findNamed(db, ids), findSuggestions(db, plain, '', true)])
  return { ...others, products }
}
