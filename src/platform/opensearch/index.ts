/**
 * A search engine that speaks the HTTP of OpenSearch, and of Elasticsearch 7 and 8 where they agree: requests with a limit of
 * time, tried again where that helps, and a breaker for those who can do without an answer. Knows nothing of what is searched.
 */
export { type Breaker, openBreaker } from './breaker.ts'
export { openSearchClient, type SearchClient } from './client.ts'
export { EngineFailure } from './engine-failure.ts'
