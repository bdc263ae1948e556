/** /api/v1/auth/sessions/: where somebody is signed in (V1-105…V1-109). */
import { countSessions, endOtherSessions, endSession, listSessions } from '#commerce/identity'
import type { App } from '../../commerce/app.ts'
import { viewerOf } from '../http/access.ts'
import type { Routes, Server } from '../http/server.ts'
import { Problem } from '../http/wire.ts'
import { MessageWire } from './registration.wire.ts'
import {
  DeactivatedWire,
  SessionParams,
  SessionStatsWire,
  SessionsWire,
  toDeactivatedWire,
  toSessionStatsWire,
  toSessionWire,
} from './sessions.wire.ts'

const LIST = '/auth/sessions/'
const tags = ['sessions']
const access = 'user'

export const sessionRoutes: Routes = (server, app) => {
  readRoutes(server, app)
  endRoutes(server, app)
}

function readRoutes(server: Server, app: App): void {
  server.get(
    LIST,
    {
      schema: {
        operationId: 'listSessions',
        tags,
        summary: 'My active sessions, newest first',
        response: { 200: SessionsWire, 401: Problem },
      },
      config: { access, sqlBudget: 2 },
    },
    async (request) => {
      const { accountId, sessionId } = viewerOf(request)
      const sessions = await listSessions(app, accountId)
      return sessions.map((session) => toSessionWire(session, sessionId))
    },
  )
  server.get(
    `${LIST}stats/`,
    {
      schema: {
        operationId: 'countSessions',
        tags,
        summary: 'How many sessions I have, and what the rules are',
        response: { 200: SessionStatsWire, 401: Problem },
      },
      config: { access, sqlBudget: 2 },
    },
    async (request) => toSessionStatsWire(await countSessions(app, viewerOf(request).accountId), app.config),
  )
}

function endRoutes(server: Server, app: App): void {
  server.post(
    `${LIST}:session_id/deactivate/`,
    {
      schema: {
        operationId: 'endSession',
        tags,
        summary: 'End one of my sessions, the current one if I like',
        params: SessionParams,
        response: { 200: MessageWire, 401: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 4 },
    },
    async (request) => {
      await endSession(app, viewerOf(request).accountId, request.params.session_id)
      return { message: 'Session deactivated successfully.' }
    },
  )
  server.post(
    `${LIST}deactivate-all/`,
    {
      schema: {
        operationId: 'endOtherSessions',
        tags,
        summary: 'End all my sessions but this one',
        response: { 200: DeactivatedWire, 401: Problem },
      },
      config: { access, sqlBudget: 4 },
    },
    async (request) => {
      const { accountId, sessionId } = viewerOf(request)
      return toDeactivatedWire(await endOtherSessions(app, accountId, sessionId))
    },
  )
}
