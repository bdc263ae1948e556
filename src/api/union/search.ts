/** /api/search/: products and categories by words, for everybody (MP-080…MP-087, SF-245…SF-256). */
import type { FastifyRequest } from 'fastify'
import { openSearchLog, type SharedSearch, searchShared } from '#commerce/browse'
import { findCategoryId } from '#commerce/catalog'
import type { App } from '../../commerce/app.ts'
import { identify } from '../http/envelope.ts'
import { pageWanted, toPage } from '../http/paging.ts'
import type { Routes } from '../http/server.ts'
import { fieldFaults, soundFields } from '../http/validation.ts'
import { CATEGORY_NAMES } from './products.ts'
import { toProductWire } from './products.wire.ts'
import { Fault } from './refusals.ts'
import {
  FoundWire,
  NothingFoundWire,
  SearchQuery,
  toFacetsWire,
  toSearchCategoryWire,
  toSearchProductWire,
} from './search.wire.ts'
import { filtersOf, type ReadSearch, readSearch } from './search-request.ts'

export const searchRoutes: Routes = (server, app) => {
  const { CURRENCY: currency } = app.config
  const searches = openSearchLog(app)
  server.addHook('onClose', () => searches.close())
  server.get(
    '/search/',
    {
      attachValidation: true,
      schema: {
        operationId: 'sharedSearch',
        tags: ['search'],
        summary: 'Products and categories that have the words; where there are none, names that are written alike',
        querystring: SearchQuery,
        response: { 200: FoundWire, 400: Fault, 401: Fault, 403: Fault, 404: NothingFoundWire },
      },
      config: { access: 'visitor', sqlBudget: 20 },
    },
    async (request, reply) => {
      const faults = fieldFaults(request)
      const query = soundFields(request.query, faults)
      const asked = readSearch(query, faults, currency, app.now())
      const wanted = pageWanted(query)
      const { limit, offset } = wanted
      const found = await find(app, asked, { limit, offset })
      const listed = { rows: found.products, count: found.count }
      const page = toPage(request, app.config.PUBLIC_URL, wanted, listed, ({ relevance, ...product }) => ({
        ...toProductWire(product, app),
        relevance,
      }))
      const results = found.count + found.categories.length
      if (asked.text !== '')
        searches.note({
          ...whoAsks(request),
          ...noted(asked),
          results,
          filters: filtersOf(query),
          searchedAt: app.now(),
        })
      const answer = { ...page, query: query.q ?? '', ...toFoundKeys(found, page.results, app) }
      const alike = suggested(found)
      if (alike) return { ...answer, ...alike }
      if (results > 0 || asked.isForPages) return answer
      return reply.code(404).send({ ...nothing(request, app), ...answer })
    },
  )
}

type Window = { limit: number; offset: number }

/** A category that there is not has no products (MP-062). */
async function find(app: App, asked: ReadSearch, window: Window): Promise<SharedSearch> {
  const { text, filter, called, order, wantsProducts, wantsCategories } = asked
  const id = called === undefined ? undefined : ((await findCategoryId(app.db, called, CATEGORY_NAMES)) ?? null)
  return searchShared(app, {
    text,
    filter: id === undefined ? filter : { ...filter, category: { id, slug: '' } },
    window,
    ...(order && { order }),
    wantsProducts,
    wantsCategories,
    wantsFacets: wantsProducts,
    currency: app.config.CURRENCY,
  })
}

const whoAsks = ({ viewer, visitorId }: FastifyRequest) => ({
  accountId: viewer?.accountId ?? null,
  sessionId: viewer ? null : (visitorId ?? null),
})
const noted = ({ text: query, kind }: ReadSearch) => ({ query, kind })

function toFoundKeys(found: SharedSearch, results: Parameters<typeof toSearchProductWire>[0][], app: App) {
  const { PUBLIC_URL: publicUrl, CURRENCY: currency } = app.config
  return {
    facets: toFacetsWire(found.facets, currency),
    products: results.map(toSearchProductWire),
    categories: found.categories.map((category) =>
      toSearchCategoryWire(category, publicUrl, (product) => toProductWire(product, app)),
    ),
  }
}

/** Names that are written alike, where nothing is found (SF-249). */
function suggested({ productSuggestions, categorySuggestions }: SharedSearch) {
  if (productSuggestions.length + categorySuggestions.length === 0) return undefined
  return {
    detail: 'No exact match found, did you mean:',
    product_suggestions: productSuggestions,
    category_suggestions: categorySuggestions,
  }
}

/** The refusal that stands beside an empty page (C-26, MP-084). */
const nothing = (request: FastifyRequest, app: App) => ({
  detail: 'No matches found.',
  error: 'Product not found.',
  details: {},
  status: 404,
  timestamp: app.now().toISOString(),
  request_id: identify(request),
})
