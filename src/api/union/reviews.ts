/** /api/products/{id}/reviews/: what buyers think of a product (MP-072). */
import { Type } from 'typebox'
import { readHandle } from '#commerce/browse'
import { listReviews, submitReview } from '#commerce/reviews'
import type { App } from '../../commerce/app.ts'
import { viewerOf } from '../http/access.ts'
import { toOk } from '../http/envelope.ts'
import { PageQuery, pageWanted, toPage } from '../http/paging.ts'
import type { Routes, Server } from '../http/server.ts'
import { getShownProduct, READ_WORDS } from './products.ts'
import { HandleInPath } from './products.wire.ts'
import { Fault } from './refusals.ts'
import { ReviewAnswerWire, ReviewInputWire, ReviewPageWire, toReviewWire } from './reviews.wire.ts'

const REVIEWS = '/products/:id/reviews/'
const tags = ['products']
const words = READ_WORDS

export const reviewRoutes: Routes = (server, app) => {
  listRoute(server, app)
  submitRoute(server, app)
}

function listRoute(server: Server, app: App): void {
  server.get(
    REVIEWS,
    {
      schema: {
        operationId: 'sharedListReviews',
        tags,
        summary: 'The approved reviews of a product, the newest first',
        params: HandleInPath,
        querystring: Type.Object(PageQuery),
        response: { 200: ReviewPageWire, 401: Fault, 403: Fault, 404: Fault },
      },
      config: { access: 'visitor', sqlBudget: 4, words },
    },
    async (request) => {
      const wanted = pageWanted(request.query)
      const { id: productId } = await getShownProduct(app, request)
      const listed = await listReviews(app.db, { productId, status: 'approved' }, wanted)
      return toPage(request, app.config.PUBLIC_URL, wanted, listed, toReviewWire)
    },
  )
}

function submitRoute(server: Server, app: App): void {
  server.post(
    REVIEWS,
    {
      schema: {
        operationId: 'sharedSubmitReview',
        tags,
        summary: 'Say what I think of a product, once; it is shown when it was approved',
        params: HandleInPath,
        body: ReviewInputWire,
        response: { 201: ReviewAnswerWire, 400: Fault, 401: Fault, 403: Fault, 404: Fault },
      },
      config: { access: 'user', sqlBudget: 7, words },
    },
    async (request, reply) => {
      const handle = readHandle(request.params.id)
      const review = await submitReview(app, viewerOf(request).accountId, handle, request.body)
      return reply.code(201).send(toOk(app, 'Review submitted for approval.', toReviewWire(review), 201))
    },
  )
}
