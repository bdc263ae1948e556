/** Which products are looked at (V1-202). Counting costs a request nothing: views are added up in memory and written in batches. */
import { type Db, outsideOfAnyScope } from '#platform/database'
import { type Log, loggerOf } from '#platform/log'
import { addViews } from './views.queries.ts'

const FLUSH_MS = 1000
/** Different products between two batches; of further ones views are lost rather than memory. */
const PRODUCTS_MAX = 10_000

export type ViewCounter = {
  count(productId: number): void
  /** Writes what was counted so far. What could not be written is kept for the next time. */
  flush(): Promise<void>
  /** Writes the rest, and counts no more. */
  close(): Promise<void>
}

/** Starts counting. Close it before the database. */
export function openViewCounter(app: { db: Db; log: Log }): ViewCounter {
  let views = new Map<number, number>()
  let writing: Promise<void> = Promise.resolve()

  const add = (productId: number, number: number) => {
    const before = views.get(productId)
    if (before !== undefined || views.size < PRODUCTS_MAX) views.set(productId, (before ?? 0) + number)
  }
  const write = async () => {
    if (views.size === 0) return
    const batch = views
    views = new Map()
    try {
      await outsideOfAnyScope(() => addViews(app.db, batch))
    } catch (error) {
      loggerOf(app.log, 'catalogue').warn({ err: error, products: batch.size }, 'views could not be written')
      for (const [productId, number] of batch) add(productId, number)
    }
  }
  // One after the other: a slow database gets no second batch on top of the first.
  const flush = () => {
    writing = writing.then(write)
    return writing
  }
  const timer = setInterval(() => void flush(), FLUSH_MS)
  timer.unref()
  return {
    count: (productId) => add(productId, 1),
    flush,
    close: () => {
      clearInterval(timer)
      return flush()
    },
  }
}
