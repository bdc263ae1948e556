/** The files of pictures: their smaller copies are made, and what nobody shows any more is taken away, by jobs. */
import { isPictureInOrders } from '#commerce/orders'
import { noteChange } from '#platform/changes'
import { inTransaction, type Tx } from '#platform/database'
import { nameAt } from '#platform/files'
import type { JobQueue, Jobs } from '#platform/jobs'
import { type KeptPicture, keepPicture, makeRenditions, removePictureFiles, renditionsOf } from '#platform/pictures'
import { invalidFields, Refusal } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import { findKeptPicture, isFileShown, noteSizes } from './pictures.queries.ts'

export const pictureCopies: JobQueue<{ pictureId: number }> = { name: 'picture-copies', concurrency: 1 }
/** `productId` is that of the product that showed it, for the sake of its orders. */
export const pictureRemovals: JobQueue<{ address: string; productId: number | null }> = {
  name: 'picture-removals',
  concurrency: 1,
}

/**
 * Keeps what somebody sent as a picture of this folder. Refuses what is none by its content, or too large: of the field
 * `image` (`not_an_image`, `picture_too_large`). Whoever does not store its address takes it away again.
 */
export async function keepSentPicture(
  app: App,
  picture: { bytes: Uint8Array; folder: string; label: string },
): Promise<KeptPicture> {
  return keepPicture(app.files, picture).catch((error: unknown) => {
    if (!(error instanceof Refusal) || error.kind !== 'invalid') throw error
    throw invalidFields({ image: { code: error.code, ...error.details } })
  })
}

/** Makes the smaller copies of a product's picture, and says so in its row. Safe to run twice. */
export async function makePictureCopies(app: App, { pictureId }: { pictureId: number }): Promise<void> {
  const picture = await findKeptPicture(app.db, pictureId)
  if (!picture) return
  await makeRenditions(app.files, picture.url, picture)
  const isThere = await inTransaction(app.db, async (tx) => {
    const productId = await noteSizes(tx, pictureId, renditionsOf(picture.width))
    if (productId !== undefined) noteChange(tx, 'products', `product:${productId}`)
    return productId !== undefined
  })
  // It was removed meanwhile, and so perhaps were its files before the last of them was there.
  if (!isThere) await removePictureFiles(app.files, picture.url)
}

/** Has the files of pictures taken away once this transaction is committed, where the pictures are ours. */
export async function dropPictureFiles(
  jobs: Jobs,
  tx: Tx,
  addresses: string[],
  productId: number | null,
): Promise<void> {
  const own = addresses.filter((address) => nameAt(address))
  if (own.length > 0)
    await jobs.enqueue(
      tx,
      pictureRemovals,
      own.map((address) => ({ address, productId })),
    )
}

/** Takes the files of a picture away, unless something still shows it: of the catalogue, or an order of the product. */
export async function removeUnusedPicture(
  app: App,
  { address, productId }: { address: string; productId: number | null },
): Promise<void> {
  const addresses = [address, app.config.PUBLIC_URL + address] as const
  if (await isFileShown(app.db, addresses)) return
  if (productId !== null && (await isPictureInOrders(app.db, productId, addresses))) return
  await removePictureFiles(app.files, address)
}
