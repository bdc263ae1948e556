/** /api/v1/products/{id}/reviews/ and /api/v1/reviews/: what buyers think (V1-235…V1-239). */
import { readHandle } from '#commerce/browse'
import type { Viewer } from '#commerce/identity'
import {
  approveReview,
  editReview,
  getReview,
  listProductReviews,
  listReviews,
  type ReviewScope,
  rejectReview,
  removeReview,
  submitReview,
  voteHelpful,
} from '#commerce/reviews'
import type { App } from '../../commerce/app.ts'
import { viewerOf } from '../http/access.ts'
import { pageWanted, toPage } from '../http/paging.ts'
import type { Routes, Server } from '../http/server.ts'
import { IdInPath, Nothing, Problem, sent } from '../http/wire.ts'
import { HandleInPath } from './products.wire.ts'
import {
  HelpfulWire,
  ModeratedReviewPageWire,
  ModeratedReviewWire,
  ProductReviewQuery,
  RejectionWire,
  ReviewChangesWire,
  ReviewInputWire,
  ReviewPageWire,
  readReviewOrder,
  StaffReviewQuery,
  toModeratedReviewWire,
  toReviewFilter,
  toReviewWire,
} from './reviews.wire.ts'

const OF_PRODUCT = '/products/:id/reviews/'
const REVIEWS = '/reviews/'
const REVIEW = `${REVIEWS}:id/`
const tags = ['reviews']

export const reviewRoutes: Routes = (server, app) => {
  listRoute(server, app)
  submitRoute(server, app)
  ownRoutes(server, app)
  helpfulRoute(server, app)
  staffListRoute(server, app)
  moderationRoutes(server, app)
}

/** Staff may do to every review what others may do to their own. */
const scopeOf = ({ isStaff, accountId }: Viewer): ReviewScope => ({ accountId: isStaff ? null : accountId })

function listRoute(server: Server, app: App): void {
  server.get(
    OF_PRODUCT,
    {
      schema: {
        operationId: 'listProductReviews',
        tags,
        summary: 'The approved reviews of a product, the newest first',
        params: HandleInPath,
        querystring: ProductReviewQuery,
        response: { 200: ReviewPageWire, 400: Problem, 401: Problem, 404: Problem },
      },
      config: { access: 'visitor', sqlBudget: 4 },
    },
    async (request) => {
      const wanted = pageWanted(request.query)
      const product = { handle: readHandle(request.params.id), seesAll: request.viewer?.isStaff ?? false }
      const order = readReviewOrder(request.query.ordering)
      const listed = await listProductReviews(app.db, product, toReviewFilter(request.query), wanted, order)
      return toPage(request, app.config.PUBLIC_URL, wanted, listed, toReviewWire)
    },
  )
}

function submitRoute(server: Server, app: App): void {
  server.post(
    OF_PRODUCT,
    {
      schema: {
        operationId: 'submitReview',
        tags,
        summary: 'Say what I think of a product, once; it is shown when it was approved',
        params: HandleInPath,
        body: ReviewInputWire,
        response: { 201: ModeratedReviewWire, 400: Problem, 401: Problem, 404: Problem },
      },
      config: { access: 'user', sqlBudget: 7 },
    },
    async (request, reply) => {
      const handle = readHandle(request.params.id)
      const review = await submitReview(app, viewerOf(request).accountId, handle, request.body)
      return reply.code(201).send(toModeratedReviewWire(review))
    },
  )
}

function ownRoutes(server: Server, app: App): void {
  server.get(
    REVIEW,
    {
      schema: {
        operationId: 'getReview',
        tags,
        summary: 'A review of mine, and what became of it; staff reads any',
        params: IdInPath,
        response: { 200: ModeratedReviewWire, 401: Problem, 404: Problem },
      },
      config: { access: 'user', sqlBudget: 3 },
    },
    async (request) => toModeratedReviewWire(await getReview(app.db, request.params.id, scopeOf(viewerOf(request)))),
  )
  server.patch(
    REVIEW,
    {
      schema: {
        operationId: 'editReview',
        tags,
        summary: 'Edit a review of mine: it has to be approved anew; staff edits any',
        params: IdInPath,
        body: ReviewChangesWire,
        response: { 200: ModeratedReviewWire, 400: Problem, 401: Problem, 404: Problem },
      },
      config: { access: 'user', sqlBudget: 7 },
    },
    async (request) => {
      const { id } = request.params
      return toModeratedReviewWire(await editReview(app, id, scopeOf(viewerOf(request)), sent(request.body)))
    },
  )
  server.delete(
    REVIEW,
    {
      schema: {
        operationId: 'removeReview',
        tags,
        summary: 'Remove a review of mine; staff removes any',
        params: IdInPath,
        response: { 204: Nothing, 401: Problem, 404: Problem },
      },
      config: { access: 'user', sqlBudget: 5 },
    },
    async (request, reply) => {
      await removeReview(app, request.params.id, scopeOf(viewerOf(request)))
      return reply.code(204).send()
    },
  )
}

function helpfulRoute(server: Server, app: App): void {
  server.post(
    `${REVIEW}helpful/`,
    {
      schema: {
        operationId: 'voteReviewHelpful',
        tags,
        summary: 'Say that a review was helpful; once counts',
        params: IdInPath,
        response: { 200: HelpfulWire, 400: Problem, 401: Problem, 404: Problem },
      },
      config: { access: 'user', sqlBudget: 4 },
    },
    async (request) => ({
      helpful_count: await voteHelpful(app, request.params.id, viewerOf(request).accountId),
    }),
  )
}

function staffListRoute(server: Server, app: App): void {
  server.get(
    REVIEWS,
    {
      schema: {
        operationId: 'listReviews',
        tags,
        summary: 'Reviews of every status, the newest first',
        querystring: StaffReviewQuery,
        response: { 200: ModeratedReviewPageWire, 400: Problem, 401: Problem, 403: Problem, 404: Problem },
      },
      config: { access: 'staff', sqlBudget: 3 },
    },
    async (request) => {
      const wanted = pageWanted(request.query)
      const { status } = request.query
      const listed = await listReviews(app.db, sent({ status }), wanted)
      return toPage(request, app.config.PUBLIC_URL, wanted, listed, toModeratedReviewWire)
    },
  )
}

function moderationRoutes(server: Server, app: App): void {
  const answers = { 200: ModeratedReviewWire, 401: Problem, 403: Problem, 404: Problem }
  const config = { access: 'staff', sqlBudget: 6 } as const
  server.post(
    `${REVIEW}approve/`,
    {
      schema: { operationId: 'approveReview', tags, summary: 'Show a review', params: IdInPath, response: answers },
      config,
    },
    async (request) => toModeratedReviewWire(await approveReview(app, request.params)),
  )
  server.post(
    `${REVIEW}reject/`,
    {
      schema: {
        operationId: 'rejectReview',
        tags,
        summary: 'Hide a review',
        params: IdInPath,
        body: RejectionWire,
        response: { ...answers, 400: Problem },
      },
      config,
    },
    async (request) => toModeratedReviewWire(await rejectReview(app, request.params, request.body.reason)),
  )
}
