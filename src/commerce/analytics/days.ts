/** Whole days, the last one included, as YYYY-MM-DD in UTC. */
export type Days = { from: string; until: string }

export const SPANS = ['day', 'week', 'month'] as const
/** How days are put together: weeks begin on Monday. */
export type Span = (typeof SPANS)[number]

const DAY_MS = 86_400_000

export const toDay = (moment: Date): string => moment.toISOString().slice(0, 10)

/** So many days, the present one the last. */
export function lastDays(number: number, now: Date): Days {
  return { from: toDay(new Date(now.getTime() - (number - 1) * DAY_MS)), until: toDay(now) }
}
