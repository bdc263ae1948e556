import { findOffers, type Offer } from '#commerce/browse'
import type { Db } from '#platform/database'
import { type Cart, emptyCartIn, presentCart, type StoredCart } from './cart.ts'
import type { CartOwner } from './owner.ts'
import { findStoredCart } from './queries.ts'
import { weighFor } from './weigh-coupon.ts'

/** `now` decides whether a guest cart is expired; `currency` is shown where there is no cart: the channel's. */
export type Reading = { now: Date; currency: string }

/**
 * The cart with the prices and the stock of this moment, in at most two statements, and one or two more where there is a coupon in it
 * (V1-250, V1-255, V1-257). Without a cart, or with a token that we did not issue, an empty one.
 */
export async function readCart(db: Db, owner: CartOwner | undefined, { now, currency }: Reading): Promise<Cart> {
  const stored = owner && (await findStoredCart(db, owner, now))
  return stored ? withOffers(db, stored, now) : emptyCartIn(currency)
}

/** The cart with its offers, and what its coupon is worth; `known` offers are not asked for again. */
export async function withOffers(db: Db, stored: StoredCart, now: Date, known: Offer[] = []): Promise<Cart> {
  const isKnown = new Set(known.map(({ variantId }) => variantId))
  const unknown = stored.lines.map(({ variantId }) => variantId).filter((variantId) => !isKnown.has(variantId))
  const offers = [...known, ...(await findOffers(db, unknown))]
  const cart = presentCart(stored, offers)
  if (stored.couponCode === null) return cart
  return presentCart(stored, offers, await weighFor(db, cart, stored.accountId, stored.couponCode, now))
}
