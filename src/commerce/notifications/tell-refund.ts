/** Money went back: by mail with the credit note, and inside the shop. May run twice: the event id is the key. */
import { getCreditNotePdf, getOrder, listDocuments, type Order, type refundCredited } from '#commerce/orders'
import { getRefund } from '#commerce/payments'
import { inTransaction } from '#platform/database'
import type { EventOf } from '#platform/events'
import { type Attachment, queueLetter } from '#platform/mail'
import type { App } from '../app.ts'
import { composeLetter, shopOf } from './letters/compose-letter.ts'
import { refundLetter } from './letters/refund-letters.ts'
import { howToTell } from './preferences.ts'
import { tellBriefly } from './tell-briefly.ts'
import { moneyIn } from './texts/words.ts'

type RefundEvent = EventOf<typeof refundCredited>

export async function sendRefundLetter(app: App, { id, payload }: RefundEvent): Promise<void> {
  const order = await getOrder(app.db, payload.orderId)
  const { email } = order
  if (!email) return
  const { email: byMail, words } = await howToTell(app, order.accountId, 'order_updates')
  if (!byMail) return
  const { amountMinor } = await getRefund(app.db, payload.refundId)
  const attachments = await attachCreditNote(app, order, payload.refundId)
  const content = refundLetter(words, order, amountMinor, attachments.length > 0)
  const letter = composeLetter(words, content, shopOf(app.config))
  await inTransaction(app.db, (tx) =>
    queueLetter(app.jobs, tx, { key: `order-refunded-${id}`, to: email, ...letter, attachments }),
  )
}

/** Money that was never owed, as for an order paid twice, has none. */
async function attachCreditNote(app: App, order: Order, refundId: string): Promise<Attachment[]> {
  const note = (await listDocuments(app.db, order.id)).find((each) => each.refundId === refundId)
  if (!note) return []
  const { filename, bytes } = await getCreditNotePdf(app.db, note.number, { accountId: null })
  return [{ filename, contentType: 'application/pdf', base64: bytes.toString('base64') }]
}

export async function noteRefund(app: App, { id, payload }: RefundEvent): Promise<void> {
  const order = await getOrder(app.db, payload.orderId)
  const { accountId } = order
  if (accountId === null) return
  const { amountMinor } = await getRefund(app.db, payload.refundId)
  const type = 'order_refunded'
  const cause = { key: `${type}-${id}`, accountId, type, data: { order_number: order.number } }
  await tellBriefly(app, 'order_updates', cause, (words) => {
    const { title, body } = words.orders.notices.refunded
    return { title, body: body(order.number, moneyIn(words, amountMinor, order.currency)) }
  })
}
