/** /api/v1/admin/security/: who tries what, and who is in, for staff (V1-173). */
import { Type } from 'typebox'
import { endSessionByStaff, listAttempts, listSessionsOfAll, summarizeSecurity } from '#commerce/identity'
import type { App } from '../../commerce/app.ts'
import { viewerOf } from '../http/access.ts'
import { PageOf, PageQuery, pageWanted, toPage } from '../http/paging.ts'
import type { Routes, Server } from '../http/server.ts'
import { Problem } from '../http/wire.ts'
import { MessageWire } from './registration.wire.ts'
import {
  AttemptQuery,
  AttemptWire,
  SecuritySummaryWire,
  toAttemptFilter,
  toAttemptWire,
  toSecuritySummaryWire,
  toUserSessionWire,
  UserSessionWire,
} from './security.wire.ts'
import { SessionParams } from './sessions.wire.ts'

const SECURITY = '/admin/security/'
const tags = ['security']
const access = 'staff'
const refused = { 401: Problem, 403: Problem }

export const securityRoutes: Routes = (server, app) => {
  summaryRoute(server, app)
  listRoutes(server, app)
  terminateRoute(server, app)
}

function summaryRoute(server: Server, app: App): void {
  server.get(
    `${SECURITY}summary/`,
    {
      schema: {
        operationId: 'summarizeSecurity',
        tags,
        summary: 'Attempts of the last 24 hours and 7 days, and what is open now',
        response: { 200: SecuritySummaryWire, ...refused },
      },
      config: { access, sqlBudget: 3 },
    },
    async () => toSecuritySummaryWire(await summarizeSecurity(app)),
  )
}

function listRoutes(server: Server, app: App): void {
  const { PUBLIC_URL } = app.config
  server.get(
    `${SECURITY}attempts/`,
    {
      schema: {
        operationId: 'listSecurityAttempts',
        tags,
        summary: 'Attempts to sign in and the like, newest first; at most 10,000 that match are counted',
        querystring: AttemptQuery,
        response: { 200: PageOf(AttemptWire), 400: Problem, ...refused, 404: Problem },
      },
      config: { access, sqlBudget: 3 },
    },
    async (request) => {
      const wanted = pageWanted(request.query)
      const listed = await listAttempts(app.db, toAttemptFilter(request.query), wanted)
      return toPage(request, PUBLIC_URL, wanted, listed, toAttemptWire)
    },
  )
  server.get(
    `${SECURITY}sessions/`,
    {
      schema: {
        operationId: 'listSessionsOfAll',
        tags,
        summary: 'Active sessions of everybody, those in use first; at most 10,000 are counted',
        querystring: Type.Object(PageQuery),
        response: { 200: PageOf(UserSessionWire), ...refused, 404: Problem },
      },
      config: { access, sqlBudget: 3 },
    },
    async (request) => {
      const wanted = pageWanted(request.query)
      return toPage(request, PUBLIC_URL, wanted, await listSessionsOfAll(app, wanted), toUserSessionWire)
    },
  )
}

function terminateRoute(server: Server, app: App): void {
  server.post(
    `${SECURITY}sessions/:session_id/terminate/`,
    {
      schema: {
        operationId: 'terminateSession',
        tags,
        summary: 'End a session of anybody; those of superusers are ended by superusers',
        params: SessionParams,
        response: { 200: MessageWire, ...refused, 404: Problem },
      },
      config: { access, sqlBudget: 6 },
    },
    async (request) => {
      await endSessionByStaff(app, viewerOf(request).accountId, request.params.session_id)
      return { message: 'Session terminated successfully.' }
    },
  )
}
