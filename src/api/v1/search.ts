/** /api/v1/search/: finding products, and what may be meant by the beginning of a search (V1-405, V1-406). */
import type { Static } from 'typebox'
import { openSearchLog, search, suggestFor } from '#commerce/browse'
import { type FieldCodes, invalidFields } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'
import { pageWanted, toPage } from '../http/paging.ts'
import type { Routes, Server } from '../http/server.ts'
import { Problem, sent } from '../http/wire.ts'
import { readProductFilter, readProductOrder } from './product-filters.ts'
import { toProductWire } from './products.wire.ts'
import { SearchPageWire, SearchQuery, SuggestionQuery, SuggestionsWire, toFacetsWire } from './search.wire.ts'

const tags = ['search']
const access = 'visitor'
const SUGGESTIONS_MAX = 10

export const searchRoutes: Routes = (server, app) => {
  searchRoute(server, app)
  suggestionsRoute(server, app)
}

function searchRoute(server: Server, app: App): void {
  const { PUBLIC_URL: publicUrl, CURRENCY: currency } = app.config
  const searches = openSearchLog(app)
  server.addHook('onClose', () => searches.close())
  server.get(
    '/search/',
    {
      schema: {
        operationId: 'search',
        tags,
        summary: 'Products that are found by words, the best answers first; misspellings are understood',
        querystring: SearchQuery,
        response: { 200: SearchPageWire, 400: Problem, 401: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 14 },
    },
    async (request) => {
      const { q = '', ordering, seller } = request.query
      const wanted = pageWanted(request.query)
      const filters = filtersOf(request.query)
      const filter = { ...readProductFilter(filters, currency, false), ...readSeller(seller) }
      const order = !ordering || ordering === 'relevance' ? {} : { order: readProductOrder(ordering) }
      const { limit, offset } = wanted
      const text = q.trim()
      const found = await search(app, {
        text,
        filter,
        window: { limit, offset },
        ...order,
        wantsFacets: true,
        currency,
      })
      const page = toPage(request, publicUrl, wanted, found, (product) => toProductWire(product, publicUrl))
      if (text !== '')
        searches.note({
          query: text,
          accountId: request.viewer?.accountId ?? null,
          sessionId: null,
          results: found.count,
          kind: 'product',
          filters: filled({ ...filters, seller }),
          searchedAt: app.now(),
        })
      const { corrected, isPartial, facets } = found
      return { ...page, query: q, corrected, is_partial: isPartial, facets: toFacetsWire(facets!, currency) }
    },
  )
}

function suggestionsRoute(server: Server, app: App): void {
  server.get(
    '/search/suggestions/',
    {
      schema: {
        operationId: 'suggestSearches',
        tags,
        summary: 'Up to ten searches that begin like this',
        querystring: SuggestionQuery,
        response: { 200: SuggestionsWire, 400: Problem, 401: Problem },
      },
      config: { access, sqlBudget: 8 },
    },
    async (request) => {
      const { q = '' } = request.query
      const { texts } = await suggestFor(app, q, SUGGESTIONS_MAX)
      return { query: q, suggestions: texts }
    },
  )
}

/** Only what a search knows: whatever else was sent nobody has looked at. */
function filtersOf({ category, brand, min_price, max_price, in_stock, min_rating }: Static<typeof SearchQuery>) {
  return sent({ category, brand, min_price, max_price, in_stock, min_rating })
}

function readSeller(text: string | undefined): { sellerId?: number } {
  if (!text?.trim()) return {}
  const faults: FieldCodes = { seller: 'not_integer' }
  if (!/^\d{1,15}$/.test(text.trim())) throw invalidFields(faults)
  return { sellerId: Number(text) }
}

const filled = (filters: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(filters).filter((entry): entry is [string, string] => Boolean(entry[1]?.trim())))
