import {
  canBeCancelled,
  getOrder,
  type LockedOrder,
  lockOrder,
  noteTransport,
  type OrderRef,
  type OrderStatus,
  stepsBetween,
} from '#commerce/orders'
import { inTransaction, type Tx } from '#platform/database'
import { invalidFields } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import { takeStep } from './advance-order.ts'
import { cancelLockedOrder } from './cancel-locked-order.ts'
import { type Aftermath, tellGateways } from './tell-gateways.ts'

/** What is not named stays. `transportCostMinor` is what the transport has cost the shop; what the buyer pays was agreed. */
export type Carriage = {
  status?: OrderStatus
  carrier?: string | null
  trackingNumber?: string | null
  /** YYYY-MM-DD */
  estimatedDelivery?: string | null
  transportCostMinor?: number | null
}
export type By = { actor: string; actorId: number }

/**
 * Staff carries an order on, over several steps if need be, and notes how it travels (SF-482). Each step has the effects that it has when
 * it is taken alone. Refuses `order_not_found`, a way back or out of a cancellation (`status`: `invalid_transition`), and notes about an
 * order that does not travel any more (`not_carried`).
 */
export async function carryOrder(
  app: App,
  ref: OrderRef,
  carriage: Carriage,
  by: By,
  alongside: (tx: Tx) => Promise<void> = async () => {},
): Promise<void> {
  const aftermath = await inTransaction(app.db, async (tx) => {
    const done = await carryLockedOrder(tx, await lockOrder(tx, ref), carriage, by, app.now())
    await alongside(tx)
    return done
  })
  await tellGateways(app, aftermath)
}

/** The same for an order that the caller has locked. Returns what the gateways are to be told after the commit. */
export async function carryLockedOrder(
  tx: Tx,
  order: LockedOrder,
  { status, ...transport }: Carriage,
  by: By,
  now: Date,
): Promise<Aftermath> {
  const wanted = status === order.status ? undefined : status
  refuseUnreachable(order, wanted)
  if (wanted === 'cancelled') {
    refuseNotes(transport)
    return cancelLockedOrder(tx, order, { reason: '', keepsMoney: true, ...by }, now)
  }
  if (order.status === 'cancelled' || order.status === 'refunded') refuseNotes(transport)
  else await note(tx, order.id, transport, now)
  let moved = order
  for (const step of wanted ? stepsBetween(order.status, wanted)! : [])
    moved = await takeStep(tx, moved, { status: step, note: '', ...by }, now)
  return { intents: [], refundIds: [] }
}

function refuseUnreachable({ status: from }: LockedOrder, wanted: OrderStatus | undefined): void {
  if (wanted === undefined) return
  const isReachable = wanted === 'cancelled' ? canBeCancelled(from) : stepsBetween(from, wanted) !== undefined
  if (!isReachable) throw invalidFields({ status: { code: 'invalid_transition', from, to: wanted } })
}

type Transport = Omit<Carriage, 'status'>

/** Nothing travels any more. */
function refuseNotes(transport: Transport): void {
  const [named] = Object.keys(transport)
  if (named) throw invalidFields({ [WIRE_NAMES[named as keyof Transport]]: 'not_carried' })
}

const WIRE_NAMES: Record<keyof Transport, string> = {
  carrier: 'carrier',
  trackingNumber: 'tracking_number',
  estimatedDelivery: 'estimated_delivery_date',
  transportCostMinor: 'shipping_cost',
}

async function note(tx: Tx, orderId: number, transport: Transport, now: Date): Promise<void> {
  if (Object.keys(transport).length === 0) return
  const { carrier, trackingNumber, estimatedDelivery } = await getOrder(tx, orderId)
  await noteTransport(tx, orderId, { carrier, trackingNumber, estimatedDelivery, ...transport }, now)
}
