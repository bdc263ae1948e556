/** What was opened and must be closed again, in reverse, whatever went wrong in between. */
import type { Log } from '#platform/log'

export type Closing = {
  /** Notes how to close what was opened just now. A step that takes longer than `withinMs` is left behind. */
  add(what: string, close: () => unknown, withinMs?: number): void
  /** Closes everything, the last opened first; a step that fails is logged, the others follow. Never throws, runs once. */
  close(): Promise<void>
}

/** Begins with nothing to close. */
export function closeInReverse(log: Log): Closing {
  const steps: { what: string; close: () => unknown; withinMs: number | undefined }[] = []
  let closing: Promise<void> | undefined

  async function closeAll() {
    for (let step = steps.pop(); step; step = steps.pop()) {
      const { what, close, withinMs } = step
      try {
        await (withinMs === undefined ? close() : inTime(close(), withinMs))
      } catch (error) {
        log.warn({ err: error }, `not closed well: ${what}`)
      }
    }
  }

  return {
    add: (what, close, withinMs) => void steps.push({ what, close, withinMs }),
    close: () => {
      closing ??= closeAll()
      return closing
    },
  }
}

function inTime(work: unknown, withinMs: number): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`still not done after ${withinMs} ms`)), withinMs)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
