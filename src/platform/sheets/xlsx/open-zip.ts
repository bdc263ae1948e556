/** The parts of a zip file, read straight from the file: nothing is unpacked to disk, names are only looked up. */
import type { FileHandle } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from 'yauzl'
import type { SheetLimits } from '../limits.ts'
import { readBytes } from '../read-bytes.ts'
import { sheetBroken, unpacksTooLarge } from '../refusals.ts'

export type Zip = {
  /** Bytes that the part says it unpacks to; undefined where there is no such part. */
  sizeOf(name: string): number | undefined
  /** Refuses a part that is damaged, and one that unpacks to more than `maxBytes` or is allowed in all. */
  read(name: string, maxBytes?: number): AsyncGenerator<Buffer>
}

const PARTS_MAX = 10_000
/** What packs better and is not small is a bomb: a sheet with the same text of 20,000 characters in every row has 200. */
const RATIO_MAX = 300
const SMALL_BYTES = 8 * 2 ** 20

/** Reads the directory. Part names match regardless of case, as the standard of the format says. */
export async function openZip(file: FileHandle, size: number, limits: SheetLimits): Promise<Zip> {
  const zip = await asRefusal(
    fromRandomAccessReaderPromise(new PromisingReader(file), size, { autoClose: false, strictFileNames: false }),
  )
  // Faults come by the promises; an event that nobody hears would end the process.
  zip.on('error', () => {})
  const entries = await asRefusal(listEntries(zip))
  let unpacked = 0

  async function* read(name: string, maxBytes = limits.maxUnpackedBytes): AsyncGenerator<Buffer> {
    const entry = entries.get(name.toLowerCase())
    if (!entry) throw sheetBroken(`there is no ${name}`)
    const allowed = Math.min(maxBytes, limits.maxUnpackedBytes - unpacked)
    if (entry.uncompressedSize > allowed) throw unpacksTooLarge()
    const contents: Readable = await asRefusal(zip.openReadStreamPromise(entry))
    let bytes = 0
    let sum = 0
    try {
      for await (const chunk of refusing(contents)) {
        bytes += chunk.length
        unpacked += chunk.length
        sum = crc32(chunk, sum)
        const isBomb = bytes > SMALL_BYTES && bytes > entry.compressedSize * RATIO_MAX
        if (isBomb || bytes > allowed) throw unpacksTooLarge()
        yield chunk
      }
    } finally {
      contents.destroy()
    }
    if (sum !== entry.crc32) throw sheetBroken(`the checksum of ${name} is wrong`)
  }

  return { sizeOf: (name) => entries.get(name.toLowerCase())?.uncompressedSize, read }
}

async function listEntries(zip: ZipFile): Promise<Map<string, Entry>> {
  if (zip.entryCount > PARTS_MAX) throw sheetBroken('it has too many parts')
  const entries = new Map<string, Entry>()
  for await (const entry of zip.eachEntry()) {
    const name = entry.fileName.toLowerCase()
    if (entries.has(name)) throw sheetBroken(`there are two of ${name}`)
    entries.set(name, entry)
  }
  return entries
}

/**
 * Reads the file by promises. The reader that comes with yauzl throws where nobody can catch it when a crafted file
 * names an offset of 2^60, and the process ends.
 */
class PromisingReader extends RandomAccessReader {
  readonly #file: FileHandle

  constructor(file: FileHandle) {
    super()
    this.#file = file
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, bytesRead?: number) => void,
  ): void {
    this.#file.read(buffer, offset, length, position).then(
      ({ bytesRead }) => setImmediate(callback, null, bytesRead),
      (error) => setImmediate(callback, error),
    )
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(readBytes(this.#file, start, end), { objectMode: false })
  }

  /** The file is closed by whoever opened it. */
  override close(callback: (error: Error | null) => void): void {
    callback(null)
  }
}

async function* refusing(contents: Readable): AsyncGenerator<Buffer> {
  try {
    yield* contents as AsyncIterable<Buffer>
  } catch (error) {
    throw toRefusal(error)
  }
}

const asRefusal = <Result>(reading: Promise<Result>): Promise<Result> =>
  reading.catch((error) => {
    throw toRefusal(error)
  })

/** Whatever yauzl and zlib find wrong is the file's fault; what the system says is not. */
function toRefusal(error: unknown): unknown {
  const isOurs = !(error instanceof Error) || 'syscall' in error || error.name === 'Refusal'
  return isOurs ? error : sheetBroken(error.message)
}
