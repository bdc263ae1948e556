import { randomBytes } from 'node:crypto'
import { contentName, type FileStore } from '#platform/files'
import { readPicture } from './read-picture.ts'

/** A picture in the file storage: the address it is served at, and its size in pixels. */
export type KeptPicture = { address: string; width: number; height: number }

/**
 * Reads what somebody sent as a picture, as `readPicture` does, and keeps it in `folder` under a name that begins with
 * `label`. Each has a name of its own, also where the same was sent before: who removes the one leaves the other.
 */
export async function keepPicture(
  files: FileStore,
  { bytes: sent, folder, label }: { bytes: Uint8Array; folder: string; label: string },
): Promise<KeptPicture> {
  const { bytes, width, height } = await readPicture(sent)
  const name = contentName(folder, label, Buffer.concat([bytes, randomBytes(16)]), 'webp')
  return { address: await files.save(name, bytes), width, height }
}
