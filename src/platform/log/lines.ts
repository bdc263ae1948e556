/** Where lines are written: at once, or a few at a time where there are many. */
import { pino } from 'pino'

/** What pino and its multistream write to. */
export type Lines = { write(line: string): void; reopen(): void }

const FLUSH_AT_BYTES = 8192
const FLUSH_EVERY_MS = 250

/**
 * Appends lines to a file, or to stdout where none is named. `gathers` them for a quarter of a second, since a write to the
 * system costs more than all else of a line; a warning or an error, and the end of the process, writes at once what was gathered.
 */
export function openLines(file: string | undefined, gathers: boolean): Lines {
  const place = file === undefined ? { dest: 1 } : { dest: file, mkdir: true, append: true }
  const stream = pino.destination({ ...place, sync: true, minLength: gathers ? FLUSH_AT_BYTES : 0 })
  // A full disk, or a reader who has had enough, does not end the shop.
  stream.on('error', () => {})
  if (!gathers) return { write: (line) => void stream.write(line), reopen: () => stream.reopen() }
  const flush = () => {
    try {
      stream.flushSync()
    } catch {
      // It is tried again with the next lines.
    }
  }
  setInterval(flush, FLUSH_EVERY_MS).unref()
  process.on('exit', flush)
  return {
    write: (line) => {
      stream.write(line)
      if (isUrgent(line)) flush()
    },
    reopen: () => {
      flush()
      stream.reopen()
    },
  }
}

/** A line of pino begins with its level: {"level":40, a warning, or more. */
const isUrgent = (line: string): boolean => line.charCodeAt(LEVEL_AT) >= FOUR
const LEVEL_AT = '{"level":'.length
const FOUR = '4'.charCodeAt(0)
