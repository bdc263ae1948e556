/** What a buyer reads inside the shop (V1-373). May run twice: the event id is the key. */
import { getOrder, type orderCancelled, type orderPaid, type orderPlaced } from '#commerce/orders'
import type { EventOf } from '#platform/events'
import type { App } from '../app.ts'
import { tellBriefly } from './tell-briefly.ts'
import { moneyIn } from './texts/words.ts'

export function noteOrderPlaced(app: App, event: EventOf<typeof orderPlaced>): Promise<void> {
  return note(app, event, 'placed')
}

export function noteOrderPaid(app: App, event: EventOf<typeof orderPaid>): Promise<void> {
  return note(app, event, 'paid')
}

export function noteOrderCancelled(app: App, event: EventOf<typeof orderCancelled>): Promise<void> {
  return note(app, event, 'cancelled')
}

type OrderEvent = EventOf<typeof orderPlaced>

async function note(app: App, event: OrderEvent, what: 'placed' | 'paid' | 'cancelled'): Promise<void> {
  const { accountId, number, totalMinor, currency } = await getOrder(app.db, event.payload.orderId)
  // The account was closed since: nobody is left to read it.
  if (accountId === null) return
  const type = `order_${what}`
  const cause = { key: `${type}-${event.id}`, accountId, type, data: { order_number: number } }
  await tellBriefly(app, 'order_updates', cause, (words) => {
    const { title, body } = words.orders.notices[what]
    return { title, body: body(number, moneyIn(words, totalMinor, currency)) }
  })
}
