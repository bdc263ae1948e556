import { findOffers, type Offer } from '#commerce/browse'
import { inTransaction, type Tx } from '#platform/database'
import { publish } from '#platform/events'
import type { App } from '../app.ts'
import { type Cart, type CartWarning, isForSale, QUANTITY_MAX, type StoredLine } from './cart.ts'
import { cartMerged } from './events.ts'
import { findLinesOfBoth, type LineToPut, lockCart, lockOrInsertAccountCart, putLines } from './queries.ts'
import { readCart } from './read-cart.ts'

/**
 * Puts the cart of a guest into the cart of the account that the guest turned out to be (V1-256, V1-086); the guest's
 * cart is gone afterwards, so the same token a second time, or one that we did not issue, changes nothing. What could not
 * come along, or not as much of it, is told in the warnings of the cart that is returned.
 */
export async function mergeCarts(app: App, accountId: number, token: string): Promise<Cart> {
  const now = app.now()
  const told = await inTransaction(app.db, (tx) => mergeInto(tx, accountId, token, now))
  const cart = await readCart(app.db, { accountId }, { now, currency: app.config.CURRENCY })
  return { ...cart, warnings: [...told, ...cart.warnings] }
}

/** The guest's cart is locked first, then the account's: merges queue for the token, and no circle of waits can close. */
async function mergeInto(tx: Tx, accountId: number, token: string, now: Date): Promise<CartWarning[]> {
  const guestCart = await lockCart(tx, { token }, now)
  if (!guestCart) return []
  const cart = await lockOrInsertAccountCart(tx, accountId, guestCart.currency, now)
  const { mine, theirs } = await findLinesOfBoth(tx, cart.id, guestCart.id)
  const offers = await findOffers(
    tx,
    theirs.map((line) => line.variantId),
  )
  const { currency } = mine.length > 0 ? cart : guestCart
  const { lines, warnings } = mergeLines(mine, theirs, offers, currency)
  await putLines(tx, { id: cart.id, currency }, lines, now, guestCart.id)
  await publish(tx, cartMerged({ cartId: guestCart.id, accountId }))
  return warnings
}

type Merged = { lines: LineToPut[]; warnings: CartWarning[] }

/**
 * The lines of mine that change when theirs come along: quantities add up, capped by what there is and by what a line
 * may hold. What is sold out, no longer sold, or of another currency stays behind with a warning; a line of mine is
 * never taken away.
 */
export function mergeLines(mine: StoredLine[], theirs: LineToPut[], offers: Offer[], currency: string): Merged {
  const merged: Merged = { lines: [], warnings: [] }
  const offerOf = new Map(offers.map((offer) => [offer.variantId, offer]))
  for (const line of theirs) {
    const offer = offerOf.get(line.variantId)
    if (!offer) continue
    const { productName: name, available } = offer
    if (!isForSale(offer, currency)) {
      const foreign = offer.isSellable
      merged.warnings.push(
        foreign ? { code: 'other_currency', name, currency: offer.currency } : { code: 'unavailable', name },
      )
      continue
    }
    const own = mine.find(({ variantId }) => variantId === line.variantId)
    const wanted = (own?.quantity ?? 0) + line.quantity
    const quantity = Math.min(wanted, available, QUANTITY_MAX)
    // A sold-out line of mine stays as it is, and tells so itself.
    if (own && quantity === 0) continue
    if (available < wanted) merged.warnings.push({ code: 'too_few_left', name, available })
    const { variantId, unitPriceMinor } = own ?? line
    if (quantity > 0) merged.lines.push({ variantId, quantity, unitPriceMinor })
  }
  return merged
}
