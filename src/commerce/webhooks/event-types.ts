/** What endpoints can be told of, and what they are told: facts of the moment when it is told, amounts as decimals. */
import { findAccount } from '#commerce/identity'
import { getOrder, getReturn, type Order } from '#commerce/orders'
import { getRefund } from '#commerce/payments'
import { getShipment } from '#commerce/shipping'
import type { Db } from '#platform/database'
import { toDecimal } from '#platform/money.ts'

export const EVENT_TYPES = {
  'order.placed': 'A buyer has ordered',
  'order.paid': 'An order was paid in full',
  'order.cancelled': 'An order was cancelled, by its buyer, by staff or for want of money',
  'shipment.sent': 'A parcel is on its way',
  'refund.succeeded': 'Money went back to a buyer',
  'return.decided': 'Staff has said what becomes of goods that a buyer sends back',
  'customer.registered': 'Somebody has registered',
} as const
export type EventType = keyof typeof EVENT_TYPES
/** Asked for by hand, to see whether an endpoint listens; nobody needs to subscribe to it. */
export const PING = 'ping'

/** Of which thing an event tells. */
export type Subject =
  | { orderId: number }
  | { shipmentId: number }
  | { refundId: string; orderId: number }
  | { returnId: number }
  | { accountId: number }

/** What is told of it. One or two statements. */
export async function describeEvent(db: Db, subject: Subject): Promise<object> {
  if ('refundId' in subject) {
    const { id, status, amountMinor, reason, createdAt } = await getRefund(db, subject.refundId)
    const order = await getOrder(db, subject.orderId)
    const amount = toDecimal(amountMinor, order.currency)
    const { number: order_number, paymentStatus: payment_status, currency } = order
    return { refund: { id, status, amount, currency, reason, order_number, payment_status, created_at: createdAt } }
  }
  if ('orderId' in subject) return { order: toOrder(await getOrder(db, subject.orderId)) }
  if ('shipmentId' in subject) {
    const { id, orderNumber, status, carrier, trackingNumber, lines, createdAt } = await getShipment(
      db,
      subject.shipmentId,
    )
    const items = lines.map(({ lineId, quantity }) => ({ order_item_id: lineId, quantity }))
    const rest = { status, carrier, tracking_number: trackingNumber, items, created_at: createdAt }
    return { shipment: { id, order_number: orderNumber, ...rest } }
  }
  if ('returnId' in subject) {
    const { id, orderNumber, status, lines, requestedAt, updatedAt } = await getReturn(db, subject.returnId)
    const items = lines.map(({ lineId, sku, name, quantity }) => ({ order_item_id: lineId, sku, name, quantity }))
    return { return: { id, order_number: orderNumber, status, items, created_at: requestedAt, updated_at: updatedAt } }
  }
  const account = await findAccount(db, subject.accountId)
  if (!account) return { customer: { id: subject.accountId } }
  const { id, email, username, firstName, lastName } = account
  return { customer: { id, email, username, first_name: firstName, last_name: lastName } }
}

function toOrder(order: Order) {
  const money = (minor: number) => toDecimal(minor, order.currency)
  return {
    id: order.id,
    order_number: order.number,
    channel: order.channel,
    status: order.status,
    payment_status: order.paymentStatus,
    payment_method: order.paymentMethod,
    currency: order.currency,
    subtotal: money(order.subtotalMinor),
    discount: money(order.discountMinor),
    tax: money(order.taxMinor),
    shipping_cost: money(order.shippingMinor),
    total: money(order.totalMinor),
    coupon_code: order.couponCode,
    customer: { id: order.accountId, email: order.email },
    shipping_address: order.shippingAddress,
    shipping_method: order.shippingMethod,
    items: order.lines.map(({ id, productId, variantId, sku, name, quantity, unitPriceMinor, lineTotalMinor }) => ({
      ...{ id, product_id: productId, variant_id: variantId, sku, name, quantity },
      ...{ unit_price: money(unitPriceMinor), line_total: money(lineTotalMinor) },
    })),
    created_at: order.placedAt,
    updated_at: order.updatedAt,
  }
}
