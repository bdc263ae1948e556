import type { Db } from '#platform/database'
import type { SearchClient } from '#platform/opensearch'
import type { SearchAnswer, SearchRequest } from '../engine.ts'
import { type Asked, findAsked } from './asked.queries.ts'
import { type Counted, readFacets } from './facets-asked.ts'
import { type Filters, toFilters } from './filters.ts'
import { aliasOf } from './follow.ts'
import { knowsOrder, type Strictness, toSearchBody } from './search-body.ts'

/** As far as an index shows pages unless it is told otherwise (`max_result_window`). */
const HITS_MAX = 10_000

export type Answered = {
  hits: { total: { value: number }; hits: { _id: string; _score: number | null }[] }
  aggregations?: Counted
  suggest?: { words: { text: string; options: { text: string }[] }[] }
}

/**
 * Whether the engine can answer: it keeps what shoppers see alone, knows words but no signs or middles of words, is not told how
 * often a product is looked at, and shows no more than its first 10,000.
 */
export function canAsk({ filter, window, order, isLiteral }: SearchRequest): boolean {
  if (isLiteral || filter.includesInactive || filter.alsoHidden || !knowsOrder(order)) return false
  return window.offset + window.limit <= HITS_MAX
}

export type Prepared = { request: SearchRequest; asked: Asked; filters: Filters }

/** What the database has to say before the engine is asked. One statement. */
export async function prepare(db: Db, request: SearchRequest): Promise<Prepared> {
  const asked = await findAsked(db, request.text, request.filter)
  const isPinned = new Set(asked.pinnedIds)
  const buriedIds = asked.buriedIds.filter((id) => !isPinned.has(id))
  return { request, asked: { ...asked, buriedIds }, filters: toFilters(request.filter, asked) }
}

export type Found = { answered: Answered; strictness: Strictness }

/**
 * What the engine finds: all words, or else all but for misspellings, or else some of them. Throws where it does not answer.
 */
export async function ask(client: SearchClient, waitMs: number, prepared: Prepared): Promise<Found> {
  const { request, asked, filters } = prepared
  const page = pageOf(prepared)
  let found: Found | undefined
  for (const strictness of stepsFor(asked.plain)) {
    const body = toSearchBody(request, asked, filters, page, strictness)
    const answered = await client.ask<Answered>('POST', `${aliasOf(client)}/_search`, { body, waitMs })
    found = { answered, strictness }
    if (answered.hits.total.value > 0) break
  }
  return found!
}

/** The next one is tried where one finds nothing. */
function stepsFor(plain: string): Strictness[] {
  const words = plain.split(' ').length
  if (plain === '') return ['exact']
  return ['exact', 'fuzzy', ...(words > 2 ? (['most'] as const) : []), ...(words > 1 ? (['any'] as const) : [])]
}

/** Where something is pinned, the page is cut out once it is in its places. */
function pageOf({ request: { window, order }, asked: { pinnedIds } }: Prepared): { from: number; size: number } {
  if (order || pinnedIds.length === 0) return { from: window.offset, size: window.limit }
  return { from: 0, size: Math.min(window.offset + window.limit + pinnedIds.length, HITS_MAX) }
}

/** What was found, as the shop knows it. One statement where facets are wanted. */
export async function present(db: Db, prepared: Prepared, { answered, strictness }: Found): Promise<SearchAnswer> {
  const { wantsFacets, currency } = prepared.request
  const count = answered.hits.total.value
  return {
    hits: placed(prepared, answered).map(({ _id, _score }) => ({ id: Number(_id), relevance: relevanceOf(_score) })),
    count,
    ...(wantsFacets && { facets: await readFacets(db, answered.aggregations!, count, currency) }),
    corrected: strictness === 'fuzzy' && count > 0 ? correctedBy(answered) : null,
    isPartial: (strictness === 'most' || strictness === 'any') && count > 0,
  }
}

function placed({ request: { window, order }, asked: { pinnedIds, places } }: Prepared, { hits: { hits } }: Answered) {
  if (order || pinnedIds.length === 0) return hits
  const byId = new Map(hits.map((hit) => [Number(hit._id), hit]))
  const isPinned = new Set(pinnedIds)
  const rows = hits.filter(({ _id }) => !isPinned.has(Number(_id)))
  const pins = pinnedIds
    .map((id, at) => ({ hit: byId.get(id), place: places[at]! }))
    .toSorted((a, b) => a.place - b.place)
  for (const { hit, place } of pins) if (hit) rows.splice(place - 1, 0, hit)
  return rows.slice(window.offset, window.offset + window.limit)
}

/** At this score an answer is as good as not. */
const SCORE_HALF = 4
const relevanceOf = (score: number | null) =>
  score === null ? 0 : Math.min(1, Math.max(0, Math.round((score / (score + SCORE_HALF)) * 1000) / 1000))

/** Null where no word was taken for another. */
function correctedBy({ suggest }: Answered): string | null {
  const words = suggest?.words ?? []
  if (!words.some(({ options }) => options.length > 0)) return null
  return words.map(({ text, options }) => options[0]?.text ?? text).join(' ')
}
