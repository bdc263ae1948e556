import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { Log } from '#platform/log'
import { openDiskStore } from './disk-store.ts'
import { openS3Store } from './s3-store.ts'

/** A file that is there. `stream` has to be read or destroyed. `bytes` is unknown where the storage does not say. */
export type OpenFile = { bytes: number | undefined; stream: Readable }

/**
 * Where public files are. Names are those of `contentName`. No transaction may be open: a store is outside. A storage that
 * fails is refused with `storage_unavailable`.
 */
export type FileStore = {
  /** Keeps a file under a name, as a whole or not at all, and returns the address it is served at. */
  save(name: string, bytes: Uint8Array): Promise<string>
  /** The size of a file; undefined for what is not there, or is no name of ours. */
  find(name: string): Promise<Pick<OpenFile, 'bytes'> | undefined>
  /** A file to read from; undefined as above. */
  open(name: string): Promise<OpenFile | undefined>
  /** Takes a file away. One that is gone already is no fault. */
  remove(name: string): Promise<void>
  close(): void
}

/** Opens the storage that FILES_URL names; without it files lie in the folder `files` of the data directory. */
export function openFileStore(options: { url: string; dataDirectory: string; log: Log }): FileStore {
  const { url, dataDirectory, log } = options
  return url ? openS3Store(url, log) : openDiskStore(join(dataDirectory, 'files'))
}
