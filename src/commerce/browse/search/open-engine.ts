import type { SearchEngine } from './engine.ts'
import { type OpenSearchOptions, openOpenSearchEngine } from './opensearch/opensearch-engine.ts'
import { postgresEngine } from './postgres-engine.ts'

/** The engine at this address, or the database itself where there is none. */
export function openSearchEngine({ url, ...options }: OpenSearchOptions): SearchEngine {
  return url ? openOpenSearchEngine({ url, ...options }) : postgresEngine
}
