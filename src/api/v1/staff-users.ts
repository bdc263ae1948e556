/** /api/v1/users/: the users, for staff (V1-152). */
import {
  changeAccountByStaff,
  endSessionsByStaff,
  getAccount,
  listAccounts,
  resetSecondFactor,
} from '#commerce/identity'
import type { App } from '../../commerce/app.ts'
import { viewerOf } from '../http/access.ts'
import { PageOf, pageWanted, toPage } from '../http/paging.ts'
import type { Routes, Server } from '../http/server.ts'
import { IdInPath, Nothing, Problem } from '../http/wire.ts'
import { DeactivatedWire, toDeactivatedWire } from './sessions.wire.ts'
import { toAccountFilter, toStandingChanges, UserChangesWire, UserQuery } from './staff-users.wire.ts'
import { toUserWire, UserWire } from './users.wire.ts'

const USERS = '/users/'
const USER = `${USERS}:id/`
const tags = ['users']
const access = 'staff'
const refused = { 401: Problem, 403: Problem, 404: Problem }

export const staffUserRoutes: Routes = (server, app) => {
  readRoutes(server, app)
  changeRoute(server, app)
  shutRoutes(server, app)
}

function readRoutes(server: Server, app: App): void {
  server.get(
    USERS,
    {
      schema: {
        operationId: 'listUsers',
        tags,
        summary: 'All users, the newest first',
        querystring: UserQuery,
        response: { 200: PageOf(UserWire), 400: Problem, ...refused },
      },
      config: { access, sqlBudget: 3 },
    },
    async (request) => {
      const wanted = pageWanted(request.query)
      const listed = await listAccounts(app.db, toAccountFilter(request.query), wanted)
      return toPage(request, app.config.PUBLIC_URL, wanted, listed, toUserWire)
    },
  )
  server.get(
    USER,
    {
      schema: {
        operationId: 'getUser',
        tags,
        summary: 'One user',
        params: IdInPath,
        response: { 200: UserWire, ...refused },
      },
      config: { access, sqlBudget: 2 },
    },
    async (request) => toUserWire(await getAccount(app.db, request.params.id)),
  )
}

function changeRoute(server: Server, app: App): void {
  server.patch(
    USER,
    {
      schema: {
        operationId: 'changeUser',
        tags,
        summary: 'Change names and standing of a user',
        params: IdInPath,
        body: UserChangesWire,
        response: { 200: UserWire, 400: Problem, ...refused },
      },
      config: { access, sqlBudget: 8 },
    },
    async (request) => {
      const { accountId } = viewerOf(request)
      return toUserWire(await changeAccountByStaff(app, accountId, request.params.id, toStandingChanges(request.body)))
    },
  )
}

function shutRoutes(server: Server, app: App): void {
  server.post(
    `${USER}end-sessions/`,
    {
      schema: {
        operationId: 'endSessionsOfUser',
        tags,
        summary: 'End all sessions of a user, on every surface',
        params: IdInPath,
        response: { 200: DeactivatedWire, ...refused },
      },
      config: { access, sqlBudget: 5 },
    },
    async (request) => toDeactivatedWire(await endSessionsByStaff(app, viewerOf(request).accountId, request.params.id)),
  )
  server.post(
    `${USER}reset-two-factor/`,
    {
      schema: {
        operationId: 'resetTwoFactorOfUser',
        tags,
        summary: 'For who has lost the second factor: the password alone is enough again. Superusers only',
        params: IdInPath,
        response: { 204: Nothing, ...refused },
      },
      config: { access, sqlBudget: 9 },
    },
    async (request, reply) => {
      await resetSecondFactor(app, viewerOf(request).accountId, request.params.id)
      return reply.code(204).send()
    },
  )
}
