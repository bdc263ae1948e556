import type { FileHandle } from 'node:fs/promises'

const CHUNK_BYTES = 2 ** 16

/** The bytes of an open file from `start` up to `end`. A stream would close the file when it is given up. */
export async function* readBytes(file: FileHandle, start: number, end: number): AsyncGenerator<Buffer> {
  for (let at = start; at < end; ) {
    const length = Math.min(CHUNK_BYTES, end - at)
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(length), 0, length, at)
    // Shortened while it is read.
    if (bytesRead === 0) return
    at += bytesRead
    yield buffer.subarray(0, bytesRead)
  }
}
