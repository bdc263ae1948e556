/** What becomes of a return that a buyer asked for: by mail, and inside the shop. May run twice: the event id is the key. */
import { getOrder, getReturn, type returnDecided } from '#commerce/orders'
import { inTransaction } from '#platform/database'
import type { EventOf } from '#platform/events'
import { queueLetter } from '#platform/mail'
import type { App } from '../app.ts'
import { composeLetter, shopOf } from './letters/compose-letter.ts'
import { returnLetter } from './letters/refund-letters.ts'
import { channelsOf } from './preferences.ts'
import { tellBriefly } from './tell-briefly.ts'

type ReturnEvent = EventOf<typeof returnDecided>

export async function sendReturnLetter(app: App, { id, payload }: ReturnEvent): Promise<void> {
  const sentBack = await getReturn(app.db, payload.returnId)
  const { email, accountId } = await getOrder(app.db, sentBack.orderId)
  if (!email || !(await channelsOf(app.db, accountId, 'order_updates')).email) return
  const letter = composeLetter(returnLetter(sentBack), shopOf(app.config))
  await inTransaction(app.db, (tx) =>
    queueLetter(app.jobs, tx, { key: `return-decided-${id}`, to: email, ...letter, attachments: [] }),
  )
}

export async function noteReturn(app: App, { id, payload }: ReturnEvent): Promise<void> {
  const { accountId, orderNumber, status } = await getReturn(app.db, payload.returnId)
  if (accountId === null) return
  const said = status === 'rejected' ? 'declined' : 'approved'
  const notice = {
    key: `return_decided-${id}`,
    accountId,
    type: 'return_decided',
    title: `Return ${said}`,
    body: `Your return for order ${orderNumber} was ${said}.`,
    data: { order_number: orderNumber, return_id: payload.returnId },
  }
  await tellBriefly(app, 'order_updates', notice)
}
