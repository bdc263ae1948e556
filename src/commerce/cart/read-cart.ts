import { findOffers } from '#commerce/browse'
import type { Db } from '#platform/database'
import { type Cart, emptyCartIn, presentCart, type StoredCart } from './cart.ts'
import type { CartOwner } from './owner.ts'
import { findStoredCart } from './queries.ts'

/** `now` decides whether a guest cart is expired; `currency` is shown where there is no cart: the channel's. */
export type Reading = { now: Date; currency: string }

/**
 * The cart with the prices and the stock of this moment, in at most two statements (V1-250, V1-257). Without a cart, or
 * with a token that we did not issue, an empty one.
 */
export async function readCart(db: Db, owner: CartOwner | undefined, { now, currency }: Reading): Promise<Cart> {
  const stored = owner && (await findStoredCart(db, owner, now))
  return stored ? withOffers(db, stored) : emptyCartIn(currency)
}

/** The cart with its offers: one statement, none for an empty cart. */
export async function withOffers(db: Db, stored: StoredCart): Promise<Cart> {
  if (stored.lines.length === 0) return presentCart(stored, [])
  return presentCart(
    stored,
    await findOffers(
      db,
      stored.lines.map((line) => line.variantId),
    ),
  )
}
