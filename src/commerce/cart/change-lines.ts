import { inTransaction } from '#platform/database'
import { missing } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import { refuseTooMany } from './add-to-cart.ts'
import type { Cart } from './cart.ts'
import type { CartOwner } from './owner.ts'
import { deleteLine, deleteLines, findStoredCart, updateQuantity } from './queries.ts'
import { withOffers } from './read-cart.ts'

/**
 * Sets the quantity of a line; 0 removes it (V1-252). Refuses `cart_line_not_found` where the owner's cart has no such
 * line, `too_few_left` and `too_many` (V1-254).
 */
export async function changeLine(
  app: App,
  owner: CartOwner | undefined,
  lineId: number,
  quantity: number,
): Promise<Cart> {
  const now = app.now()
  if (!owner) throw missing('cart_line')
  const stored = await findStoredCart(app.db, owner, now)
  if (!stored) throw missing('cart_line')
  // Without its coupon: what that is worth is looked at once, when it is known what is in the cart.
  const { lines } = await withOffers(app.db, { ...stored, couponCode: null }, now)
  const line = lines.find(({ id }) => id === lineId)
  if (!line) throw missing('cart_line')
  if (quantity > 0) refuseTooMany(quantity, line.offer)
  const changed = await inTransaction(app.db, (tx) =>
    quantity === 0 ? deleteLine(tx, owner, lineId, now) : updateQuantity(tx, stored.id, lineId, quantity, now),
  )
  if (!changed) throw missing('cart_line')
  const rest = stored.lines.flatMap((each) => {
    if (each.id !== lineId) return [each]
    return quantity === 0 ? [] : [{ ...each, quantity }]
  })
  const known = lines.map(({ offer }) => offer)
  return withOffers(app.db, { ...stored, lines: rest, updatedAt: now }, now, known)
}

/** Removes a line (V1-253). Refuses `cart_line_not_found`, for a line of somebody else too. */
export async function removeLine(app: App, owner: CartOwner | undefined, lineId: number): Promise<void> {
  const removed = owner && (await inTransaction(app.db, (tx) => deleteLine(tx, owner, lineId, app.now())))
  if (!removed) throw missing('cart_line')
}

/** Removes every line (V1-253). The cart stays, and with it the guest's token. Nothing to empty is fine. */
export async function emptyCart(app: App, owner: CartOwner | undefined): Promise<void> {
  if (owner) await inTransaction(app.db, (tx) => deleteLines(tx, owner, app.now()))
}
