/** What a buyer is told by mail about an order. May run twice: the event id is the key of the letter. */
import {
  getInvoicePdf,
  getOrder,
  type Order,
  type orderCancelled,
  type orderPaid,
  type orderPlaced,
} from '#commerce/orders'
import { inTransaction } from '#platform/database'
import type { EventOf } from '#platform/events'
import { type Attachment, queueLetter } from '#platform/mail'
import type { App } from '../app.ts'
import { composeLetter, shopOf } from './letters/compose-letter.ts'
import type { LetterContent } from './letters/letter-content.ts'
import {
  cancellationLetter,
  confirmationLetter,
  paidConfirmationLetter,
  receiptLetter,
} from './letters/order-letters.ts'
import { howToTell } from './preferences.ts'
import type { Words } from './texts/words.ts'

type OrderEvent = EventOf<typeof orderPlaced>

/**
 * An order was placed (V1-300). Where nothing is paid beforehand, the invoice comes with it. On the storefront there is one letter,
 * once it is paid (SF-304, SF-325).
 */
export async function sendOrderConfirmation(app: App, event: OrderEvent): Promise<void> {
  const order = await getOrder(app.db, event.payload.orderId)
  if (order.channel === 'storefront' && order.paymentMethod !== 'cod') return
  await send(app, order, `order-confirmation-${event.id}`, {
    compose: confirmationLetter,
    withInvoice: order.paymentMethod === 'cod',
  })
}

/** An order was paid: the receipt, with the invoice (V1-334). */
export async function sendPaymentReceipt(app: App, event: EventOf<typeof orderPaid>): Promise<void> {
  const order = await getOrder(app.db, event.payload.orderId)
  await send(app, order, `payment-receipt-${event.id}`, {
    compose: order.channel === 'storefront' ? paidConfirmationLetter : receiptLetter,
    withInvoice: true,
  })
}

/** An order was cancelled (V1-307). */
export async function sendCancellation(app: App, event: EventOf<typeof orderCancelled>): Promise<void> {
  const order = await getOrder(app.db, event.payload.orderId)
  await send(app, order, `order-cancellation-${event.id}`, { compose: cancellationLetter, withInvoice: false })
}

type Message = { compose: (words: Words, order: Order) => LetterContent; withInvoice: boolean }

/** An order without an e-mail address has nobody to write to: it is told inside the shop alone. */
async function send(app: App, order: Order, key: string, { compose, withInvoice }: Message): Promise<void> {
  const { email } = order
  if (!email) return
  const { email: byMail, words } = await howToTell(app, order.accountId, 'order_updates')
  if (!byMail) return
  const attachments = withInvoice ? [await attachInvoice(app, order)] : []
  const letter = { key, to: email, ...composeLetter(words, compose(words, order), shopOf(app.config)), attachments }
  await inTransaction(app.db, (tx) => queueLetter(app.jobs, tx, letter))
}

async function attachInvoice(app: App, order: Order): Promise<Attachment> {
  const { filename, bytes } = await getInvoicePdf(app, order)
  return { filename, contentType: 'application/pdf', base64: bytes.toString('base64') }
}
