/** What a buyer reads inside the shop (V1-373). May run twice: the event id is the key. */
import { getOrder, type Order, type orderCancelled, type orderPaid, type orderPlaced } from '#commerce/orders'
import { inTransaction } from '#platform/database'
import type { EventOf } from '#platform/events'
import { formatMoney } from '#platform/money.ts'
import type { App } from '../app.ts'
import { channelsOf } from './preferences.ts'
import { insertNotice } from './queries.ts'

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
  if (accountId === null || !(await channelsOf(app.db, accountId, 'order_updates')).inApp) return
  const notice = { key: `${type}-${event.id}`, accountId, type, ...tell(order), data: { order_number: order.number } }
  await inTransaction(app.db, (tx) => insertNotice(tx, notice, app.now()))
}
