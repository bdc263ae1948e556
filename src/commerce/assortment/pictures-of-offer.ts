import { dropPictureFiles, findPictureAddresses } from '#commerce/catalog'
import type { Tx } from '#platform/database'
import type { App } from '../app.ts'
import type { OfferChanges } from './offer.ts'

/** An offer whose pictures that this server serves are known by their place here, also where they come as they are shown. */
export function asStoredHere<Offer extends OfferChanges>(app: App, offer: Offer): Offer {
  const own = `${app.config.PUBLIC_URL}/files/`
  const stored = (url: string) => (url.startsWith(own) ? url.slice(app.config.PUBLIC_URL.length) : url)
  return offer.pictures
    ? { ...offer, pictures: offer.pictures.map((each) => ({ ...each, url: stored(each.url) })) }
    : offer
}

/** Does something to a product; the files of the pictures that it no longer has follow by jobs, unless something else shows them. */
export async function droppingPictures(app: App, tx: Tx, productId: number, work: () => Promise<void>): Promise<void> {
  const before = await findPictureAddresses(tx, productId)
  await work()
  const after = before.length > 0 ? await findPictureAddresses(tx, productId) : []
  await dropPictureFiles(
    app.jobs,
    tx,
    before.filter((each) => !after.includes(each)),
    productId,
  )
}
