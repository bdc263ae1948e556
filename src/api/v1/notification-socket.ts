/** /ws/v1/notifications/: the live stream of notices as a WebSocket (V1-374, V1-442). */
import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import type { Holder, LiveNotices } from '#commerce/notifications'
import { Refusal } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'
import { answerRefusals } from '../http/refusal-answers.ts'
import { toNoticeWire } from './notifications.wire.ts'
import { lastSeen, onlookerOf, StreamQuery } from './onlooker.ts'
import { phraseForV1 } from './refusals.ts'

const WAITING_MAX = 256 * 1024
/** As the protocol has it: a try that failed, try again later, and we are going away. */
const REFUSED = 1008
const GOING_AWAY = 1001
const TRY_AGAIN = 1013

/** Each message is a Notification; nothing that is sent to us is read. `live` is closed with the server. */
export const notificationSocket =
  (app: App, live: LiveNotices): FastifyPluginAsync =>
  async (server) => {
    answerRefusals(server, app, phraseForV1)
    const holders = new WeakMap<FastifyRequest, Holder>()
    server.route<{ Querystring: { ticket?: string; last_event_id?: string } }>({
      method: 'GET',
      url: '/notifications/',
      exposeHeadRoute: false,
      schema: { hide: true, querystring: StreamQuery },
      config: { access: 'token', holdsTokens: true, sqlBudget: 5 },
      // Before the connection becomes one: who may not in is answered as by any route.
      preHandler: async (request) => {
        if (request.ws) holders.set(request, await onlookerOf(app, request))
      },
      handler: (_request, reply) =>
        reply.code(426).header('Upgrade', 'websocket').send({ detail: 'This address speaks WebSocket.' }),
      wsHandler: async (socket, request) => {
        let isThere = true
        socket.on('pong', () => {
          isThere = true
        })
        socket.on('error', () => socket.terminate())
        try {
          const leave = await live.join(
            {
              ...holders.get(request)!,
              send: (notice) => {
                if (socket.bufferedAmount > WAITING_MAX) socket.terminate()
                else socket.send(JSON.stringify(toNoticeWire(notice)))
              },
              beat: () => {
                if (!isThere) return socket.terminate()
                isThere = false
                socket.ping()
              },
              end: () => socket.close(GOING_AWAY),
            },
            lastSeen(request),
          )
          socket.on('close', leave)
          if (socket.readyState !== socket.OPEN) leave()
        } catch (error) {
          if (error instanceof Refusal) return socket.close(REFUSED, 'Too many streams are open.')
          app.log.error({ err: error }, 'a socket could not be served')
          socket.close(TRY_AGAIN)
        }
      },
    })
  }
