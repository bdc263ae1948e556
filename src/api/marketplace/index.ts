/** The marketplace: /accounts, a file a noun. */
import type { FastifyPluginAsync } from 'fastify'
import type { App } from '../../commerce/app.ts'
import { compressAnswers } from '../http/compress.ts'
import { identify } from '../http/envelope.ts'
import { refuseOtherMethods } from '../http/other-methods.ts'
import { answerRefusals, answerRefusalsOfRoutes } from '../http/refusal-answers.ts'
import type { Routes, Server } from '../http/server.ts'
import { accountDataRoutes } from './account-data.ts'
import { analyticsRoutes } from './analytics.ts'
import { cartRoutes } from './cart.ts'
import { orderRoutes } from './orders.ts'
import { passwordRoutes } from './passwords.ts'
import { profileRoutes } from './profile.ts'
import { recommendationRoutes } from './recommendations.ts'
import { phraseForMarketplace } from './refusals.ts'
import { registrationRoutes } from './registration.ts'
import { signInRoutes } from './sign-in.ts'
import { systemHealthRoutes } from './system.ts'
import { twoFactorRoutes } from './two-factor.ts'

const nouns: Routes[] = [
  registrationRoutes,
  signInRoutes,
  passwordRoutes,
  profileRoutes,
  twoFactorRoutes,
  accountDataRoutes,
]

/** Accounts; `routesOf` are others that answer in the envelopes of this surface. */
export const marketplaceSurface = (app: App, routesOf: Routes[] = nouns): FastifyPluginAsync =>
  inEnvelopes(app, routesOf, answerRefusals)

/** Its cart, orders and figures lie below /api: for addresses that there are not, the storefront answers there. */
export const marketplaceShopping = (app: App): FastifyPluginAsync =>
  inEnvelopes(
    app,
    [cartRoutes, orderRoutes, analyticsRoutes, recommendationRoutes, systemHealthRoutes],
    answerRefusalsOfRoutes,
  )

const inEnvelopes =
  (app: App, routesOf: Routes[], refuse: typeof answerRefusals): FastifyPluginAsync =>
  async (server) => {
    refuse(server, app, phraseForMarketplace(app))
    compressAnswers(server)
    server.addHook('onRequest', (request, reply, done) => {
      reply.header('X-Request-ID', identify(request))
      done()
    })
    // Nothing in its addresses says which document they belong to.
    server.addHook('onRoute', ({ config }) => {
      if (!config) return
      config.surfaces ??= ['marketplace']
      config.uuidRequestIds = true
    })
    const addRefusals = refuseOtherMethods(server)
    for (const routes of routesOf) await routes(server as Server, app)
    addRefusals()
  }
