/**
 * The strings that the cells of an .xlsx share, by their number. As many as fit are kept in memory, the others in a
 * temporary file. Most programs number strings as the cells come, so that a look at the file serves for many cells.
 */
import { randomUUID } from 'node:crypto'
import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type StringStore = {
  add(text: string): void
  /** Undefined where there is no such number. */
  get(index: number): string | undefined
  /** Forgets the strings and removes the file. */
  close(): void
}

/** Characters of all strings in memory; each counts for what it takes when it is empty, too. */
const MEMORY_CHARS = 4 * 2 ** 20
const CHARS_PER_STRING = 16
const WRITE_BYTES = 2 ** 16
/** What is read at a look. Short, for the sake of sheets that were sorted after their strings were numbered. */
const LOOK_BYTES = 2 ** 14

export function openStringStore(memoryChars: number = MEMORY_CHARS): StringStore {
  const kept: string[] = []
  const spilled = openSpillFile()
  let chars = 0
  return {
    add(text) {
      chars += text.length + CHARS_PER_STRING
      if (chars <= memoryChars) kept.push(text)
      else spilled.add(text)
    },
    get: (index) => (index < kept.length ? kept[index] : spilled.get(index - kept.length)),
    close: () => spilled.close(),
  }
}

/** A file that is opened when it is needed, and has no name any more from then on: no crash leaves it behind. */
function openSpillFile(): StringStore {
  let file: number | undefined
  const ends: number[] = []
  let waiting: Buffer[] = []
  let waitingBytes = 0
  let written = 0
  let look = Buffer.alloc(0)
  let lookStart = 0

  function flush(): void {
    if (waitingBytes === 0) return
    file ??= openNameless()
    const bytes = Buffer.concat(waiting)
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at, bytes.length - at, written + at)
    written += bytes.length
    waiting = []
    waitingBytes = 0
  }

  function lookAt(start: number, end: number): void {
    flush()
    look = Buffer.allocUnsafe(Math.min(Math.max(LOOK_BYTES, end - start), written - start))
    lookStart = start
    readSync(file!, look, 0, look.length, start)
  }

  return {
    add(text) {
      const bytes = Buffer.from(text)
      waiting.push(bytes)
      waitingBytes += bytes.length
      ends.push(written + waitingBytes)
      if (waitingBytes >= WRITE_BYTES) flush()
    },
    get(index) {
      const end = ends[index]
      if (end === undefined) return undefined
      const start = index === 0 ? 0 : ends[index - 1]!
      if (end === start) return ''
      if (start < lookStart || end > lookStart + look.length) lookAt(start, end)
      return look.toString('utf8', start - lookStart, end - lookStart)
    },
    close() {
      if (file !== undefined) closeSync(file)
      file = undefined
    },
  }
}

function openNameless(): number {
  const path = join(tmpdir(), `souk-strings-${randomUUID()}`)
  const file = openSync(path, 'wx+', 0o600)
  rmSync(path)
  return file
}
