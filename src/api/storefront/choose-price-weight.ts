/** Which article is meant by a price and a weight (SF-263, SF-267). */
import { findOffersOfAll, type Offer } from '#commerce/browse'
import type { Db } from '#platform/database'
import { invalidFields, Refusal } from '#platform/refusal.ts'
import { readAmount } from '../http/amounts.ts'
import { type PriceWeightSent, toCombinations, weightOfOffer } from './cart.wire.ts'

/** Refuses `price_weight_missing` where one of the two was not sent. */
export function readPriceWeight(sent: PriceWeightSent): { price: string | number; weight: string } {
  const { price, weight } = sent ?? {}
  if (price === undefined || price === null || price === '' || !weight)
    throw new Refusal('invalid', 'price_weight_missing', 'No pair of price and weight')
  return { price, weight: weight.trim() }
}

/**
 * The offer of a product with this price, compared by value, and this weight. Refuses `product_not_sellable`, and
 * `price_weight_unknown` with the pairs there are. One statement.
 */
export async function choosePriceWeight(db: Db, productId: number, sent: PriceWeightSent): Promise<Offer> {
  const { price, weight } = readPriceWeight(sent)
  const offers = (await findOffersOfAll(db, productId)).filter(({ isSellable }) => isSellable)
  const [first] = offers
  if (!first) throw new Refusal('missing', 'product_not_sellable', 'Not sold')
  const priceMinor = readAmount(price, first.currency)
  if (priceMinor === 'not_number' || priceMinor === 'blank') throw invalidFields({ price_weight: 'not_number' })
  const chosen = offers.find((offer) => offer.priceMinor === priceMinor && weightOfOffer(offer) === weight)
  if (chosen) return chosen
  throw new Refusal('missing', 'price_weight_unknown', 'No such pair', { combinations: toCombinations(offers) })
}
