/** The shared paths: /api/products and /api/search, where the clients of several documents are answered at once (marketplace.md, section 3). */
import type { FastifyPluginAsync } from 'fastify'
import type { App } from '../../commerce/app.ts'
import { compressAnswers } from '../http/compress.ts'
import { identify } from '../http/envelope.ts'
import { refuseOtherMethods } from '../http/other-methods.ts'
import { answerRefusalsOfRoutes } from '../http/refusal-answers.ts'
import type { Routes, Server } from '../http/server.ts'
import { keepVisitors } from '../http/visitor-session.ts'
import { imageRoutes } from './images.ts'
import { productWriteRoutes } from './product-writes.ts'
import { productRoutes } from './products.ts'
import { phraseForUnion } from './refusals.ts'
import { reviewRoutes } from './reviews.ts'
import { searchRoutes } from './search.ts'
import { stockAlertRoutes } from './stock-alerts.ts'
import { stockTransactionRoutes } from './stock-transactions.ts'
import { suggestionRoutes } from './suggestions.ts'
import { variantRoutes } from './variants.ts'

const nouns: Routes[] = [
  productRoutes,
  productWriteRoutes,
  variantRoutes,
  imageRoutes,
  reviewRoutes,
  stockTransactionRoutes,
  stockAlertRoutes,
  searchRoutes,
  suggestionRoutes,
]

export const unionSurface =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    // For addresses that there are not, the storefront answers.
    answerRefusalsOfRoutes(server, app, phraseForUnion(app))
    compressAnswers(server)
    keepVisitors(server, app.config)
    server.addHook('onRequest', (request, reply, done) => {
      reply.header('X-Request-ID', identify(request))
      done()
    })
    // Nothing in its addresses says which documents they belong to.
    server.addHook('onRoute', ({ config }) => {
      if (!config) return
      config.surfaces ??= ['storefront', 'marketplace']
      config.uuidRequestIds = true
    })
    const addRefusals = refuseOtherMethods(server)
    for (const routes of nouns) await routes(server as Server, app)
    addRefusals()
  }
