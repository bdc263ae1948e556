import { availableParallelism } from 'node:os'
import type { FileStore } from '#platform/files'
import type { DrawnPicture } from './draw-picture.ts'

/** Flat colours need no more effort than this. */
const WEBP = { quality: 86, effort: 1 } as const

/** Renders the pictures that are not there yet into the file storage, some at a time, off the event loop. */
export async function renderPictures(files: FileStore, pictures: DrawnPicture[]): Promise<void> {
  // Only a shop that loads its samples needs the library in memory.
  const { default: sharp } = await import('sharp')
  const waiting = [...pictures]
  const work = async () => {
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { svg, fileName } = next
      if (await files.find(fileName)) continue
      await files.save(fileName, await sharp(Buffer.from(svg)).webp(WEBP).toBuffer())
    }
  }
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, work))
}
