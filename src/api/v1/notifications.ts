/** /api/v1/notifications/: what the signed-in user was told inside the shop (V1-370, V1-371). */
import { Type } from 'typebox'
import {
  countUnreadNotices,
  listNotices,
  markAllNoticesRead,
  markNoticeRead,
  removeNotice,
} from '#commerce/notifications'
import type { App } from '../../commerce/app.ts'
import { viewerOf } from '../http/access.ts'
import { readFlag } from '../http/filters.ts'
import { PageQuery, pageWanted, toPage } from '../http/paging.ts'
import type { Routes, Server } from '../http/server.ts'
import { IdInPath, Nothing, Problem } from '../http/wire.ts'
import { NoticePageWire, NoticeWire, toNoticeWire } from './notifications.wire.ts'

const tags = ['notifications']
const access = 'user'
const refused = { 401: Problem, 404: Problem }

export const notificationRoutes: Routes = (server, app) => {
  listRoutes(server, app)
  deedRoutes(server, app)
}

function listRoutes(server: Server, app: App): void {
  server.get(
    '/notifications/',
    {
      schema: {
        operationId: 'listNotifications',
        tags,
        summary: 'What I was told, newest first',
        querystring: Type.Object({
          ...PageQuery,
          unread: Type.Optional(Type.String({ description: 'true: only what I have not read' })),
        }),
        response: { 200: NoticePageWire, 400: Problem, ...refused },
      },
      config: { access, sqlBudget: 3 },
    },
    async (request) => {
      const wanted = pageWanted(request.query)
      const { accountId } = viewerOf(request)
      const isUnread = readFlag('unread', request.query.unread)
      const listed = await listNotices(app.db, { accountId, isUnread }, wanted)
      return toPage(request, app.config.PUBLIC_URL, wanted, listed, toNoticeWire)
    },
  )

  server.get(
    '/notifications/unread-count/',
    {
      schema: {
        operationId: 'countUnreadNotifications',
        tags,
        summary: 'How many I have not read',
        response: { 200: Type.Object({ unread: Type.Integer() }, { title: 'UnreadCount' }), 401: Problem },
      },
      config: { access, sqlBudget: 2 },
    },
    async (request) => ({ unread: await countUnreadNotices(app.db, viewerOf(request).accountId) }),
  )
}

function deedRoutes(server: Server, app: App): void {
  server.post(
    '/notifications/read-all/',
    {
      schema: {
        operationId: 'readAllNotifications',
        tags,
        summary: 'I have read them all',
        response: { 200: Type.Object({ updated: Type.Integer() }, { title: 'UpdatedCount' }), 401: Problem },
      },
      config: { access, sqlBudget: 4 },
    },
    async (request) => ({ updated: await markAllNoticesRead(app, viewerOf(request).accountId) }),
  )

  server.post(
    '/notifications/:id/read/',
    {
      schema: {
        operationId: 'readNotification',
        tags,
        summary: 'I have read one',
        params: IdInPath,
        response: { 200: NoticeWire, ...refused },
      },
      config: { access, sqlBudget: 4 },
    },
    async (request) => toNoticeWire(await markNoticeRead(app, viewerOf(request).accountId, request.params.id)),
  )

  server.delete(
    '/notifications/:id/',
    {
      schema: {
        operationId: 'removeNotification',
        tags,
        summary: 'Take one away',
        params: IdInPath,
        response: { 204: Nothing, ...refused },
      },
      config: { access, sqlBudget: 4 },
    },
    async (request, reply) => {
      await removeNotice(app, viewerOf(request).accountId, request.params.id)
      return reply.code(204).send()
    },
  )
}
