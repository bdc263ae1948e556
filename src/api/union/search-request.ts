/** What is asked of the shared search (MP-081, MP-084, MP-085, SF-248, SF-253). */
import type { Static } from 'typebox'
import type { ProductOrder, SharedSearchRequest } from '#commerce/browse'
import type { FieldCodes } from '#platform/refusal.ts'
import { type ReadFilter, readKnownOrder, readProductFilter } from './product-filters.ts'
import { type SearchQuery, WISHES } from './search.wire.ts'

type Query = Static<typeof SearchQuery>
/** `isForPages`: it asks for what only the marketplace's document knows, whose lists may be empty. */
export type ReadSearch = ReadFilter &
  Pick<SharedSearchRequest, 'text' | 'wantsProducts' | 'wantsCategories'> & {
    kind: 'product' | 'category' | 'all'
    order?: ProductOrder
    isForPages: boolean
  }

/** Refuses all that is wrong together; `faults` is what the schema found. */
export function readSearch(query: Query, faults: FieldCodes, currency: string, now: Date): ReadSearch {
  const text = query.q?.trim() ?? ''
  const isForPages = WISHES.some((name) => Object.hasOwn(query, name) || Object.hasOwn(faults, name))
  if (text === '' && !isForPages) faults.q ??= query.q === undefined ? 'required' : 'blank'
  const kind = readKind(query.type)
  if (kind === undefined) faults.type ??= { code: 'not_choice', value: query.type }
  const { sort_by: sortBy, q: _, type: __, ...filters } = query
  const read = readProductFilter(filters, currency, undefined, now, faults)
  const order = readKnownOrder(sortBy)
  return {
    ...read,
    text,
    kind: kind ?? 'all',
    wantsProducts: kind !== 'category',
    wantsCategories: kind !== 'product',
    ...(order && { order }),
    isForPages,
  }
}

function readKind(type = ''): ReadSearch['kind'] | undefined {
  const kind = type.trim()
  if (kind === '') return 'all'
  return kind === 'product' || kind === 'category' ? kind : undefined
}

/** The filters that a search was narrowed by, as they stood in the address. */
export const filtersOf = ({ q: _, type: __, sort_by: ___, page: ____, page_size: _____, ...filters }: Query) =>
  Object.fromEntries(Object.entries(filters).filter(([, text]) => text.trim() !== ''))
