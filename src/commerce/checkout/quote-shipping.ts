import { findOffersOfProducts } from '#commerce/browse'
import { type CartOwner, readCart } from '#commerce/cart'
import { findAddresses } from '#commerce/customers'
import { gramsOf, listMethods, type Place, type Quote, quotesFor } from '#commerce/shipping'
import type { Db } from '#platform/database'
import { invalidFields, Refusal } from '#platform/refusal.ts'
import type { App } from '../app.ts'

export type QuoteWanted = {
  /** Where to: an address of the account's own book, or a place written out. */
  destination: { addressId: number } | { country: string; postalCode: string }
  /** What is sent; the cart when it is not said. Of a product its first variant counts. */
  items?: { productId: number; quantity: number }[] | undefined
  cart: CartOwner | undefined
  accountId: number | undefined
}
/** `shipsFree`: a coupon takes care of what is asked for the way. */
type Goods = { subtotalMinor: number; currency: string; grams: number; shipsFree?: boolean }

/**
 * What shipping would cost by each method (V1-286), in at most four statements however many items there are; stock is
 * not looked at. Refuses `not_authenticated` when somebody who is not signed in names an address (only an account has
 * a book), an address that is not in the account's own book, products that are not sold, goods of several currencies.
 */
export async function quoteShipping(app: App, wanted: QuoteWanted): Promise<Quote[]> {
  const place = await resolvePlace(app.db, wanted)
  const goods = wanted.items ? await priceItems(app.db, wanted.items) : await priceCart(app, wanted.cart)
  const quotes = quotesFor(await listMethods(app.db), { ...goods, ...place })
  return goods.shipsFree ? quotes.map((quote) => ({ ...quote, rateMinor: 0 })) : quotes
}

async function resolvePlace(db: Db, { destination, accountId }: QuoteWanted): Promise<Place> {
  if ('country' in destination) return destination
  if (accountId === undefined) throw new Refusal('unauthenticated', 'not_authenticated', 'No credentials were sent')
  const [address] = await findAddresses(db, accountId, [destination.addressId])
  if (!address) throw invalidFields({ address_id: 'address_unknown' })
  return { country: address.country, postalCode: address.postalCode }
}

async function priceItems(db: Db, items: NonNullable<QuoteWanted['items']>): Promise<Goods> {
  const offers = await findOffersOfProducts(
    db,
    items.map((item) => item.productId),
  )
  const offerOf = new Map(offers.map((offer) => [offer.productId, offer]))
  let goods: Goods | undefined
  for (const { productId, quantity } of items) {
    const offer = offerOf.get(productId)
    if (!offer?.isSellable) throw invalidFields({ items: 'product_not_sellable' })
    goods ??= { subtotalMinor: 0, currency: offer.currency, grams: 0 }
    if (offer.currency !== goods.currency) throw invalidFields({ items: 'other_currency' })
    goods.subtotalMinor += quantity * offer.priceMinor
    goods.grams += quantity * (offer.weightGrams ?? 0)
  }
  if (!goods) throw invalidFields({ items: 'required' })
  return goods
}

async function priceCart(app: App, owner: CartOwner | undefined): Promise<Goods> {
  const cart = await readCart(app.db, owner, { now: app.now(), currency: app.config.CURRENCY })
  // Less the coupon: as an order of the cart reckons what makes it free.
  const { totalMinor: subtotalMinor, currency, lines, shipsFree } = cart
  const grams = gramsOf(lines.map(({ quantity, offer }) => ({ quantity, weightGrams: offer.weightGrams })))
  return { subtotalMinor, currency, grams, shipsFree }
}
