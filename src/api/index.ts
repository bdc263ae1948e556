/** All surfaces on one server. */
import websocket from '@fastify/websocket'
import { openLiveNotices } from '#commerce/notifications'
import type { App } from '../commerce/app.ts'
import type { Phrasing } from './http/refusal-answers.ts'
import { openServer, type Server } from './http/server.ts'
import { trackRequests } from './http/track-requests.ts'
import { marketplaceShopping, marketplaceSurface } from './marketplace/index.ts'
import { phraseForMarketplace } from './marketplace/refusals.ts'
import { nexusAccounts, nexusCatalogue } from './nexus/index.ts'
import { storefrontSurface } from './storefront/index.ts'
import { describeRoutes, systemRoutes } from './system/index.ts'
import { unionSurface } from './union/index.ts'
import { v1Surface } from './v1/index.ts'
import { notificationSocket } from './v1/notification-socket.ts'
import { phraseForV1 } from './v1/refusals.ts'

/** Nobody has anything to say to us by a socket. */
const MESSAGE_BYTES_MAX = 1024

/** The server with every route, ready to listen or to be injected. What belongs to no surface is phrased as v1 does. */
export async function buildServer(app: App): Promise<Server> {
  const server = openServer(app, phraseByAddress(app))
  trackRequests(server, app)
  const live = openLiveNotices(app)
  // Before it waits for what is under way: these would be for ever.
  server.addHook('preClose', async () => live.close())
  await server.register(websocket, { options: { maxPayload: MESSAGE_BYTES_MAX } })
  await describeRoutes(server)
  await server.register(systemRoutes(app))
  await server.register(v1Surface(app, live), { prefix: '/api/v1' })
  await server.register(notificationSocket(app, live), { prefix: '/ws/v1' })
  await server.register(nexusAccounts(app), { prefix: '/api/auth' })
  await server.register(nexusCatalogue(app), { prefix: '/api/catalog' })
  await server.register(storefrontSurface(app), { prefix: '/api' })
  await server.register(unionSurface(app), { prefix: '/api' })
  await server.register(marketplaceSurface(app), { prefix: '/accounts' })
  await server.register(marketplaceShopping(app), { prefix: '/api' })
  await server.ready()
  return server
}

/** Below these the envelope of the marketplace is spoken; its `detail` is what others read on the same paths (MP-010, MP-050). */
const IN_ENVELOPE = /^\/(accounts|api\/(products|search|orders|analytics|recommendations))\//

/** An address that cannot be read leads to no surface; its beginning still tells whose words are expected. */
function phraseByAddress(app: App): Phrasing {
  const inEnvelope = phraseForMarketplace(app)
  return (refusal, request) => (IN_ENVELOPE.test(request.url) ? inEnvelope : phraseForV1)(refusal, request)
}
