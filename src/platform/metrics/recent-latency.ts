/** How long requests took lately: the middle one, and what one in twenty and one in a hundred exceed. */
export type Latency = { p50: number; p95: number; p99: number }
export type RecentLatency = { note(ms: number): void; read(): Latency }

/** Eight steps to each doubling: what is read is off by less than 5 %. */
const STEPS = 8
/** From a hundredth of a millisecond to three hours. */
const SMALLEST_MS = 0.01
const SLOTS = 30 * STEPS
/** To ask the clock costs more than to note: it is asked once for so many. */
const LOOKS_EVERY = 32
const WINDOW_MS = 5 * 60_000

/** Keeps the last five to ten minutes. `nowMs` is a clock that only goes forward. */
export function openRecentLatency(nowMs: () => number = () => performance.now()): RecentLatency {
  let [current, before] = [new Float64Array(SLOTS), new Float64Array(SLOTS)]
  let begun = nowMs()
  let noted = 0
  const turn = (): void => {
    const now = nowMs()
    if (now - begun < WINDOW_MS) return
    before = now - begun < 2 * WINDOW_MS ? current : new Float64Array(SLOTS)
    current = new Float64Array(SLOTS)
    begun = now
  }
  return {
    note: (ms) => {
      noted += 1
      if (noted % LOOKS_EVERY === 0) turn()
      current[slotOf(ms)]! += 1
    },
    read: () => {
      turn()
      const all = current.map((count, slot) => count + before[slot]!)
      return { p50: quantile(all, 0.5), p95: quantile(all, 0.95), p99: quantile(all, 0.99) }
    },
  }
}

const slotOf = (ms: number): number =>
  Math.min(SLOTS - 1, Math.max(0, Math.round(Math.log2(Math.max(ms, SMALLEST_MS) / SMALLEST_MS) * STEPS)))
const msOf = (slot: number): number => SMALLEST_MS * 2 ** (slot / STEPS)

/** In milliseconds; 0 where there was nothing. */
function quantile(counts: Float64Array, part: number): number {
  const total = counts.reduce((sum, count) => sum + count, 0)
  if (total === 0) return 0
  let seen = 0
  const slot = counts.findIndex((count) => {
    seen += count
    return seen >= total * part
  })
  return Math.round(msOf(slot) * 100) / 100
}
