import { findOffers } from '#commerce/browse'
import { afterCommit, inTransaction } from '#platform/database'
import type { App } from '../app.ts'
import type { Cart, CartWarning } from './cart.ts'
import { mergeLines } from './merge-carts.ts'
import { findLinesOfBoth, lockOrInsertAccountCart, putLines } from './queries.ts'
import { readCart } from './read-cart.ts'

/**
 * Puts several articles into the cart of an account at once, as far as they are still sold and there in that number (V1-312): what could
 * not come, or not as much of it, is told in the warnings of the cart that is returned. What is in the cart already adds up.
 */
export async function fillCart(
  app: App,
  accountId: number,
  wanted: { variantId: number; quantity: number; name: string }[],
): Promise<Cart> {
  const now = app.now()
  const told = await inTransaction(app.db, async (tx): Promise<CartWarning[]> => {
    const offers = await findOffers(
      tx,
      wanted.map(({ variantId }) => variantId),
    )
    const priceOf = new Map(offers.map(({ variantId, priceMinor }) => [variantId, priceMinor]))
    const theirs = wanted.flatMap(({ variantId, quantity }) => {
      const unitPriceMinor = priceOf.get(variantId)
      return unitPriceMinor === undefined ? [] : [{ variantId, quantity, unitPriceMinor }]
    })
    const cart = await lockOrInsertAccountCart(tx, accountId, offers[0]?.currency ?? app.config.CURRENCY, now)
    const { mine } = await findLinesOfBoth(tx, cart.id, cart.id)
    const currency =
      mine.length > 0 ? cart.currency : (offers.find(({ isSellable }) => isSellable)?.currency ?? cart.currency)
    const { lines, warnings } = mergeLines(mine, theirs, offers, currency)
    await putLines(tx, { id: cart.id, currency }, lines, now)
    const cameIn = new Set(lines.map(({ variantId }) => variantId))
    for (const { variantId, productId } of offers) {
      if (!cameIn.has(variantId)) continue
      const value = wanted.find((each) => each.variantId === variantId)!.quantity
      const noted = { accountId, productId, value, details: { cart_id: cart.id } }
      afterCommit(tx, async () => app.trail.note({ happenedAt: now, kind: 'CART', ...noted }))
    }
    const gone = wanted.filter(({ variantId }) => !priceOf.has(variantId))
    return [...gone.map(({ name }) => ({ code: 'unavailable' as const, name })), ...warnings]
  })
  const cart = await readCart(app.db, { accountId }, { now, currency: app.config.CURRENCY })
  return { ...cart, warnings: [...told, ...cart.warnings] }
}
