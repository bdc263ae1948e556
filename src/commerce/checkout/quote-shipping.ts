import { findOffersOfProducts } from '#commerce/browse'
import { type CartOwner, readCart } from '#commerce/cart'
import { findAddresses } from '#commerce/customers'
import { listMethods, type Quote, quotesFor } from '#commerce/shipping'
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
type Goods = { subtotalMinor: number; currency: string }

/**
 * What shipping would cost by each method (V1-286), in at most four statements however many items there are; stock is
 * not looked at. Refuses `not_authenticated` when somebody who is not signed in names an address (only an account has
 * a book), an address that is not in the account's own book, products that are not sold, goods of several currencies.
 */
export async function quoteShipping(app: App, wanted: QuoteWanted): Promise<Quote[]> {
  const country = await resolveCountry(app.db, wanted)
  const goods = wanted.items ? await priceItems(app.db, wanted.items) : await priceCart(app, wanted.cart)
  return quotesFor(await listMethods(app.db), { ...goods, country })
}

async function resolveCountry(db: Db, { destination, accountId }: QuoteWanted): Promise<string> {
  if ('country' in destination) return destination.country
  if (accountId === undefined) throw new Refusal('unauthenticated', 'not_authenticated', 'No credentials were sent')
  const [address] = await findAddresses(db, accountId, [destination.addressId])
  if (!address) throw invalidFields({ address_id: 'address_unknown' })
  return address.country
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
    goods ??= { subtotalMinor: 0, currency: offer.currency }
    if (offer.currency !== goods.currency) throw invalidFields({ items: 'other_currency' })
    goods.subtotalMinor += quantity * offer.priceMinor
  }
  if (!goods) throw invalidFields({ items: 'required' })
  return goods
}

async function priceCart(app: App, owner: CartOwner | undefined): Promise<Goods> {
  const { subtotalMinor, currency } = await readCart(app.db, owner, { now: app.now(), currency: app.config.CURRENCY })
  return { subtotalMinor, currency }
}
