import type { Log } from '#platform/log'

export type Breaker = {
  /** What `work` finds; undefined where it fails, or is not tried because it failed too often of late. Never throws. */
  attempt<Result>(work: () => Promise<Result>): Promise<Result | undefined>
}

/** So many failures in a row, and it is not asked for a while: first for so long, then for twice as long, up to a minute. */
const FAILURES_MAX = 3
const PAUSE_MS = 5000
const PAUSE_MAX_MS = 60_000

/** Keeps those who ask from waiting for what does not answer. After the pause a single one tries; if that is answered, all do again. */
export function openBreaker({ now, log }: { now: () => Date; log: Log }): Breaker {
  let failures = 0
  let pauseMs = PAUSE_MS
  let openUntil = 0

  const succeed = () => {
    if (openUntil > 0) log.info({}, 'the search engine answers again')
    failures = 0
    pauseMs = PAUSE_MS
    openUntil = 0
  }
  const fail = (error: Error, isTrial: boolean) => {
    // Those that were under way when it was left alone tell nothing new.
    if (!isTrial && openUntil > 0) return
    failures += 1
    log.warn({ reason: error.message }, 'the search engine failed: the database searched instead')
    if (failures < FAILURES_MAX) return
    openUntil = now().getTime() + pauseMs
    log.error({ reason: error.message, pauseMs }, 'the search engine is left alone for a while: the database searches')
    pauseMs = Math.min(pauseMs * 2, PAUSE_MAX_MS)
  }

  return {
    attempt: async (work) => {
      const at = now().getTime()
      const isTrial = openUntil > 0
      if (openUntil > at) return undefined
      // Whoever comes while this one tries does not wait for it.
      if (isTrial) openUntil = at + pauseMs
      let result: Awaited<ReturnType<typeof work>>
      try {
        result = await work()
      } catch (error) {
        fail(error as Error, isTrial)
        return undefined
      }
      succeed()
      return result
    },
  }
}
