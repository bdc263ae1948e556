/** How often something took how long, in buckets: found once, then noted without any look-up. */
export type Tally = { counts: Float64Array; sumMs: number; count: number }

/** The upper bounds of the buckets, in milliseconds. */
export const BOUNDS_MS = [0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000] as const

export const newTally = (): Tally => ({ counts: new Float64Array(BOUNDS_MS.length), sumMs: 0, count: 0 })

/** Notes one more. What is longer than the last bound is in the count alone. */
export function note(tally: Tally, ms: number): void {
  tally.count += 1
  tally.sumMs += ms
  for (let at = 0; at < BOUNDS_MS.length; at += 1) {
    if (ms <= BOUNDS_MS[at]!) {
      tally.counts[at]! += 1
      return
    }
  }
}

type Labels = Record<string, string | number>
export type Sample = { labels: Labels; value: number; metricName?: string }

/** A tally as Prometheus wants histograms: cumulative buckets in seconds, sum, count. */
export function samplesOf(name: string, labels: Labels, { counts, sumMs, count }: Tally): Sample[] {
  let below = 0
  const buckets = BOUNDS_MS.map((bound, at) => {
    below += counts[at]!
    return { metricName: `${name}_bucket`, labels: { ...labels, le: bound / 1000 }, value: below }
  })
  return [
    ...buckets,
    { metricName: `${name}_bucket`, labels: { ...labels, le: '+Inf' }, value: count },
    { metricName: `${name}_sum`, labels, value: sumMs / 1000 },
    { metricName: `${name}_count`, labels, value: count },
  ]
}
