/** Returns: what a buyer sends back, and what staff makes of it (V1-309, V1-310). */
import { Type } from 'typebox'
import { receiveReturn } from '#commerce/checkout'
import { decideReturn, getOrderByNumber, listReturns, type Return, requestReturn } from '#commerce/orders'
import type { App } from '../../commerce/app.ts'
import { viewerOf } from '../http/access.ts'
import { answerOnce } from '../http/idempotency.ts'
import { PageOf, PageQuery, pageWanted, toPage } from '../http/paging.ts'
import type { Routes, Server } from '../http/server.ts'
import { IdInPath, Problem } from '../http/wire.ts'
import { OrderNumberInPath } from './orders.wire.ts'
import { DecideReturnWire, RequestReturnWire, ReturnStatus, ReturnWire, toReturnWire } from './returns.wire.ts'

const tags = ['returns']
const RETURNS_OF_ORDER = '/orders/:order_number/returns/'

export const returnRoutes: Routes = (server, app) => {
  requestReturnRoute(server, app)
  listReturnsOfOrderRoute(server, app)
  listReturnsRoute(server, app)
  decideReturnRoute(server, app, 'approved')
  decideReturnRoute(server, app, 'rejected')
  receiveReturnRoute(server, app)
}

function requestReturnRoute(server: Server, app: App): void {
  server.post(
    RETURNS_OF_ORDER,
    {
      schema: {
        operationId: 'requestReturn',
        summary: 'Send something back',
        description: 'Within 30 days after the delivery. Staff decides on it.',
        tags,
        params: OrderNumberInPath,
        body: RequestReturnWire,
        response: { 201: ReturnWire, 400: Problem, 401: Problem, 404: Problem, 409: Problem },
      },
      config: { access: 'user', sqlBudget: 10 },
    },
    async (request, reply) => {
      const { accountId } = viewerOf(request)
      const { items, reason } = request.body
      const wish = {
        order: { number: request.params.order_number },
        items: items.map(({ order_item_id: lineId, quantity }) => ({ lineId, quantity })),
        reason,
      }
      return answerOnce(app, request, reply, 201, toReturnWire, (alongside) =>
        requestReturn(app, accountId, wish, alongside),
      )
    },
  )
}

function listReturnsOfOrderRoute(server: Server, app: App): void {
  server.get(
    RETURNS_OF_ORDER,
    {
      schema: {
        operationId: 'listReturnsOfOrder',
        summary: 'The returns of an order, newest first',
        tags,
        params: OrderNumberInPath,
        querystring: Type.Object(PageQuery),
        response: { 200: PageOf(ReturnWire), 401: Problem, 404: Problem },
      },
      config: { access: 'user', sqlBudget: 4 },
    },
    async (request) => {
      const viewer = viewerOf(request)
      const scope = { accountId: viewer.isStaff ? null : viewer.accountId }
      const wanted = pageWanted(request.query)
      const { id: orderId } = await getOrderByNumber(app.db, request.params.order_number, scope)
      return toPage(
        request,
        app.config.PUBLIC_URL,
        wanted,
        await listReturns(app.db, { orderId }, wanted),
        toReturnWire,
      )
    },
  )
}

function listReturnsRoute(server: Server, app: App): void {
  server.get(
    '/returns/',
    {
      schema: {
        operationId: 'listReturns',
        summary: 'The returns of everybody, newest first',
        tags,
        querystring: Type.Object({ ...PageQuery, status: Type.Optional(ReturnStatus) }),
        response: { 200: PageOf(ReturnWire), 400: Problem, 401: Problem, 403: Problem, 404: Problem },
      },
      config: { access: 'staff', sqlBudget: 3 },
    },
    async (request) => {
      const { query } = request
      const wanted = pageWanted(query)
      const filter = query.status ? { status: query.status } : {}
      return toPage(request, app.config.PUBLIC_URL, wanted, await listReturns(app.db, filter, wanted), toReturnWire)
    },
  )
}

const DEEDS = {
  approved: { path: 'approve', operationId: 'approveReturn', summary: 'Let something be sent back' },
  rejected: { path: 'reject', operationId: 'rejectReturn', summary: 'Do not take something back' },
} as const

function decideReturnRoute(server: Server, app: App, verdict: keyof typeof DEEDS): void {
  const { path, operationId, summary } = DEEDS[verdict]
  server.post(
    `/returns/:id/${path}/`,
    {
      schema: {
        operationId,
        summary,
        tags,
        params: IdInPath,
        body: DecideReturnWire,
        response: { 200: ReturnWire, 400: Problem, 401: Problem, 403: Problem, 404: Problem },
      },
      config: { access: 'staff', sqlBudget: 11 },
    },
    async (request) => {
      const note = request.body.note ?? undefined
      return toReturnWire(await decideReturn(app, request.params.id, { verdict, note }))
    },
  )
}

function receiveReturnRoute(server: Server, app: App): void {
  server.post(
    '/returns/:id/receive/',
    {
      schema: {
        operationId: 'receiveReturn',
        summary: 'The goods are back: into stock, and the money goes back',
        tags,
        params: IdInPath,
        response: { 200: ReturnWire, 400: Problem, 401: Problem, 403: Problem, 404: Problem, 409: Problem },
      },
      config: { access: 'staff', sqlBudget: 36 },
    },
    async (request, reply) =>
      answerOnce<Return, ReturnType<typeof toReturnWire>>(app, request, reply, 200, toReturnWire, (alongside) =>
        receiveReturn(app, request.params.id, 'staff', alongside),
      ),
  )
}
