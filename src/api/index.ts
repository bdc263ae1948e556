/** All surfaces on one server. */
import type { App } from '../commerce/app.ts'
import { openServer, type Server } from './http/server.ts'
import { storefrontSurface } from './storefront/index.ts'
import { describeRoutes, systemRoutes } from './system/index.ts'
import { v1Surface } from './v1/index.ts'
import { phraseForV1 } from './v1/refusals.ts'

/** The server with every route, ready to listen or to be injected. What belongs to no surface is phrased as v1 does. */
export async function buildServer(app: App): Promise<Server> {
  const server = openServer(app, phraseForV1)
  await describeRoutes(server)
  await server.register(systemRoutes(app))
  await server.register(v1Surface(app), { prefix: '/api/v1' })
  await server.register(storefrontSurface(app), { prefix: '/api' })
  await server.ready()
  return server
}
