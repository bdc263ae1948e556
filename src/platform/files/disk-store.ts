import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { assertNoTransaction } from '#platform/database'
import { addressOf, isFileName } from './file-name.ts'
import type { FileStore } from './file-store.ts'

/** Files below a folder of this machine, made where it is not there. */
export function openDiskStore(root: string): FileStore {
  return {
    save: async (name, bytes) => {
      assertNoTransaction()
      assert(isFileName(name), `not the name of a public file: ${name}`)
      await writeWhole(join(root, name), bytes)
      return addressOf(name)
    },
    find: async (name) => {
      const found = await openFile(root, name)
      await found?.file.close()
      return found && { bytes: found.bytes }
    },
    open: async (name) => {
      const found = await openFile(root, name)
      return found && { bytes: found.bytes, stream: found.file.createReadStream() }
    },
    remove: async (name) => {
      assertNoTransaction()
      assert(isFileName(name), `not the name of a public file: ${name}`)
      await rm(join(root, name), { force: true })
    },
    close: () => {},
  }
}

/** Written aside first, brought to the disk, then renamed. */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
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
}

const NOT_THERE = ['ENOENT', 'ENOTDIR', 'EISDIR', 'ELOOP', 'ENAMETOOLONG']

async function openFile(root: string, name: string) {
  assertNoTransaction()
  if (!isFileName(name)) return undefined
  const file = await open(join(root, name)).catch((error: NodeJS.ErrnoException) => {
    if (NOT_THERE.includes(error.code ?? '')) return undefined
    throw error
  })
  if (!file) return undefined
  const stats = await file.stat()
  if (stats.isFile()) return { file, bytes: stats.size }
  await file.close()
  return undefined
}
