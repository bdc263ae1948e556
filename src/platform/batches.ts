/** Notes that cost their maker nothing: kept in memory and written together, a moment later. */
import { outsideOfAnyScope } from './database/index.ts'
import type { Log } from './log/index.ts'

/** Between two batches, unless said otherwise; of further items the newest are lost rather than memory. */
const ITEMS_MAX = 10_000

const RESTS_MAX_MS = 2500
const TELLS_EVERY_MS = 60_000

export type Batches<Item> = {
  note(item: Item): void
  /** Writes what was noted so far. What could not be written is kept for the next time. */
  flush(): Promise<void>
  /** Writes the rest, and notes no more. */
  close(): Promise<void>
}

export type BatchOptions<Item> = {
  /** What the items are, for the log. */
  what: string
  log: Log
  everyMs: number
  itemsMax?: number
  /** After a batch nothing is written for so many times as long as it took, a few seconds at most. */
  restFor?: number
  write: (items: Item[]) => Promise<void>
}

/** Starts noting. Batches are written one after the other: a slow database gets no second one on top of the first. */
export function openBatches<Item>({
  what,
  log,
  everyMs,
  itemsMax = ITEMS_MAX,
  restFor = 0,
  write,
}: BatchOptions<Item>): Batches<Item> {
  let noted: Item[] = []
  let lost = 0
  let tellsAgainAt = 0
  let restsUntil = 0
  let writing: Promise<void> = Promise.resolve()

  const writeNoted = async () => {
    if (noted.length === 0) return
    const batch = noted
    noted = []
    const begun = performance.now()
    await outsideOfAnyScope(() => writeWhatCan(batch))
    const ended = performance.now()
    restsUntil = ended + Math.min(restFor * (ended - begun), RESTS_MAX_MS)
  }
  const tellOfLost = () => {
    if (lost === 0 || performance.now() < tellsAgainAt) return
    log.warn({ items: lost }, `${what} came faster than they are written: of some no row is kept`)
    lost = 0
    tellsAgainAt = performance.now() + TELLS_EVERY_MS
  }
  const writeWhatCan = async (batch: Item[]): Promise<void> => {
    try {
      await write(batch)
    } catch (error) {
      if (isOfTheData(error) && batch.length > 1) {
        // One item that cannot be written does not take the others with it.
        const half = batch.length >> 1
        await writeWhatCan(batch.slice(0, half))
        await writeWhatCan(batch.slice(half))
        return
      }
      log.warn({ err: error, items: batch.length }, `${what} could not be written`)
      if (!isOfTheData(error)) noted = [...batch, ...noted].slice(0, itemsMax)
    }
  }
  const flush = () => {
    writing = writing.then(writeNoted)
    return writing
  }
  const timer = setInterval(() => {
    tellOfLost()
    if (performance.now() >= restsUntil) void flush()
  }, everyMs)
  timer.unref()
  return {
    note: (item) => {
      if (noted.length < itemsMax) noted.push(item)
      else lost += 1
    },
    flush,
    close: () => {
      clearInterval(timer)
      return flush()
    },
  }
}

/** PostgreSQL will say the same to the same data the next time: a value that is none, or a constraint. */
const isOfTheData = (error: unknown): boolean => /^2[23]/.test(String((error as { code?: unknown }).code))
