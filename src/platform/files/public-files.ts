import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { assertNoTransaction } from '#platform/database'
import { isFileName } from './file-name.ts'

/** Where public files are kept, below the data directory. */
export const publicFilesDirectory = (dataDirectory: string): string => join(dataDirectory, 'files')

/**
 * Keeps a file under a name below `root`, and returns the address it is served at. It appears as a whole or not at
 * all: written aside first, brought to the disk, then renamed. The name is one of `contentName`.
 */
export async function saveFile(root: string, name: string, bytes: Uint8Array): Promise<string> {
  assertNoTransaction()
  assert(isFileName(name), `not the name of a public file: ${name}`)
  const path = join(root, name)
  // A leading dot: what is not finished is not served.
  const unfinished = join(dirname(path), `.${randomBytes(8).toString('hex')}`)
  await mkdir(dirname(path), { recursive: true })
  try {
    const file = await open(unfinished, 'wx')
    try {
      await file.writeFile(bytes)
      await file.datasync()
    } finally {
      await file.close()
    }
    await rename(unfinished, path)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
  return `/files/${name}`
}

/** The path and the size of a file that is there; undefined for what is not, or is no name of ours. */
export async function findFile(root: string, name: string): Promise<{ path: string; bytes: number } | undefined> {
  if (!isFileName(name)) return undefined
  const path = join(root, name)
  const found = await stat(path).catch(() => undefined)
  return found?.isFile() ? { path, bytes: found.size } : undefined
}

/** Takes a file away. One that is gone already is no fault. */
export async function removeFile(root: string, name: string): Promise<void> {
  assert(isFileName(name), `not the name of a public file: ${name}`)
  await rm(join(root, name), { force: true })
}
