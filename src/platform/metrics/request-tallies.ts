import { openRecentLatency, type RecentLatency } from './recent-latency.ts'
import { newTally, note, type Sample, samplesOf, type Tally } from './tally.ts'

/** What requests are told apart by, beside method and status: never by what a client may choose. */
export type RequestKind = { surface: string; route: string }
/** Notes a request that was answered. */
export type RequestMeter = (method: string, status: number, ms: number) => void

export type RequestTallies = {
  /** Where requests of this kind are noted: asked for once for each route. */
  meterOf(kind: RequestKind): RequestMeter
  read(name: string): Sample[]
  /** All requests since the start, and those that ended in a 5xx. */
  totals(): { count: number; failed: number }
  recent: RecentLatency
}

export function openRequestTallies(): RequestTallies {
  const kept: { kind: RequestKind; method: string; status: number; tally: Tally }[] = []
  const recent = openRecentLatency()
  return {
    meterOf: (kind) => {
      const tallies = new Map<string, Tally>()
      return (method, status, ms) => {
        const key = method + status
        let tally = tallies.get(key)
        if (!tally) {
          tally = newTally()
          tallies.set(key, tally)
          kept.push({ kind, method, status, tally })
        }
        note(tally, ms)
        recent.note(ms)
      }
    },
    read: (name) =>
      kept.flatMap(({ kind: { surface, route }, method, status, tally }) =>
        samplesOf(name, { surface, route, method, status }, tally),
      ),
    totals: () => ({
      count: kept.reduce((sum, { tally }) => sum + tally.count, 0),
      failed: kept.filter(({ status }) => status >= 500).reduce((sum, { tally }) => sum + tally.count, 0),
    }),
    recent,
  }
}
