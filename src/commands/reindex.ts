import { parseArgs } from 'node:util'
import { rebuildSearch } from '#commerce/browse'
import type { Config } from '../config.ts'
import { withShop } from './with-shop.ts'

/** Builds a fresh index of the search engine while the old one answers, and switches to it (V1-443). */
export async function reindex(config: Config, args: string[]): Promise<void> {
  parseArgs({ args })
  const count = await withShop(config, rebuildSearch, { leavesDatabase: true })
  if (count === undefined) throw new Error('SEARCH_URL is not set: the database searches itself, and needs no index.')
  console.log(`The index of the search engine is built: ${count} ${count === 1 ? 'product' : 'products'}.`)
}
