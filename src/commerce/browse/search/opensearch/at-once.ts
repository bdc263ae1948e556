import { outsideOfAnyScope } from '#platform/database'
import type { Log } from '#platform/log'

/** Many changes in so short a time are sent together. */
const PAUSE_MS = 1000

/** Runs `work` a moment after it is told to, once for all who told meanwhile, and never twice at a time. Its failures are logged. */
export function openAfterwards(work: () => Promise<void>, log: Log) {
  let timer: NodeJS.Timeout | undefined
  let isWanted = false
  let isRunning = false
  const run = async () => {
    timer = undefined
    if (isRunning) return
    isRunning = true
    isWanted = false
    await work().catch((error: Error) =>
      log.warn({ reason: error.message }, 'the search engine was not told of a change: the schedule tells it later'),
    )
    isRunning = false
    if (isWanted) tell()
  }
  const tell = () => {
    isWanted = true
    if (!timer && !isRunning) timer = outsideOfAnyScope(() => setTimeout(() => void run(), PAUSE_MS).unref())
  }
  return { tell, stop: () => clearTimeout(timer) }
}
