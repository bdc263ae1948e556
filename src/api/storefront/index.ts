/** The storefront: /api, a file a noun. */
import type { FastifyPluginAsync } from 'fastify'
import type { App } from '../../commerce/app.ts'
import { adminRoutes } from '../admin/index.ts'
import { refuseOtherMethods } from '../http/other-methods.ts'
import { answerRefusals } from '../http/refusal-answers.ts'
import type { Routes, Server } from '../http/server.ts'
import { keepVisitors } from '../http/visitor-session.ts'
import { addressRoutes } from './addresses.ts'
import { analyticsRoutes } from './analytics.ts'
import { bulkUploadRoutes } from './bulk-upload.ts'
import { cartRoutes } from './cart.ts'
import { categoryRoutes } from './categories.ts'
import { emailVerificationRoutes } from './email-verification.ts'
import { loginRoutes } from './login.ts'
import { logoutRoutes } from './logout.ts'
import { orderRoutes } from './orders.ts'
import { passwordResetRoutes } from './password-reset.ts'
import { paymentWebhookRoutes } from './payment-webhook.ts'
import { paymentRoutes } from './payments.ts'
import { profileRoutes } from './profile.ts'
import { phraseForStorefront } from './refusals.ts'
import { registrationRoutes } from './registration.ts'
import { resendRoutes } from './resend.ts'
import { shippingRoutes } from './shipping.ts'
import { tokenRoutes } from './tokens.ts'

const nouns: Routes[] = [
  tokenRoutes,
  registrationRoutes,
  loginRoutes,
  emailVerificationRoutes,
  resendRoutes,
  logoutRoutes,
  passwordResetRoutes,
  addressRoutes,
  profileRoutes,
  bulkUploadRoutes,
  categoryRoutes,
  cartRoutes,
  orderRoutes,
  paymentRoutes,
  paymentWebhookRoutes,
  shippingRoutes,
  analyticsRoutes,
  adminRoutes,
]

export const storefrontSurface =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    answerRefusals(server, app, phraseForStorefront)
    keepVisitors(server, app.config)
    // Nothing in its addresses says which document they belong to.
    server.addHook('onRoute', ({ config }) => {
      if (config) config.surfaces ??= ['storefront']
    })
    const addRefusals = refuseOtherMethods(server)
    for (const routes of nouns) await routes(server as Server, app)
    addRefusals()
  }
