import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { bodyTooLarge } from './refusals.ts'

export type Spooled = { path: string; bytes: number; remove(): Promise<void> }

/**
 * Puts an upload into a temporary file that only this user may read; the caller removes it. Refuses more than
 * `maxBytes` (`body_too_large`); then, or when the upload breaks off, no file is left.
 */
export async function spool(upload: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Spooled> {
  const directory = await mkdtemp(join(tmpdir(), 'souk-upload-'))
  const path = join(directory, 'file')
  const remove = () => rm(directory, { recursive: true, force: true })
  let bytes = 0
  async function* counted(chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      bytes += chunk.byteLength
      if (bytes > maxBytes) throw bodyTooLarge(maxBytes)
      yield chunk
    }
  }
  try {
    await pipeline(upload, counted, createWriteStream(path, { flags: 'wx', mode: 0o600 }))
    return { path, bytes, remove }
  } catch (error) {
    await remove()
    throw error
  }
}
