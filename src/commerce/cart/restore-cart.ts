import { createHmac, timingSafeEqual } from 'node:crypto'
import { inTransaction, type Tx } from '#platform/database'
import { Refusal } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import { findOwnerOfCart } from './abandoned-carts.queries.ts'
import type { Cart } from './cart.ts'
import { type CartOwner, newCartToken } from './owner.ts'
import {
  findLinesOfBoth,
  findStoredCart,
  insertGuestCart,
  lockCart,
  lockOrInsertAccountCart,
  putLines,
} from './queries.ts'
import { readCart } from './read-cart.ts'

type Signing = { SECRET_KEY: string }

/** What stands in the link of a reminder: who has it can put what is in the cart into his own. */
export const restoreTokenOf = (cartId: number, config: Signing): string => `${cartId}.${signatureOf(cartId, config)}`

/**
 * What the link of a reminder leads to: the owner of the cart sees it, and whoever is not signed in gets what is in it into a cart of
 * his own, with the token of that. What is in a cart already stays as it is, however often the link is followed. Refuses
 * `restore_token_invalid`, where the cart is gone too.
 */
export async function restoreCart(app: App, viewer: CartOwner | undefined, token: string): Promise<Cart> {
  const now = app.now()
  const reading = { now, currency: app.config.CURRENCY }
  const owner = await ownerOf(app, token)
  const left = await findStoredCart(app.db, owner, now)
  if (!left) throw invalidToken()
  if (viewer && 'accountId' in viewer && viewer.accountId === owner.accountId) return readCart(app.db, viewer, reading)
  const mine = await inTransaction(app.db, async (tx) => {
    const { id, currency, holder } = await lockCartOf(tx, viewer, left.currency, now)
    const { mine: held } = await findLinesOfBoth(tx, id, id)
    if (held.length > 0 && currency !== left.currency) return holder
    const isHeld = new Set(held.map(({ variantId }) => variantId))
    const missing = left.lines.filter(({ variantId }) => !isHeld.has(variantId))
    await putLines(tx, { id, currency: left.currency }, missing, now)
    return holder
  })
  return readCart(app.db, mine, reading)
}

/** Locks the cart of the viewer, making one if need be: for a guest without one, under a new token. */
async function lockCartOf(
  tx: Tx,
  viewer: CartOwner | undefined,
  currency: string,
  now: Date,
): Promise<{ id: number; currency: string; holder: CartOwner }> {
  if (viewer && 'accountId' in viewer)
    return { ...(await lockOrInsertAccountCart(tx, viewer.accountId, currency, now)), holder: viewer }
  const known = viewer && (await lockCart(tx, viewer, now))
  if (known) return { ...known, holder: viewer }
  const token = newCartToken()
  return { id: await insertGuestCart(tx, token, currency, now), currency, holder: { token } }
}

async function ownerOf(app: App, token: string): Promise<{ accountId: number }> {
  const [, cartId = '', signature = ''] = /^(\d{1,15})\.([\w-]{22})$/.exec(token) ?? []
  const expected = signatureOf(Number(cartId), app.config)
  if (signature.length !== expected.length || !timingSafeEqual(Buffer.from(signature), Buffer.from(expected)))
    throw invalidToken()
  const owner = await findOwnerOfCart(app.db, Number(cartId))
  if (!owner) throw invalidToken()
  return owner
}

const invalidToken = () => new Refusal('invalid', 'restore_token_invalid', 'The link leads to no cart')

const signatureOf = (cartId: number, { SECRET_KEY }: Signing): string =>
  createHmac('sha256', SECRET_KEY).update(`restore cart ${cartId}`).digest().subarray(0, 16).toString('base64url')
