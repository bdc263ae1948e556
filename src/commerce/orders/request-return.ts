import { inTransaction, type Tx } from '#platform/database'
import { type FieldProblem, invalidFields, Refusal } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import type { Order } from './order.ts'
import { getOrder, lockOrder, type OrderRef } from './queries.ts'
import { RETURN_DAYS, type Return, type ReturnLine, worthOfUnits } from './return.ts'
import { findReturned, getReturn, insertReturn } from './returns.queries.ts'

export type ReturnWish = { order: OrderRef; items: { lineId: number; quantity: number }[]; reason: string }

const DAY_MS = 86_400_000

/**
 * A buyer wants to send something back (V1-309); staff decides. `alongside` runs last in the same transaction. Refuses
 * `order_not_found`, an order that has not arrived (`not_returnable`) or arrived too long ago (`return_too_late`), and `items` of another
 * order (`line_unknown`) or more than was bought and is not in another return (`more_than_returnable`). For an order whose money went
 * back already nothing is promised.
 */
export function requestReturn(
  app: App,
  accountId: number,
  wish: ReturnWish,
  alongside: (tx: Tx, asked: Return) => Promise<void> = async () => {},
): Promise<Return> {
  const now = app.now()
  return inTransaction(app.db, async (tx) => {
    const { id, status } = await lockOrder(tx, wish.order, { accountId })
    const { deliveredAt, units } = await findReturned(tx, id)
    const hasArrived = deliveredAt && ['delivered', 'completed', 'refunded'].includes(status)
    if (!hasArrived) throw new Refusal('conflict', 'not_returnable', 'The order has not arrived')
    if (now.getTime() - deliveredAt.getTime() > RETURN_DAYS * DAY_MS)
      throw new Refusal('conflict', 'return_too_late', 'The order arrived too long ago', { days: RETURN_DAYS })
    const lines = linesOf(await getOrder(tx, id), wish, units)
    const refundMinor = lines.reduce((sum, line) => sum + line.refundMinor, 0)
    const returnId = await insertReturn(tx, { orderId: id, reason: wish.reason, refundMinor, lines }, now)
    const asked = await getReturn(tx, returnId)
    await alongside(tx, asked)
    return asked
  })
}

/** What is sent back, each article once, with what was paid for it and is not given back yet. */
function linesOf(order: Order, { items }: ReturnWish, returned: Record<number, number>): ReturnLine[] {
  const wanted = Map.groupBy(items, ({ lineId }) => lineId)
  const faults: FieldProblem[] = []
  const lines = [...wanted].flatMap(([lineId, parts]) => {
    const quantity = parts.reduce((sum, part) => sum + part.quantity, 0)
    const line = order.lines.find(({ id }) => id === lineId)
    const before = returned[lineId] ?? 0
    if (!line) faults.push({ code: 'line_unknown', line: lineId })
    else if (before + quantity > line.quantity)
      faults.push({ code: 'more_than_returnable', name: line.name, left: line.quantity - before })
    else {
      const worthMinor = worthOfUnits(line, order.taxIncluded, { before, quantity })
      return [{ lineId, quantity, refundMinor: order.paymentStatus === 'refunded' ? 0 : worthMinor }]
    }
    return []
  })
  if (faults.length > 0) throw invalidFields({ items: faults })
  return lines
}
