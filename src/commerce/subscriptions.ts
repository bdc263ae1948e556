/** Who reacts to what. The whole flow of events is in this table. */
import {
  noteCartMerged,
  noteCheckout,
  notePurchase,
  noteSignIn,
  noteSignOut,
  refreshCustomerValue,
} from '#commerce/analytics'
import { cartMerged } from '#commerce/cart'
import { creditCancelled, creditRefund, stopParcels } from '#commerce/checkout'
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
  noteRefund,
  noteReturn,
  noteShipmentSent,
  sendCancellation,
  sendOrderConfirmation,
  sendPasswordReset,
  sendPaymentReceipt,
  sendRefundLetter,
  sendReturnLetter,
  sendShipmentLetter,
  sendVerificationMail,
} from '#commerce/notifications'
import {
  markReturnRefunded,
  orderCancelled,
  orderPaid,
  orderPlaced,
  refundCredited,
  returnDecided,
} from '#commerce/orders'
import { refundSucceeded } from '#commerce/payments'
import { shipmentSent } from '#commerce/shipping'
import { tellEndpoints } from '#commerce/webhooks'
import { on, type Subscription } from '#platform/events'
import type { App } from './app.ts'

export const subscriptions: Subscription<App>[] = [
  on(accountRegistered, { after: { sendVerificationMail, tellEndpoints: tellEndpoints('customer.registered') } }),
  on(verificationRequested, { after: { sendVerificationMail } }),
  on(passwordResetRequested, { after: { sendPasswordReset } }),
  on(credentialsChanged, { after: { alertToCredentials } }),
  on(claimRaised, { after: { alertToClaim } }),
  on(suspiciousSignIn, { after: { alertToSuspicion } }),
  on(signedIn, { after: { noteSignIn } }),
  on(signedOut, { after: { noteSignOut } }),
  on(cartMerged, { during: { noteCartMerged } }),
  on(orderPlaced, {
    after: { sendOrderConfirmation, noteOrderPlaced, noteCheckout, tellEndpoints: tellEndpoints('order.placed') },
  }),
  on(orderPaid, {
    after: {
      sendPaymentReceipt,
      noteOrderPaid,
      notePurchase,
      refreshCustomerValue,
      tellEndpoints: tellEndpoints('order.paid'),
    },
  }),
  on(orderCancelled, {
    after: {
      sendCancellation,
      noteOrderCancelled,
      stopParcels,
      creditCancelled,
      refreshCustomerValue,
      tellEndpoints: tellEndpoints('order.cancelled'),
    },
  }),
  on(refundSucceeded, {
    during: { settleReturn: (tx, { payload }) => markReturnRefunded(tx, payload.refundId) },
    after: { creditRefund },
  }),
  on(refundCredited, {
    after: { sendRefundLetter, noteRefund, refreshCustomerValue, tellEndpoints: tellEndpoints('refund.succeeded') },
  }),
  on(returnDecided, { after: { sendReturnLetter, noteReturn, tellEndpoints: tellEndpoints('return.decided') } }),
  on(shipmentSent, { after: { sendShipmentLetter, noteShipmentSent, tellEndpoints: tellEndpoints('shipment.sent') } }),
]
