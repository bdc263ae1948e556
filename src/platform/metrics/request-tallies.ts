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

type Kept = { kind: RequestKind; method: string; status: number; tally: Tally }

export function openRequestTallies(): RequestTallies {
  const kept: Kept[] = []
  const recent = openRecentLatency()
  return {
    meterOf: (kind) => {
      const ofKind: Kept[] = []
      // Nearly always one like the last.
      let last: Kept | undefined
      return (method, status, ms) => {
        if (last?.status !== status || last.method !== method) {
          last = ofKind.find((each) => each.status === status && each.method === method)
          if (!last) {
            last = { kind, method, status, tally: newTally() }
            ofKind.push(last)
            kept.push(last)
          }
        }
        note(last.tally, ms)
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
