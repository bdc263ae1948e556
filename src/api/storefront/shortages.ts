import { findOffers } from '#commerce/browse'
import { Refusal } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'
import { toShortageText } from './cart.wire.ts'

/** The refusal of an order that is short of something, line by line (SF-296). */
export async function inWordsOfCart(app: App, error: unknown): Promise<unknown> {
  if (!(error instanceof Refusal) || !['out_of_stock', 'not_sellable'].includes(error.code)) return error
  const items = error.details.items as { variantId: number; name: string; requested: number; available: number }[]
  const offers = await findOffers(
    app.db,
    items.map(({ variantId }) => variantId),
  )
  const short = items.map(({ variantId, name, requested, available }) => {
    const offer = offers.find((each) => each.variantId === variantId)
    return offer ? toShortageText({ offer, requested, available }) : `${name} (Requested: ${requested}, Available: 0)`
  })
  return new Refusal('conflict', 'short_of_stock', 'Too few of something', { short })
}
