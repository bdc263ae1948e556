/** /api/recommendations/: what somebody may like, what is like a product, and what was looked at (MP-150…MP-155). */
import { Type } from 'typebox'
import { findProductId, findProductsWithVariants } from '#commerce/browse'
import { type Recommendation, recommendFor, recommendLike } from '#commerce/recommendations'
import { invalidFields, missing } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'
import { viewerOf } from '../http/access.ts'
import { Done, Err, toOk } from '../http/envelope.ts'
import { AlgorithmQuery, LimitQuery, readAsked } from '../http/recommendations-asked.ts'
import type { Routes, Server } from '../http/server.ts'
import { NewInteractionWire, RecommendationListWire, toRecommendations } from './recommendations.wire.ts'

const tags = ['marketplace recommendations']
const access = 'user'
const refused = { 400: Err, 401: Err }
const querystring = Type.Object({ ...LimitQuery, ...AlgorithmQuery })
const ProductInPath = Type.Object({ product_id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) })
/** What a front end may tell; what moves carts, orders and ratings is noted where it happens. */
const TOLD = ['VIEW', 'WISHLIST'] as const

export const recommendationRoutes: Routes = (server, app) => {
  forUserRoute(server, app)
  likeProductRoute(server, app)
  interactionRoute(server, app)
}

function forUserRoute(server: Server, app: App): void {
  server.get(
    '/recommendations/user/',
    {
      schema: {
        operationId: 'listMarketplaceRecommendations',
        tags,
        summary: 'What I may like, by what I did until now',
        querystring,
        response: { 200: RecommendationListWire, ...refused },
      },
      config: { access, sqlBudget: 9 },
    },
    async (request) => {
      const asked = readAsked(request.query)
      return show(app, await recommendFor(app, viewerOf(request).accountId, asked), null)
    },
  )
}

function likeProductRoute(server: Server, app: App): void {
  server.get(
    '/recommendations/product/:product_id/',
    {
      schema: {
        operationId: 'listMarketplaceSimilarProducts',
        tags,
        summary: 'What people liked as well who liked this product, and what is like it',
        params: ProductInPath,
        querystring,
        response: { 200: RecommendationListWire, ...refused, 404: Err },
      },
      config: { access, sqlBudget: 6 },
    },
    async (request) => {
      const asked = readAsked(request.query)
      const { product_id: id } = request.params
      await getProduct(app, id)
      return show(app, await recommendLike(app, id, viewerOf(request).accountId, asked), id)
    },
  )
}

function interactionRoute(server: Server, app: App): void {
  server.post(
    '/recommendations/interactions/',
    {
      schema: {
        operationId: 'noteInteraction',
        tags,
        summary: 'I looked at a product, or wish for it',
        body: NewInteractionWire,
        response: { 201: Done, ...refused, 404: Err },
      },
      config: { access, sqlBudget: 3 },
    },
    async (request, reply) => {
      const { product_id: productId, interaction_type: type, value } = request.body
      const kind = TOLD.find((each) => each === type)
      if (!kind) throw invalidFields({ interaction_type: { code: 'not_choice', value: type } })
      await getProduct(app, productId)
      const { accountId } = viewerOf(request)
      app.trail.note({ happenedAt: app.now(), kind, accountId, productId, value: value ?? 1 })
      return reply.code(201).send(toOk(app, 'Interaction recorded.', {}, 201))
    },
  )
}

/** Refuses a product that there is not, or that is hidden. */
async function getProduct(app: App, id: number): Promise<void> {
  if ((await findProductId(app.db, { id, slug: '' }, false)) === undefined) throw missing('product')
}

async function show(app: App, recommended: Recommendation[], productId: number | null) {
  const products = await findProductsWithVariants(
    app.db,
    recommended.map((each) => each.productId),
  )
  const data = toRecommendations(app, recommended, products, productId)
  return toOk(app, 'Recommendations retrieved successfully.', data)
}
