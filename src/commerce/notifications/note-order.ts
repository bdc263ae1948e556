/** What a buyer reads inside the shop (V1-373). May run twice: the event id is the key. */
import { getOrder, type Order, type orderCancelled, type orderPaid, type orderPlaced } from '#commerce/orders'
import type { EventOf } from '#platform/events'
import { formatMoney } from '#platform/money.ts'
import type { App } from '../app.ts'
import { tellBriefly } from './tell-briefly.ts'

export function noteOrderPlaced(app: App, event: EventOf<typeof orderPlaced>): Promise<void> {
  return note(app, event, 'order_placed', (order) => ({
    title: 'Order received',
    body: `We have received your order ${order.number} for ${formatMoney(order.totalMinor, order.currency)}.`,
  }))
}

export function noteOrderPaid(app: App, event: EventOf<typeof orderPaid>): Promise<void> {
  return note(app, event, 'order_paid', (order) => ({
    title: 'Payment received',
    body: `Your payment of ${formatMoney(order.totalMinor, order.currency)} for order ${order.number} has arrived.`,
  }))
}

export function noteOrderCancelled(app: App, event: EventOf<typeof orderCancelled>): Promise<void> {
  return note(app, event, 'order_cancelled', (order) => ({
    title: 'Order cancelled',
    body: `Your order ${order.number} was cancelled.`,
  }))
}

type OrderEvent = EventOf<typeof orderPlaced>

async function note(
  app: App,
  event: OrderEvent,
  type: string,
  tell: (order: Order) => { title: string; body: string },
): Promise<void> {
  const order = await getOrder(app.db, event.payload.orderId)
  const { accountId } = order
  // The account was closed since: nobody is left to read it.
  if (accountId === null) return
  const notice = { key: `${type}-${event.id}`, accountId, type, ...tell(order), data: { order_number: order.number } }
  await tellBriefly(app, 'order_updates', notice)
}
