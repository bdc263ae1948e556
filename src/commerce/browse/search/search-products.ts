/** A search on the database of the shop alone: ranked among a bounded number, however many products match (V1-405). */
import type { Db } from '#platform/database'
import { type Criteria, NEWEST_FIRST } from '../product-filter.ts'
import { findCount } from '../products.queries.ts'
import { selectCount, selectProducts } from '../selection.queries.ts'
import { CANDIDATES_MAX, findCandidates, findMatching, findOthers } from './candidates.queries.ts'
import type { SearchAnswer, SearchRequest } from './engine.ts'
import { findKeptFacets } from './facets.ts'
import { findPage } from './found.queries.ts'
import { keepNumber } from './large-numbers.ts'
import { type Memories, type Memory, recall } from './memory.ts'
import { findCorrection, relevanceOf, scoreOf } from './rank.ts'
import { findRule, type PlacedRule } from './rules.queries.ts'
import { type Understood, understand, understandLiterally } from './understand.ts'
import { toPartialTsquery, toTsquery, unitQuery } from './understood.ts'

/**
 * A page of what is found. The best answers come first, the rest by merit: exact name, name that begins so, all words in the
 * name, in name, tags, brand or category, then anywhere. Where nothing has all words, misspellings are looked for in words that
 * are known, too; and where that finds nothing, what has most of the words.
 */
export async function searchProducts(db: Db, request: SearchRequest): Promise<SearchAnswer> {
  const memories = await recall(db)
  const memory = memories.findings
  const found = await memory.keep(`found ${JSON.stringify([request.text, request.isLiteral, request.filter])}`, () =>
    find(db, memories, request),
  )
  const [ids, facets] = await Promise.all([
    memory.keep(`page ${JSON.stringify(request)}`, () => pageOf(db, memory, found, request)),
    request.wantsFacets ? findKeptFacets(db, memory, found.criteria, request.currency) : undefined,
  ])
  const count = await countOf(db, memory, found, request)
  const hits = ids.map((id) => ({ id, relevance: found.relevance.get(id) ?? RELEVANCE_LEAST }))
  return { hits, count, ...(facets && { facets }), corrected: found.corrected, isPartial: found.isPartial }
}

/** Of what was not looked at more closely. */
const RELEVANCE_LEAST = 0.01

/** What does not depend on the page. */
type Found = {
  criteria: Criteria
  /** The best ones in order, those that are pinned at their places. */
  best: number[]
  /** Of the best ones, from 0 to 1. */
  relevance: Map<number, number>
  /** Pressed to the end, as far as they match. */
  buried: number[]
  /** Whether there is nothing but these. */
  isAll: boolean
  corrected: string | null
  isPartial: boolean
}

async function find(db: Db, { meanings }: Memories, request: SearchRequest): Promise<Found> {
  const { text, isLiteral } = request
  if (text.trim() === '') return everything(request.filter)
  const [understood, rule] = await meanings.keep(`${isLiteral ? 'literal' : 'said'} ${text}`, () =>
    Promise.all([isLiteral ? understandLiterally(db, text) : understand(db, text), findRule(db, text)]),
  )
  const found = await rankBy(db, request, understood, rule, 'all')
  if (found.best.length > 0 || understood.units.length === 0 || isLiteral) return found
  const doubted = await meanings.keep(`doubted ${text}`, () => understand(db, text, true))
  const corrected = await rankBy(db, request, doubted, rule, 'all')
  if (corrected.best.length > 0) return corrected
  const count = doubted.units.length
  for (const left of new Set([count - 1, 1])) {
    if (left < 1 || left >= count) continue
    const partial = await rankBy(db, request, doubted, rule, left)
    if (partial.best.length > 0) return partial
  }
  return corrected
}

/** Nothing was typed: all that pass the filters. */
function everything(criteria: Criteria): Found {
  return { criteria, best: [], relevance: new Map(), buried: [], isAll: false, corrected: null, isPartial: false }
}

