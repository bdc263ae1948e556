/** The v1 surface: /api/v1, a file a noun. */
import type { FastifyPluginAsync } from 'fastify'
import type { App } from '../../commerce/app.ts'
import { refuseOtherMethods } from '../http/other-methods.ts'
import { answerRefusals } from '../http/refusal-answers.ts'
import type { Routes, Server } from '../http/server.ts'
import { accountDataRoutes } from './account-data.ts'
import { addressRoutes } from './addresses.ts'
import { brandRoutes } from './brands.ts'
import { cartRoutes } from './cart.ts'
import { categoryRoutes } from './categories.ts'
import { orderRoutes } from './orders.ts'
import { passkeyRoutes } from './passkeys.ts'
import { passwordRoutes } from './passwords.ts'
import { paymentWebhookRoutes } from './payment-webhooks.ts'
import { paymentRoutes } from './payments.ts'
import { productWriteRoutes } from './product-writes.ts'
import { productRoutes } from './products.ts'
import { phraseForV1 } from './refusals.ts'
import { registrationRoutes } from './registration.ts'
import { searchRoutes } from './search.ts'
import { searchStaffRoutes } from './search-staff.ts'
import { securityRoutes } from './security.ts'
import { sessionRoutes } from './sessions.ts'
import { shippingRoutes } from './shipping.ts'
import { signInRoutes } from './sign-in.ts'
import { staffUserRoutes } from './staff-users.ts'
import { twoFactorRoutes } from './two-factor.ts'
import { userRoutes } from './users.ts'
import { variantRoutes } from './variants.ts'

const nouns: Routes[] = [
  registrationRoutes,
  signInRoutes,
  twoFactorRoutes,
  passkeyRoutes,
  passwordRoutes,
  sessionRoutes,
  orderRoutes,
  paymentWebhookRoutes,
  paymentRoutes,
  cartRoutes,
  shippingRoutes,
  productRoutes,
  productWriteRoutes,
  variantRoutes,
  searchRoutes,
  searchStaffRoutes,
  categoryRoutes,
  brandRoutes,
  addressRoutes,
  userRoutes,
  accountDataRoutes,
  staffUserRoutes,
  securityRoutes,
]

export const v1Surface =
  (app: App): FastifyPluginAsync =>
  async (server) => {
    answerRefusals(server, app, phraseForV1)
    const addRefusals = refuseOtherMethods(server)
    for (const routes of nouns) await routes(server as Server, app)
    addRefusals()
  }
