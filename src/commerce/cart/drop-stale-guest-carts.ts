import { inTransaction } from '#platform/database'
import type { App } from '../app.ts'
import { deleteStaleGuestCarts } from './queries.ts'

const BATCH_SIZE = 1000

/** Removes guest carts that nobody changed for 30 days, a batch per transaction (V1-258). Returns how many. */
export async function dropStaleGuestCarts(app: App): Promise<number> {
  for (let dropped = 0; ; ) {
    const batch = await inTransaction(app.db, (tx) => deleteStaleGuestCarts(tx, app.now(), BATCH_SIZE))
    dropped += batch
    if (batch < BATCH_SIZE) return dropped
  }
}
