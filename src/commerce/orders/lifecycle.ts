import type { Tx } from '#platform/database'
import type { Order, OrderDraft, OrderStatus, PaymentStatus } from './order.ts'
import { type HistoryEntry, insertOrder, updateOrder } from './queries.ts'

type PlacedBy = { actor: string; actorId: number }

/** Writes an order down, with its lines and the first entry of its history, in one statement whatever the number of lines. */
export async function draftOrder(tx: Tx, draft: OrderDraft, now: Date, placedBy?: PlacedBy): Promise<Order> {
  const { id, lineIds } = await insertOrder(tx, draft, firstEntriesOf(draft, now, placedBy), now)
  const lines = draft.lines.map((line, index) => ({
    ...line,
    id: lineIds[index]!,
    lineTotalMinor: line.unitPriceMinor * line.quantity,
  }))
  const transport = { carrier: null, trackingNumber: null, estimatedDelivery: null }
  return { ...draft, ...transport, id, lines, placedAt: now, updatedAt: now }
}

/** The history of an order that was placed this moment: it begins as pending, and may be further already (MP-123). */
export function firstEntriesOf(
  { accountId, status, paymentStatus }: Pick<Order, 'accountId' | 'status' | 'paymentStatus'>,
  happenedAt: Date,
  placedBy: PlacedBy = { actor: 'customer', actorId: accountId! },
): HistoryEntry[] {
  const placed: HistoryEntry = {
    ...{ status: 'pending', paymentStatus: 'pending', note: 'Order placed' },
    ...{ ...placedBy, happenedAt },
  }
  if (status === 'pending') return [placed]
  const note = paymentStatus === 'paid' ? 'Paid' : 'To be paid on delivery'
  return [placed, { status, paymentStatus, note, actor: 'system', actorId: null, happenedAt }]
}

export type Move = {
  status?: OrderStatus
  paymentStatus?: PaymentStatus
  note: string
  actor: string
  actorId?: number | undefined
}

/**
 * Changes the state of an order that the caller has locked, and notes who did it and why. Payment is no longer waited
 * for afterwards, unless the order is still pending with a failed payment.
 */
export async function moveOrder<Moved extends Pick<Order, 'id' | 'status' | 'paymentStatus'>>(
  tx: Tx,
  order: Moved,
  move: Move,
  now: Date,
): Promise<Moved> {
  const status = move.status ?? order.status
  const paymentStatus = move.paymentStatus ?? order.paymentStatus
  const awaitsPayment = status === 'pending' && paymentStatus !== 'paid'
  await updateOrder(
    tx,
    {
      id: order.id,
      status,
      paymentStatus,
      awaitsPayment,
      note: move.note,
      actor: move.actor,
      actorId: move.actorId ?? null,
      milestone: status !== order.status && (status === 'completed' || status === 'cancelled') ? status : null,
    },
    now,
  )
  return { ...order, status, paymentStatus, updatedAt: now }
}
