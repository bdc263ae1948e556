/** Whether somebody is told when what he wishes for gets cheaper: only who asked for it is. */
import { inTransaction } from '#platform/database'
import type { App } from '../app.ts'
import { findProfile, upsertProfile } from './queries.ts'
import { updateWishPrices } from './wish-alerts.queries.ts'
import { readWishlist } from './wishlist.ts'

/** Turned on, it counts from now: what got cheaper before is not told. Returns what holds. */
export async function setWishAlerts(app: App, accountId: number, isOn: boolean): Promise<boolean> {
  return inTransaction(app.db, async (tx) => {
    const { wishAlerts } = await findProfile(tx, accountId)
    if (isOn && !wishAlerts) {
      const wishes = await readWishlist(tx, accountId)
      const asked = wishes.map(({ product }) => ({ productId: product.id, priceMinor: product.priceMinor }))
      await updateWishPrices(tx, accountId, asked)
    }
    return (await upsertProfile(tx, accountId, { wishAlerts: isOn })).wishAlerts
  })
}
