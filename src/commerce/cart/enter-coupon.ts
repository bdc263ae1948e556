import { inTransaction } from '#platform/database'
import { invalidFields } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import type { Cart, CartCoupon } from './cart.ts'
import type { CartOwner } from './owner.ts'
import { updateCoupon } from './queries.ts'
import { readCart } from './read-cart.ts'
import { weighFor } from './weigh-coupon.ts'

/**
 * Enters the code of a coupon into the cart (V1-255): from now on the cart shows what it takes off, and an order of it uses it. Refuses
 * (`code`) with the reason of V1-272, so for an empty cart too.
 */
export async function enterCoupon(app: App, owner: CartOwner | undefined, code: string): Promise<Cart> {
  const { code: known } = await examineCoupon(app, owner, code)
  if (owner) await inTransaction(app.db, (tx) => updateCoupon(tx, owner, known, app.now()))
  return readCart(app.db, owner, readingOf(app))
}

/** Takes the coupon out of the cart (V1-255); one without is fine. */
export async function removeCartCoupon(app: App, owner: CartOwner | undefined): Promise<Cart> {
  if (owner) await inTransaction(app.db, (tx) => updateCoupon(tx, owner, null, app.now()))
  return readCart(app.db, owner, readingOf(app))
}

/** What a coupon would take off the cart (V1-271). Refuses (`code`) with the reason of V1-272. */
export async function examineCoupon(
  app: App,
  owner: CartOwner | undefined,
  code: string,
): Promise<Exclude<CartCoupon, { fault: unknown }> & { currency: string }> {
  const cart = await readCart(app.db, owner, readingOf(app))
  const accountId = owner && 'accountId' in owner ? owner.accountId : null
  const weighed = await weighFor(app.db, cart, accountId, code, app.now())
  if ('fault' in weighed) throw invalidFields({ code: weighed.fault })
  return { ...weighed, currency: cart.currency }
}

const readingOf = (app: App) => ({ now: app.now(), currency: app.config.CURRENCY })
