/** What belongs to no surface: health, the API documents, files. */
import type { FastifyPluginAsync } from 'fastify'
import type { App } from '../../commerce/app.ts'
import { refuseOtherMethods } from '../http/other-methods.ts'
import type { Server } from '../http/server.ts'
import { docPages } from './doc-pages.ts'
import { fileRoutes } from './files.ts'
import { healthRoute } from './health.ts'
import { metricsRoute } from './metrics.ts'
import { payPage } from './pay-page.ts'
import { schemaRoute } from './schema.ts'

export { describeRoutes } from './openapi.ts'

export const systemRoutes =
  (app: App): FastifyPluginAsync =>
  async (scope) => {
    const server = scope as Server
    const addRefusals = refuseOtherMethods(server)
    healthRoute(server, app)
    schemaRoute(server)
    metricsRoute(server, app)
    await docPages(server)
    fileRoutes(server, app)
    await payPage(server, app)
    addRefusals()
  }