/** `left`: how many of the units a product must have. */
async function rankBy(
  db: Db,
  { filter }: SearchRequest,
  { units, match, numberedIds }: Understood,
  rule: PlacedRule,
  left: 'all' | number,
): Promise<Found> {
  const isPartial = left !== 'all'
  const productIds = [...new Set([...match.productIds, ...rule.pinnedIds])]
  const tsquery = isPartial ? toPartialTsquery(units, left) : match.tsquery
  const criteria: Criteria = { ...filter, words: { ...match, tsquery, productIds } }
  const plain = rule.plain
  const candidates = await findCandidates(db, {
    criteria,
    plain,
    tiers: isPartial || units.length === 0 ? [] : [toTsquery(units, 'name', true), toTsquery(units, 'heading')],
    firstIds: productIds,
    units: isPartial ? units.map((unit) => unitQuery(unit, 'anywhere', false)) : undefined,
  })
  const numbered = new Set(numberedIds)
  const ranked = [...new Map(candidates.map((candidate) => [candidate.id, candidate])).values()]
    .map((candidate) => ({ candidate, score: scoreOf(candidate, units, plain, numbered.has(candidate.id)) }))
    .toSorted((a, b) => b.score - a.score || b.candidate.merit - a.candidate.merit || b.candidate.id - a.candidate.id)
  const buried = rule.buriedIds.length > 0 ? await findMatching(db, criteria, rule.buriedIds) : []
  return {
    criteria,
    best: place(
      ranked.map(({ candidate }) => candidate.id),
      rule,
      new Set(buried),
    ),
    relevance: new Map(ranked.map(({ candidate, score }) => [candidate.id, relevanceOf(score)])),
    buried,
    isAll: candidates.length < CANDIDATES_MAX,
    corrected: isPartial || ranked.length === 0 ? null : (findCorrection(ranked[0]!.candidate, units) ?? null),
    isPartial,
  }
}

function place(ranked: number[], { pinnedIds, places }: PlacedRule, buried: Set<number>): number[] {
  const pins = pinnedIds
    .map((id, at) => ({ id, place: places[at]! }))
    .filter(({ id }) => !buried.has(id) && ranked.includes(id))
    .toSorted((a, b) => a.place - b.place)
  const isPinned = new Set(pins.map(({ id }) => id))
  const ids = ranked.filter((id) => !isPinned.has(id) && !buried.has(id))
  for (const pin of pins) ids.splice(pin.place - 1, 0, pin.id)
  return ids
}

async function pageOf(
  db: Db,
  memory: Memory,
  found: Found,
  { window, order, ...request }: SearchRequest,
): Promise<number[]> {
  const { criteria, best, buried, isAll } = found
  if (!order && criteria.words === undefined)
    return pageOf(db, memory, found, { window, order: NEWEST_FIRST, ...request })
  if (order) return findPage(db, selectProducts(criteria, order, window))
  const end = window.offset + window.limit
  const first = best.slice(window.offset, end)
  if (first.length === window.limit) return first
  if (isAll) return [...best, ...buried].slice(window.offset, end)
  const count = await countOf(db, memory, found, { window, ...request })
  const rest = { offset: Math.max(0, window.offset - best.length), limit: window.limit - first.length }
  if (window.offset >= count) return []
  const others = await findOthers(db, criteria, { ranked: [...best, ...buried], count }, rest)
  if (first.length + others.length === window.limit || buried.length === 0) return [...first, ...others]
  const last = count - buried.length
  const tail = buried.slice(Math.max(0, window.offset - last), Math.max(0, end - last))
  return [...first, ...others, ...tail]
}

/** Without facets it is counted only where the best are not all. */
async function countOf(db: Db, memory: Memory, found: Found, request: SearchRequest): Promise<number> {
  const { criteria, best, buried, isAll } = found
  if (isAll) return best.length + buried.length
  if (request.wantsFacets) return (await findKeptFacets(db, memory, criteria, request.currency)).count
  return keepNumber(db, memory, `count ${JSON.stringify(criteria)}`, {
    count: () => findCount(db, selectCount(criteria)),
    sizeOf: (count) => count,
  })
}
