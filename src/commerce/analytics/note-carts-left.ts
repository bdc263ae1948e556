import type { cartMerged } from '#commerce/cart'
import { inTransaction, type Tx } from '#platform/database'
import type { EventOf } from '#platform/events'
import type { App } from '../app.ts'
import { giveCartLeft, noteCartsLeft } from './abandoned-carts.queries.ts'

const MINUTE_MS = 60_000
/** A worker that was away for a day still finds them; so does the news that somebody was reminded. */
const LOOKS_BACK_MS = 2 * 24 * 60 * MINUTE_MS
/** Where nobody is reminded, carts are left after this all the same. */
const USUAL_MINUTES = 60

/** Notes the carts that nobody touched for CART_ABANDONMENT_MINUTES (SF-437). Run every minute. */
export async function noteAbandonedCarts(app: App): Promise<void> {
  const minutes = app.config.CART_ABANDONMENT_MINUTES || USUAL_MINUTES
  const until = new Date(app.now().getTime() - minutes * MINUTE_MS)
  const from = new Date(until.getTime() - LOOKS_BACK_MS)
  await inTransaction(app.db, (tx) => noteCartsLeft(tx, { from, until }))
}

/** With the merging itself, lest an order of the same minute does not find it. */
export const noteCartMerged = (tx: Tx, { payload }: EventOf<typeof cartMerged>): Promise<void> =>
  giveCartLeft(tx, payload.cartId, payload.accountId)
