/** The nexus surface: accounts under /api/auth, goods under /api/catalog, a file a noun. */
import type { FastifyPluginAsync } from 'fastify'
import type { App } from '../../commerce/app.ts'
import { refuseOtherMethods } from '../http/other-methods.ts'
import { answerRefusals } from '../http/refusal-answers.ts'
import type { Routes, Server } from '../http/server.ts'
import { catalogueNouns } from './catalogue.ts'
import { googleRoutes } from './google.ts'
import { loginHistoryRoutes } from './login-history.ts'
import { meRoutes } from './me.ts'
import { passwordRoutes } from './passwords.ts'
import { phraseForNexus } from './refusals.ts'
import { registrationRoutes } from './registration.ts'
import { securityClaimRoutes } from './security-claims.ts'
import { signInRoutes } from './sign-in.ts'
import { verificationRoutes } from './verification.ts'

const accountNouns: Routes[] = [
  registrationRoutes,
  verificationRoutes,
  signInRoutes,
  googleRoutes,
  passwordRoutes,
  meRoutes,
  loginHistoryRoutes,
  securityClaimRoutes,
]

export const nexusAccounts = (app: App) => scopeOf(app, accountNouns)
export const nexusCatalogue = (app: App) => scopeOf(app, catalogueNouns)

const scopeOf =
  (app: App, nouns: Routes[]): FastifyPluginAsync =>
  async (server) => {
    answerRefusals(server, app, phraseForNexus)
    // Nothing in its addresses says which document they belong to.
    server.addHook('onRoute', ({ config }) => {
      if (config) config.surfaces ??= ['nexus']
    })
    const addRefusals = refuseOtherMethods(server)
    for (const routes of nouns) await routes(server as Server, app)
    addRefusals()
  }
