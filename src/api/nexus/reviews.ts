/** /api/catalog/products/{slug}/reviews/: what buyers think (NX-090…NX-095). */
import { approveReview, listProductReviews, markPurchase, rejectReview, submitReview } from '#commerce/reviews'
import type { App } from '../../commerce/app.ts'
import { viewerOf } from '../http/access.ts'
import { pageWanted, toPage } from '../http/paging.ts'
import type { Routes, Server } from '../http/server.ts'
import { Problem, sent } from '../http/wire.ts'
import {
  MarkWire,
  RejectionWire,
  ReviewInPath,
  ReviewInputWire,
  ReviewPageWire,
  ReviewQuery,
  ReviewWire,
  toReviewWire,
} from './reviews.wire.ts'
import { handleOf, SlugInPath } from './slugs.ts'

const REVIEWS = '/products/:slug/reviews/'
const REVIEW = `${REVIEWS}:id/`
const tags = ['nexus catalogue']

export const reviewRoutes: Routes = (server, app) => {
  listRoute(server, app)
  submitRoute(server, app)
  moderationRoutes(server, app)
  markRoute(server, app)
}

function listRoute(server: Server, app: App): void {
  server.get(
    REVIEWS,
    {
      schema: {
        operationId: 'nexusListReviews',
        tags,
        summary: 'The approved reviews of a product, the newest first; staff may ask for another status',
        params: SlugInPath,
        querystring: ReviewQuery,
        response: { 200: ReviewPageWire, 400: Problem, 401: Problem, 404: Problem },
      },
      config: { access: 'visitor', sqlBudget: 4 },
    },
    async (request) => {
      const wanted = pageWanted(request.query)
      const isStaff = request.viewer?.isStaff ?? false
      const product = { handle: handleOf(request.params.slug), seesAll: isStaff }
      const filter = sent({ status: isStaff ? request.query.status : undefined })
      const listed = await listProductReviews(app.db, product, filter, wanted)
      return toPage(request, app.config.PUBLIC_URL, wanted, listed, toReviewWire)
    },
  )
}

function submitRoute(server: Server, app: App): void {
  server.post(
    REVIEWS,
    {
      schema: {
        operationId: 'nexusSubmitReview',
        tags,
        summary: 'Say what I think of a product, once; it is shown when it was approved',
        params: SlugInPath,
        body: ReviewInputWire,
        response: { 201: ReviewWire, 400: Problem, 401: Problem, 404: Problem },
      },
      config: { access: 'user', sqlBudget: 7 },
    },
    async (request, reply) => {
      const handle = handleOf(request.params.slug)
      const review = await submitReview(app, viewerOf(request).accountId, handle, request.body)
      return reply.code(201).send(toReviewWire(review))
    },
  )
}

const answers = { 200: ReviewWire, 401: Problem, 403: Problem, 404: Problem }
const config = { access: 'staff', sqlBudget: 7 } as const
const named = ({ slug, id }: { slug: string; id: number }) => ({ id, product: handleOf(slug) })

function moderationRoutes(server: Server, app: App): void {
  server.post(
    `${REVIEW}approve/`,
    {
      schema: {
        operationId: 'nexusApproveReview',
        tags,
        summary: 'Show a review',
        params: ReviewInPath,
        response: answers,
      },
      config,
    },
    async (request) => toReviewWire(await approveReview(app, named(request.params))),
  )
  server.post(
    `${REVIEW}reject/`,
    {
      schema: {
        operationId: 'nexusRejectReview',
        tags,
        summary: 'Hide a review',
        params: ReviewInPath,
        body: RejectionWire,
        response: { ...answers, 400: Problem },
      },
      config,
    },
    async (request) => toReviewWire(await rejectReview(app, named(request.params), request.body.reason)),
  )
}

function markRoute(server: Server, app: App): void {
  server.patch(
    REVIEW,
    {
      schema: {
        operationId: 'nexusMarkReview',
        tags,
        summary: 'Say whether its author counts as a buyer, whatever the orders say',
        params: ReviewInPath,
        body: MarkWire,
        response: { ...answers, 400: Problem },
      },
      config,
    },
    async (request) => toReviewWire(await markPurchase(app, named(request.params), request.body.is_verified_purchase)),
  )
}
