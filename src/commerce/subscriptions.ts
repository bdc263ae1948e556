/** Who reacts to what. The whole flow of events is in this table. */
import { noteSignIn, noteSignOut } from '#commerce/analytics'
import { stopParcels } from '#commerce/checkout'
import {
  accountRegistered,
  claimRaised,
  credentialsChanged,
  passwordResetRequested,
  signedIn,
  signedOut,
  suspiciousSignIn,
  verificationRequested,
} from '#commerce/identity'
import {
  alertToClaim,
  alertToCredentials,
  alertToSuspicion,
  noteOrderCancelled,
  noteOrderPaid,
  noteOrderPlaced,
  noteShipmentSent,
  sendCancellation,
  sendOrderConfirmation,
  sendPasswordReset,
  sendPaymentReceipt,
  sendShipmentLetter,
  sendVerificationMail,
} from '#commerce/notifications'
import { orderCancelled, orderPaid, orderPlaced } from '#commerce/orders'
import { shipmentSent } from '#commerce/shipping'
import { on, type Subscription } from '#platform/events'
import type { App } from './app.ts'

export const subscriptions: Subscription<App>[] = [
  on(accountRegistered, { after: { sendVerificationMail } }),
  on(verificationRequested, { after: { sendVerificationMail } }),
  on(passwordResetRequested, { after: { sendPasswordReset } }),
  on(credentialsChanged, { after: { alertToCredentials } }),
  on(claimRaised, { after: { alertToClaim } }),
  on(suspiciousSignIn, { after: { alertToSuspicion } }),
  on(signedIn, { after: { noteSignIn } }),
  on(signedOut, { after: { noteSignOut } }),
  on(orderPlaced, { after: { sendOrderConfirmation, noteOrderPlaced } }),
  on(orderPaid, { after: { sendPaymentReceipt, noteOrderPaid } }),
  on(orderCancelled, { after: { sendCancellation, noteOrderCancelled, stopParcels } }),
  on(shipmentSent, { after: { sendShipmentLetter, noteShipmentSent } }),
]
