/** /api/v1/notifications/stream/: what I am told, as it is told (V1-374), and the ticket to it. */
import { Type } from 'typebox'
import { issueTicket, type LiveNotices, TICKET_SECONDS } from '#commerce/notifications'
import type { App } from '../../commerce/app.ts'
import { viewerOf } from '../http/access.ts'
import { EVENTS_ANSWER, openEventStream } from '../http/event-stream.ts'
import type { Routes, Server } from '../http/server.ts'
import { Problem } from '../http/wire.ts'
import { toNoticeWire } from './notifications.wire.ts'
import { lastSeen, onlookerOf, StreamQuery } from './onlooker.ts'

const tags = ['notifications']
/** `live` is closed with the server. */
export const notificationStreamRoutes =
  (live: LiveNotices): Routes =>
  (server, app) => {
    ticketRoute(server, app)
    streamRoute(server, app, live)
  }

function ticketRoute(server: Server, app: App): void {
  server.post(
    '/notifications/ticket/',
    {
      schema: {
        operationId: 'issueNotificationTicket',
        tags,
        summary: 'A ticket to the live stream, for browsers that can send no header: it admits once, within a minute',
        response: {
          201: Type.Object(
            { ticket: Type.String(), expires_in: Type.Integer({ description: 'seconds' }) },
            { title: 'NotificationTicket' },
          ),
          401: Problem,
        },
      },
      config: { access: 'user', sqlBudget: 4 },
    },
    async (request, reply) => {
      const ticket = await issueTicket(app, viewerOf(request))
      return reply.code(201).send({ ticket, expires_in: TICKET_SECONDS })
    },
  )
}

function streamRoute(server: Server, app: App, live: LiveNotices): void {
  server.get(
    '/notifications/stream/',
    {
      exposeHeadRoute: false,
      schema: {
        operationId: 'streamNotifications',
        tags,
        summary: 'Server-sent events: one `notification` for each notice, a comment every 25 seconds',
        description:
          'The data of each event is a Notification. With `Last-Event-ID`, or `last_event_id`, what was told since that one comes first. The same comes by WebSocket at /ws/v1/notifications/.',
        querystring: StreamQuery,
        response: {
          200: EVENTS_ANSWER,
          401: Problem,
          429: Problem,
        },
      },
      config: { access: 'token', holdsTokens: true, sqlBudget: 5, isEndless: true },
    },
    async (request, reply) => {
      const holder = await onlookerOf(app, request)
      const events = openEventStream()
      const leave = await live.join(
        {
          ...holder,
          send: (notice) => events.send('notification', toNoticeWire(notice), notice.id),
          beat: events.beat,
          end: events.end,
        },
        lastSeen(request),
      )
      events.onClose(leave)
      return events.answer(request, reply) as never
    },
  )
}
