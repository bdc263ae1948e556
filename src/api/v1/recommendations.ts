/** /api/v1/recommendations/: what somebody may like, and what is like a product (V1-395). */
import { Type } from 'typebox'
import { findActiveProducts, findProductId, readHandle } from '#commerce/browse'
import { type Recommendation, recommendFor, recommendLike } from '#commerce/recommendations'
import { missing } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'
import { viewerOf } from '../http/access.ts'
import { LimitQuery, readAsked } from '../http/recommendations-asked.ts'
import type { Routes, Server } from '../http/server.ts'
import { Problem } from '../http/wire.ts'
import { HandleInPath } from './products.wire.ts'
import { RecommendationsWire, toRecommendationsWire } from './recommendations.wire.ts'

const tags = ['recommendations']
const querystring = Type.Object(LimitQuery)
const refused = { 400: Problem, 401: Problem }

export const recommendationRoutes: Routes = (server, app) => {
  forUserRoute(server, app)
  likeProductRoute(server, app)
}

function forUserRoute(server: Server, app: App): void {
  server.get(
    '/recommendations/',
    {
      schema: {
        operationId: 'listRecommendations',
        tags,
        summary: 'What I may like, by what I did until now',
        description: 'Nothing that I bought, nothing that is sold out. Popular products fill the list.',
        querystring,
        response: { 200: RecommendationsWire, ...refused },
      },
      config: { access: 'user', sqlBudget: 9 },
    },
    async (request) => {
      const asked = readAsked(request.query)
      return show(app, await recommendFor(app, viewerOf(request).accountId, asked))
    },
  )
}

function likeProductRoute(server: Server, app: App): void {
  server.get(
    '/recommendations/products/:id/',
    {
      schema: {
        operationId: 'listSimilarProducts',
        tags,
        summary: 'What people liked as well who liked this product, and what is like it',
        params: HandleInPath,
        querystring,
        response: { 200: RecommendationsWire, ...refused, 404: Problem },
      },
      config: { access: 'visitor', sqlBudget: 6 },
    },
    async (request) => {
      const asked = readAsked(request.query)
      const id = await findProductId(app.db, readHandle(request.params.id), false)
      if (id === undefined) throw missing('product')
      return show(app, await recommendLike(app, id, request.viewer?.accountId ?? null, asked))
    },
  )
}

async function show(app: App, recommended: Recommendation[]) {
  const products = await findActiveProducts(
    app.db,
    recommended.map(({ productId }) => productId),
  )
  return toRecommendationsWire(recommended, products, app.config.PUBLIC_URL)
}
