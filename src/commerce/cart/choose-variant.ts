import { findOfferOfProduct, findOffers } from '#commerce/browse'
import { inTransaction } from '#platform/database'
import { missing, Refusal } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import { refuseTooMany } from './add-to-cart.ts'
import type { CartOwner } from './owner.ts'
import { findStoredCart, lockCart, moveLine } from './queries.ts'

/**
 * Another variant of the same product in the place of a line, with another quantity where one is given; where the cart has a line
 * of that variant already, the two become one (SF-272, SF-277). Refuses `cart_line_not_found`, `variant_not_sellable`,
 * `too_few_left` and `too_many`; then the line is as it was.
 */
export async function chooseVariant(
  app: App,
  owner: CartOwner,
  lineId: number,
  { variantId, quantity }: { variantId: number; quantity?: number | undefined },
): Promise<void> {
  const now = app.now()
  const known = (await findStoredCart(app.db, owner, now))?.lines.find(({ id }) => id === lineId)
  const [before] = known ? await findOffers(app.db, [known.variantId]) : []
  if (!before) throw missing('cart_line')
  const offer = await findOfferOfProduct(app.db, before.productId, variantId)
  if (!offer?.isSellable || offer.currency !== before.currency)
    throw new Refusal('invalid', 'variant_not_sellable', 'Not sold', { fields: { variant_id: 'variant_not_sellable' } })
  await inTransaction(app.db, async (tx) => {
    await lockCart(tx, owner, now)
    const lines = (await findStoredCart(tx, owner, now))?.lines ?? []
    const line = lines.find(({ id }) => id === lineId)
    if (!line) throw missing('cart_line')
    const other = lines.find((each) => each.variantId === variantId && each.id !== lineId)
    const wanted = (quantity ?? line.quantity) + (other?.quantity ?? 0)
    refuseTooMany(wanted, offer)
    const to = { lineId: other?.id ?? lineId, variantId, quantity: wanted, unitPriceMinor: offer.priceMinor }
    await moveLine(tx, lineId, to)
  })
}
