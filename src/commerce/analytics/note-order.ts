/** Orders as steps of the funnel (SF-436): written with the order itself, once. */
import type { orderPaid, orderPlaced } from '#commerce/orders'
import type { Tx } from '#platform/database'
import type { EventOf } from '#platform/events'
import { insertOrderInteractions } from './interactions.queries.ts'

export const noteCheckout = (tx: Tx, { payload }: EventOf<typeof orderPlaced>): Promise<void> =>
  insertOrderInteractions(tx, payload.orderId, 'CHECKOUT')

export const notePurchase = (tx: Tx, { payload }: EventOf<typeof orderPaid>): Promise<void> =>
  insertOrderInteractions(tx, payload.orderId, 'PURCHASE')
