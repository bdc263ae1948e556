/** Who reacts to what. The whole flow of events is in this table. */
import { accountRegistered, verificationRequested } from '#commerce/identity'
import {
  noteOrderCancelled,
  noteOrderPaid,
  noteOrderPlaced,
  sendCancellation,
  sendOrderConfirmation,
  sendPaymentReceipt,
  sendVerificationMail,
} from '#commerce/notifications'
import { orderCancelled, orderPaid, orderPlaced } from '#commerce/orders'
import { on, type Subscription } from '#platform/events'
import type { App } from './app.ts'

export const subscriptions: Subscription<App>[] = [
  on(accountRegistered, { after: { sendVerificationMail } }),
  on(verificationRequested, { after: { sendVerificationMail } }),
  on(orderPlaced, { after: { sendOrderConfirmation, noteOrderPlaced } }),
  on(orderPaid, { after: { sendPaymentReceipt, noteOrderPaid } }),
  on(orderCancelled, { after: { sendCancellation, noteOrderCancelled } }),
]
