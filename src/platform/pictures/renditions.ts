import { buffer } from 'node:stream/consumers'
import { type FileStore, nameAt } from '#platform/files'
import { shrinkPicture } from './read-picture.ts'

/** How wide the smaller copies of a picture are, in pixels. */
const WIDTHS = [160, 480, 960]

/** The widths of the copies that a picture of this width gets: those that are smaller. */
export const renditionsOf = (width: number): number[] => WIDTHS.filter((each) => each < width)

/** Where the copy of a picture is that is so wide: `/files/products/vase-3f9a1c2d-480.webp`. */
export const renditionAt = (address: string, width: number): string => address.replace(/(?=\.[a-z]+$)/, `-${width}`)

/**
 * Makes the smaller copies of a kept picture, which is so many pixels large. Made again they are the same files. Throws
 * where the picture is not there.
 */
export async function makeRenditions(files: FileStore, address: string, size: Size): Promise<void> {
  const original = await files.open(nameAt(address) ?? '')
  if (!original) throw new Error(`the picture is not there: ${address}`)
  const picture = { bytes: await buffer(original.stream), ...size }
  for (const width of renditionsOf(size.width)) {
    const { bytes } = await shrinkPicture(picture, width)
    await files.save(nameAt(renditionAt(address, width))!, bytes)
  }
}

type Size = { width: number; height: number }

/** Takes a kept picture and its copies away; what is not ours, or gone already, is no fault. */
export async function removePictureFiles(files: FileStore, address: string): Promise<void> {
  const all = [address, ...WIDTHS.map((width) => renditionAt(address, width))]
  for (const name of all.map(nameAt)) if (name) await files.remove(name)
}
