import { lockOrder, type OrderRef } from '#commerce/orders'
import {
  acceptEvent,
  type GatewayEvent,
  getPayment,
  lockPaymentsOfOrder,
  type Payment,
  setPaymentStatus,
  toPaymentNumber,
} from '#commerce/payments'
import { inTransaction } from '#platform/database'
import { fromDecimal } from '#platform/money.ts'
import { Refusal } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import { settle } from './settle.ts'
import { tellGateways } from './tell-gateways.ts'

/** What the gateway that comes with the shop tells; it was signed. */
export type ShopPaymentEvent = {
  paymentId: string
  order: OrderRef
  outcome: 'succeeded' | 'failed'
  /** A decimal amount in the currency of the payment. */
  amount: string
}

const ANYBODY = { accountId: null }

/**
 * Takes in what became of a payment at the gateway that comes with the shop, once for each outcome, however often it is told and by
 * how many at once (SF-355…SF-362). Refuses `payment_not_found`, and an order or an amount that are not those of the payment
 * (`event_mismatch`). Money that comes for an order that is paid already is not taken: the payment fails, and the log of
 * errors that staff reads says so.
 */
export async function receiveShopPayment(app: App, told: ShopPaymentEvent): Promise<void> {
  const payment = await getPayment(app.db, told.paymentId, ANYBODY)
  const isOfOrder = 'id' in told.order ? told.order.id === payment.orderId : told.order.number === payment.orderNumber
  if (!isOfOrder || fromDecimal(told.amount, payment.currency) !== payment.amountMinor)
    throw new Refusal('invalid', 'event_mismatch', 'Order or amount are not those of the payment')
  const event: GatewayEvent = {
    provider: 'builtin',
    id: `${payment.id} ${told.outcome}`,
    type: told.outcome,
    reference: payment.id,
    outcome: told.outcome,
  }
  const now = app.now()
  const refundIds = await inTransaction(app.db, async (tx) => {
    const order = await lockOrder(tx, { id: payment.orderId })
    if (!(await acceptEvent(tx, event, now))) return []
    const payments = await lockPaymentsOfOrder(tx, order.id)
    const mine = payments.find(({ id }) => id === payment.id)!
    const isSurplus = told.outcome === 'succeeded' && mine.status !== 'succeeded' && isSettledByOther(order)
    if (!isSurplus) return settle(tx, order, payments, mine, { outcome: told.outcome }, now)
    await setPaymentStatus(tx, mine.id, 'failed', now)
    tellOperator(app, mine)
    return []
  })
  await tellGateways(app, { intents: [], refundIds })
}

const isSettledByOther = ({ paymentStatus, status }: { paymentStatus: string; status: string }) =>
  status !== 'cancelled' && ['paid', 'partially_refunded', 'refunded'].includes(paymentStatus)

function tellOperator({ log, trail, now }: App, { id, orderNumber, accountId }: Payment): void {
  const message = `${orderNumber} was paid twice: the money of ${toPaymentNumber(id)} is to be given back`
  log.error({ payment: id, order: orderNumber }, message)
  trail.noteError({ happenedAt: now(), endpoint: 'payment', message, stackTrace: null, accountId })
}
