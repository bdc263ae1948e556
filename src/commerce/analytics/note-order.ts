/** Orders as steps of the funnel (SF-436): written with the order itself, once. */
import type { orderPaid, orderPlaced } from '#commerce/orders'
import { inTransaction, type Tx } from '#platform/database'
import type { EventOf } from '#platform/events'
import type { App } from '../app.ts'
import { refreshValueOfBuyer } from './customer-values.queries.ts'
import { insertOrderInteractions } from './interactions.queries.ts'

export const noteCheckout = (tx: Tx, { payload }: EventOf<typeof orderPlaced>): Promise<void> =>
  insertOrderInteractions(tx, payload.orderId, 'CHECKOUT')

export const notePurchase = (tx: Tx, { payload }: EventOf<typeof orderPaid>): Promise<void> =>
  insertOrderInteractions(tx, payload.orderId, 'PURCHASE')

/** What a customer is worth changes with what he paid and was given back (SF-438). May run twice: it reckons anew. */
export const refreshCustomerValue = (app: App, { payload }: { payload: { orderId: number } }): Promise<void> =>
  inTransaction(app.db, (tx) => refreshValueOfBuyer(tx, payload.orderId))
