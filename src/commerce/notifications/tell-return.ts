/** What becomes of a return that a buyer asked for: by mail, and inside the shop. May run twice: the event id is the key. */
import { getOrder, getReturn, type returnDecided } from '#commerce/orders'
import { inTransaction } from '#platform/database'
import type { EventOf } from '#platform/events'
import { queueLetter } from '#platform/mail'
import type { App } from '../app.ts'
import { composeLetter, shopOf } from './letters/compose-letter.ts'
import { returnLetter } from './letters/refund-letters.ts'
import { howToTell } from './preferences.ts'
import { tellBriefly } from './tell-briefly.ts'

type ReturnEvent = EventOf<typeof returnDecided>

export async function sendReturnLetter(app: App, { id, payload }: ReturnEvent): Promise<void> {
  const sentBack = await getReturn(app.db, payload.returnId)
  const { email, accountId } = await getOrder(app.db, sentBack.orderId)
  if (!email) return
  const { email: byMail, words } = await howToTell(app, accountId, 'order_updates')
  if (!byMail) return
  const letter = composeLetter(words, returnLetter(words, sentBack), shopOf(app.config))
  await inTransaction(app.db, (tx) =>
    queueLetter(app.jobs, tx, { key: `return-decided-${id}`, to: email, ...letter, attachments: [] }),
  )
}

export async function noteReturn(app: App, { id, payload }: ReturnEvent): Promise<void> {
  const { accountId, orderNumber, status } = await getReturn(app.db, payload.returnId)
  if (accountId === null) return
  const type = 'return_decided'
  const data = { order_number: orderNumber, return_id: payload.returnId }
  await tellBriefly(app, 'order_updates', { key: `${type}-${id}`, accountId, type, data }, ({ orders }) => {
    const { title, body } = status === 'rejected' ? orders.notices.returnDeclined : orders.notices.returnApproved
    return { title, body: body(orderNumber) }
  })
}
