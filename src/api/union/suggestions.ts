/** /api/search/suggestions/: what may be meant by the beginning of a search (MP-135, MP-136). */
import { Type } from 'typebox'
import { suggestFor } from '#commerce/browse'
import { type FieldCodes, invalidFields } from '#platform/refusal.ts'
import { Ok, toOk } from '../http/envelope.ts'
import type { Routes } from '../http/server.ts'
import { fieldFaults, soundFields } from '../http/validation.ts'
import { Fault } from './refusals.ts'
import { QUERY_MAX } from './search.wire.ts'

const LIMIT_DEFAULT = 10
const LIMIT_MAX = 20

const SuggestionQuery = Type.Object({
  q: Type.Optional(Type.String({ description: 'the beginning of a search', maxLength: QUERY_MAX })),
  limit: Type.Optional(
    Type.String({ description: `of each list; default ${LIMIT_DEFAULT}, at most ${LIMIT_MAX}`, maxLength: 200 }),
  ),
})
const SuggestionsWire = Type.Object(
  {
    query: Type.String(),
    suggestions: Type.Array(Type.String()),
    products: Type.Array(Type.Object({ id: Type.Integer(), title: Type.String(), slug: Type.String() })),
    categories: Type.Array(Type.Object({ id: Type.Integer(), name: Type.String(), slug: Type.String() })),
  },
  { title: 'SharedSuggestions' },
)

export const suggestionRoutes: Routes = (server, app) => {
  server.get(
    '/search/suggestions/',
    {
      attachValidation: true,
      schema: {
        operationId: 'sharedSuggestSearches',
        tags: ['search'],
        summary: 'What begins like this: names, products and categories',
        querystring: SuggestionQuery,
        response: { 200: Ok(SuggestionsWire), 400: Fault, 401: Fault, 403: Fault },
      },
      config: { access: 'user', sqlBudget: 8 },
    },
    async (request) => {
      const faults = fieldFaults(request)
      const { q = '', limit } = soundFields(request.query, faults)
      const most = readLimit(limit, faults)
      const { texts, products, categories } = await suggestFor(app, q, most)
      return toOk(app, 'Suggestions retrieved successfully.', {
        query: q,
        suggestions: texts,
        products: products.map(({ id, name, slug }) => ({ id, title: name, slug })),
        categories,
      })
    },
  )
}

/** How many at most. Refuses what is no positive number, with what the schema found; a larger one than may be is cut. */
function readLimit(text: string | undefined, faults: FieldCodes): number {
  const limit = text?.trim() || String(LIMIT_DEFAULT)
  if (!/^\d{1,15}$/.test(limit)) faults.limit ??= 'not_integer'
  else if (Number(limit) < 1) faults.limit ??= { code: 'minimum', limit: 1 }
  if (Object.keys(faults).length > 0) throw invalidFields(faults)
  return Math.min(Number(limit), LIMIT_MAX)
}
