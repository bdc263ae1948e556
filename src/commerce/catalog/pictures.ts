/**
 * The pictures of a product (V1-204, MP-071, NX-112). Whoever changes them locks the product first: what is read after
 * that stays true until the commit, so of many parallel deeds none can leave two primary pictures, or fail.
 */

import { noteChange } from '#platform/changes'
import { inTransaction, type Tx } from '#platform/database'
import { removePictureFiles, renditionsOf } from '#platform/pictures'
import { invalidFields, missing, Refusal } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import { dropPictureFiles, keepSentPicture, pictureCopies } from './picture-files.ts'
import type { ManagedProduct, Picture } from './pictures.queries.ts'
import * as queries from './pictures.queries.ts'

const PICTURES_MAX = 50
const URL_LENGTH_MAX = 2000
const FOLDER = 'products'

/** By its content, or by its address elsewhere, which is stored as it is and asked of nobody. */
export type NewPicture = ({ bytes: Uint8Array } | { url: string }) & { altText?: string; isPrimary?: boolean }
export type PictureChanges = {
  altText?: string
  isPrimary?: boolean
  /** Its place among the pictures of the product, from 0. */
  position?: number
}

/**
 * Adds a picture at the end. The first one of a product is primary; a later one if that is wished, and then no other is.
 * Smaller copies of what was sent follow by a job. Refuses a file that is no picture (of the field `image`), an address
 * that is not http or https (`not_uri` of `url`), the 51st picture (`too_many_pictures`), a product that is gone.
 */
export async function addPicture(app: App, product: ManagedProduct, picture: NewPicture): Promise<Picture> {
  const { altText = '', isPrimary = false } = picture
  const wishes = { altText, isPrimary }
  if ('url' in picture) return insert(app, product, { url: checkUrl(picture.url), ...wishes })
  const kept = await keepSentPicture(app, { bytes: picture.bytes, folder: FOLDER, label: product.slug })
  const { address: url, width, height } = kept
  try {
    return await insert(app, product, { url, width, height, ...wishes })
  } catch (error) {
    // Of any other fault it is not known whether the row is there.
    if (error instanceof Refusal) await removePictureFiles(app.files, url)
    throw error
  }
}

function insert(app: App, { id }: ManagedProduct, picture: Parameters<typeof queries.insertPicture>[2]) {
  return changePictures(app, id, async (tx) => {
    if (picture.isPrimary) await queries.clearPrimary(tx, id)
    const inserted = await queries.insertPicture(tx, id, picture, PICTURES_MAX)
    if (!inserted)
      throw new Refusal('invalid', 'too_many_pictures', 'The product has too many pictures', { limit: PICTURES_MAX })
    const hasCopies = renditionsOf(picture.width ?? 0).length > 0
    if (hasCopies) await app.jobs.enqueue(tx, pictureCopies, [{ pictureId: inserted.id }])
    return inserted
  })
}

/**
 * Changes what is named. A picture that becomes primary takes the place of the one that was; one that no longer wants to
 * be hands over to the first of the others, where there is one. Refuses `picture_not_found`.
 */
export function changePicture(app: App, productId: number, id: number, changes: PictureChanges): Promise<Picture> {
  const { altText, isPrimary, position } = changes
  return changePictures(app, productId, async (tx) => {
    const before = await queries.findPicture(tx, productId, id)
    if (!before) throw missing('picture')
    if (altText !== undefined) await queries.updatePicture(tx, id, { altText })
    if (isPrimary !== undefined && isPrimary !== before.isPrimary) {
      await queries.clearPrimary(tx, productId)
      await (isPrimary ? queries.updatePicture(tx, id, { isPrimary }) : queries.promoteFirst(tx, productId, id))
    }
    if (position !== undefined) await queries.placePicture(tx, productId, id, position)
    return (await queries.findPicture(tx, productId, id))!
  })
}

/**
 * Removes a picture; where it was the primary one, the first of the others becomes it. Its files follow by a job, unless
 * something else shows them. Refuses `picture_not_found`.
 */
export function removePicture(app: App, productId: number, id: number): Promise<void> {
  return changePictures(app, productId, async (tx) => {
    const removed = await queries.deletePicture(tx, productId, id)
    if (!removed) throw missing('picture')
    if (removed.isPrimary) await queries.promoteFirst(tx, productId, id)
    await dropPictureFiles(app.jobs, tx, [removed.url], productId)
  })
}

/** Shoppers see the first picture of a product in lists as well. */
function changePictures<Result>(app: App, productId: number, work: (tx: Tx) => Promise<Result>): Promise<Result> {
  return inTransaction(app.db, async (tx) => {
    if (!(await queries.lockPicturesOf(tx, productId))) throw missing('product')
    const result = await work(tx)
    noteChange(tx, 'products', `product:${productId}`)
    return result
  })
}

/** Refuses what is no address of the web. */
function checkUrl(url: string): string {
  if (url.length > URL_LENGTH_MAX) throw invalidFields({ url: { code: 'maxLength', limit: URL_LENGTH_MAX } })
  if (!/^https?:\/\/[^\s\p{Cc}]+$/iu.test(url) || !URL.canParse(url)) throw invalidFields({ url: 'not_uri' })
  return url
}
