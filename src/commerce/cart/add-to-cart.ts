import { findOfferOfProduct, type Offer } from '#commerce/browse'
import { type Db, inTransaction, type Tx } from '#platform/database'
import { type FieldCodes, Refusal } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import { type Cart, QUANTITY_MAX } from './cart.ts'
import { type CartOwner, newCartToken } from './owner.ts'
import { type Added, addInOtherCurrency, addToAccountCart, addToGuestCart, type LineToAdd } from './queries.ts'
import { withOffers } from './read-cart.ts'

/** The cart, and which of its variants was added to. */
export type AddedTo = Cart & { addedVariantId: number }

/** Without a variant the product's first one is meant. */
export type AddedLine = { productId: number; variantId?: number | undefined; quantity: number }

/**
 * Puts an article into the cart of an account or a guest; what is there already adds up (V1-251). A guest without a
 * cart, or with a token that we did not issue, gets a new cart with a new token. `alongside` runs last in the same
 * transaction. Refuses `product_not_sellable`, `variant_not_sellable`, `too_few_left` (with what is in the cart already),
 * `too_many`, `other_currency` (V1-254, V1-259).
 */
export async function addToCart(
  app: App,
  owner: CartOwner | undefined,
  wanted: AddedLine,
  alongside: (tx: Tx) => Promise<void> = async () => {},
): Promise<AddedTo> {
  const offer = await getSellableOffer(app.db, wanted)
  refuseTooMany(wanted.quantity, offer)
  const now = app.now()
  const freshToken = owner && 'token' in owner && owner.isOurs ? owner.token : newCartToken()
  const added = await inTransaction(app.db, async (tx) => {
    const done = await addOffer(tx, owner, freshToken, offer, wanted.quantity, now)
    await alongside(tx)
    return done
  }).catch(refuseVanished)
  const accountId = owner && 'accountId' in owner ? owner.accountId : null
  const guest = owner && 'token' in owner ? owner : undefined
  const sessionId = guest?.visitorId ?? null
  const { productId, quantity: value } = wanted
  const details = { cart_id: added.cartId }
  app.trail.note({ happenedAt: now, kind: 'CART', accountId, sessionId, productId, value, details })
  const token = accountId !== null ? null : added.isNew ? freshToken : (guest?.token ?? null)
  const stored = {
    id: added.cartId,
    token,
    accountId,
    currency: added.currency,
    couponCode: added.couponCode,
    lines: added.lines,
    createdAt: added.createdAt,
    updatedAt: now,
  }
  return { ...(await withOffers(app.db, stored, now, [offer])), addedVariantId: offer.variantId }
}

async function getSellableOffer(db: Db, { productId, variantId }: AddedLine): Promise<Offer> {
  const offer = await findOfferOfProduct(db, productId, variantId)
  if (offer?.isSellable) return offer
  const product = variantId === undefined ? undefined : await findOfferOfProduct(db, productId)
  throw product?.isSellable
    ? refuseField('variant_id', 'variant_not_sellable')
    : refuseField('product_id', 'product_not_sellable')
}

/** Refuses more than there are, and more than a line may hold; the quantity includes what is in the cart already. */
export function refuseTooMany(quantity: number, { available, productName: name }: Offer): void {
  if (quantity > available) {
    const fields: FieldCodes = { quantity: { code: 'too_few_left', available } }
    throw new Refusal('invalid', 'too_few_left', `Only ${available} of ${name} left`, { fields, name, available })
  }
  if (quantity > QUANTITY_MAX) {
    const fields: FieldCodes = { quantity: { code: 'maximum', limit: QUANTITY_MAX } }
    throw new Refusal('invalid', 'too_many', `At most ${QUANTITY_MAX} of ${name}`, {
      fields,
      name,
      limit: QUANTITY_MAX,
    })
  }
}

async function addOffer(
  tx: Tx,
  owner: CartOwner | undefined,
  freshToken: string,
  offer: Offer,
  quantity: number,
  now: Date,
): Promise<Added> {
  const { variantId, priceMinor: unitPriceMinor, currency } = offer
  const quantityMax = Math.min(offer.available, QUANTITY_MAX)
  const line: LineToAdd = { variantId, quantity, unitPriceMinor, currency, quantityMax }
  let added: Added | undefined =
    owner && 'accountId' in owner
      ? await addToAccountCart(tx, owner.accountId, line, now)
      : await addToGuestCart(tx, owner?.token, freshToken, line, now)
  if (added.currency !== currency) added = await addInOtherCurrency(tx, added.cartId, line, now)
  if (!added) throw refuseField('product_id', 'other_currency')
  // What was in the cart already and this are more than the limit together.
  if (!added.lines.some((each) => each.variantId === variantId)) refuseTooMany(quantityMax + 1, offer)
  return added
}

function refuseField(field: string, code: string): Refusal {
  return new Refusal('invalid', code, `Not added to the cart: ${code}`, { fields: { [field]: code } })
}

/** The article was deleted between the look at its offer and the claim: it is simply not sold any more. */
function refuseVanished(error: unknown): never {
  const { code, constraint } = error as { code?: unknown; constraint?: unknown }
  if (code === '23503' && constraint === 'lines_variant_id_fkey')
    throw refuseField('product_id', 'product_not_sellable')
  throw error
}
