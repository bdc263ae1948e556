/** Orders as steps of the funnel (SF-436). May run twice: the same step is written once. */
import type { orderPaid, orderPlaced } from '#commerce/orders'
import { inTransaction } from '#platform/database'
import type { EventOf } from '#platform/events'
import type { App } from '../app.ts'
import { refreshAllValues, refreshValueOfBuyer } from './customer-values.queries.ts'
import { markNextDayOfBuyer } from './days.queries.ts'
import { insertOrderInteractions } from './interactions.queries.ts'

export const noteCheckout = (app: App, { payload }: EventOf<typeof orderPlaced>): Promise<void> =>
  inTransaction(app.db, (tx) => insertOrderInteractions(tx, payload.orderId, 'CHECKOUT'))

export const notePurchase = (app: App, { payload }: EventOf<typeof orderPaid>): Promise<void> =>
  inTransaction(app.db, (tx) => insertOrderInteractions(tx, payload.orderId, 'PURCHASE'))

/** What all customers are worth, reckoned anew: what came without an event is found by it. Run every night. */
export const refreshCustomerValues = (app: App): Promise<void> => inTransaction(app.db, refreshAllValues)

/**
 * What a customer is worth changes with what he paid and was given back (SF-438), and whether he had bought before (SF-434). May run twice:
 * it reckons anew.
 */
export const refreshCustomerValue = (app: App, { payload }: { payload: { orderId: number } }): Promise<void> =>
  inTransaction(app.db, async (tx) => {
    await refreshValueOfBuyer(tx, payload.orderId)
    await markNextDayOfBuyer(tx, payload.orderId)
  })
