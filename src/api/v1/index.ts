/** The v1 surface: /api/v1, a file a noun. */
import type { FastifyPluginAsync } from 'fastify'
import type { LiveNotices } from '#commerce/notifications'
import type { App } from '../../commerce/app.ts'
import { refuseOtherMethods } from '../http/other-methods.ts'
import { answerRefusals } from '../http/refusal-answers.ts'
import type { Routes, Server } from '../http/server.ts'
import { accountDataRoutes } from './account-data.ts'
import { addressRoutes } from './addresses.ts'
import { analyticsRoutes } from './analytics.ts'
import { analyticsExportRoutes } from './analytics-export.ts'
import { analyticsReportRoutes } from './analytics-reports.ts'
import { auditRoutes } from './audit.ts'
import { brandWriteRoutes } from './brand-writes.ts'
import { brandRoutes } from './brands.ts'
import { cartRoutes } from './cart.ts'
import { categoryRoutes } from './categories.ts'
import { categoryWriteRoutes } from './category-writes.ts'
import { couponRoutes } from './coupons.ts'
import { imageRoutes } from './images.ts'
import { inventoryAlertRoutes } from './inventory-alerts.ts'
import { inventoryLevelRoutes } from './inventory-levels.ts'
import { inventoryLocationRoutes } from './inventory-locations.ts'
import { inventoryMovementRoutes } from './inventory-movements.ts'
import { inventoryProposalRoutes } from './inventory-proposals.ts'
import { notificationPreferenceRoutes } from './notification-preferences.ts'
import { notificationStreamRoutes } from './notification-stream.ts'
import { notificationRoutes } from './notifications.ts'
import { orderCareRoutes } from './order-care.ts'
import { orderDocumentRoutes } from './order-documents.ts'
import { orderRoutes } from './orders.ts'
import { passkeyRoutes } from './passkeys.ts'
import { passwordRoutes } from './passwords.ts'
import { paymentWebhookRoutes } from './payment-webhooks.ts'
import { paymentRoutes } from './payments.ts'
import { productAlertRoutes } from './product-alerts.ts'
import { productFileRoutes } from './product-files.ts'
import { productWriteRoutes } from './product-writes.ts'
import { productRoutes } from './products.ts'
import { recommendationRoutes } from './recommendations.ts'
import { phraseForV1 } from './refusals.ts'
import { registrationRoutes } from './registration.ts'
import { returnRoutes } from './returns.ts'
import { reviewRoutes } from './reviews.ts'
import { searchRoutes } from './search.ts'
import { searchStaffRoutes } from './search-staff.ts'
import { securityRoutes } from './security.ts'
import { sessionRoutes } from './sessions.ts'
import { shipmentRoutes } from './shipments.ts'
import { shippingRoutes } from './shipping.ts'
import { shippingTariffRoutes } from './shipping-tariff.ts'
import { shippingWebhookRoutes } from './shipping-webhooks.ts'
import { shippingZoneRoutes } from './shipping-zones.ts'
import { signInRoutes } from './sign-in.ts'
import { staffUserRoutes } from './staff-users.ts'
import { twoFactorRoutes } from './two-factor.ts'
import { userRoutes } from './users.ts'
import { variantRoutes } from './variants.ts'
import { webhookDeliveryRoutes } from './webhook-deliveries.ts'
import { webhookEndpointRoutes } from './webhook-endpoints.ts'
import { wishlistRoutes } from './wishlist.ts'

const nouns: Routes[] = [
  registrationRoutes,
  signInRoutes,
  twoFactorRoutes,
  passkeyRoutes,
  passwordRoutes,
  sessionRoutes,
  orderRoutes,
  orderDocumentRoutes,
  orderCareRoutes,
  returnRoutes,
  paymentWebhookRoutes,
  paymentRoutes,
  cartRoutes,
  couponRoutes,
  shippingRoutes,
  shippingTariffRoutes,
  shippingZoneRoutes,
  shipmentRoutes,
  shippingWebhookRoutes,
  productRoutes,
  productWriteRoutes,
  productFileRoutes,
  variantRoutes,
  imageRoutes,
  searchRoutes,
  searchStaffRoutes,
  webhookEndpointRoutes,
  webhookDeliveryRoutes,
  notificationRoutes,
  recommendationRoutes,
  notificationPreferenceRoutes,
  analyticsRoutes,
  analyticsExportRoutes,
  analyticsReportRoutes,
  categoryRoutes,
  categoryWriteRoutes,
  brandRoutes,
  brandWriteRoutes,
  reviewRoutes,
  wishlistRoutes,
  productAlertRoutes,
  inventoryLocationRoutes,
  inventoryLevelRoutes,
  inventoryMovementRoutes,
  inventoryAlertRoutes,
  inventoryProposalRoutes,
  auditRoutes,
  addressRoutes,
  userRoutes,
  accountDataRoutes,
  staffUserRoutes,
  securityRoutes,
]

export const v1Surface =
  (app: App, live: LiveNotices): FastifyPluginAsync =>
  async (server) => {
    answerRefusals(server, app, phraseForV1)
    const addRefusals = refuseOtherMethods(server)
    for (const routes of [...nouns, notificationStreamRoutes(live)]) await routes(server as Server, app)
    addRefusals()
  }
