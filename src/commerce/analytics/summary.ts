/** How the shop does, at a glance (SF-389, SF-395…397). */
import type { App } from '../app.ts'
import { type Days, toDay } from './days.ts'
import {
  readBehaviour,
  readOrderFigures,
  readRequestFigures,
  readSearchFigures,
  readVisitFigures,
} from './summary.queries.ts'

export const SUMMARY_PERIODS = ['day', 'week', 'month', 'year'] as const
export type SummaryPeriod = (typeof SUMMARY_PERIODS)[number]

export type Summary = Awaited<ReturnType<typeof readSummary>>

/** The day, ISO week, month or year that this moment lies in, UTC (SF-396). */
export function periodOf(period: SummaryPeriod, now: Date): Days {
  const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()]
  const days = (from: [number, number, number], until: [number, number, number]): Days => ({
    from: toDay(new Date(Date.UTC(...from))),
    until: toDay(new Date(Date.UTC(...until))),
  })
  if (period === 'day') return days([year, month, day], [year, month, day])
  if (period === 'month') return days([year, month, 1], [year, month + 1, 0])
  if (period === 'year') return days([year, 0, 1], [year, 11, 31])
  const monday = day - ((now.getUTCDay() + 6) % 7)
  return days([year, month, monday], [year, month, monday + 6])
}

/** The figures of a period in this currency. What was noted a moment ago is in it. */
export async function readSummary(app: App, period: SummaryPeriod, currency: string) {
  await app.trail.flush()
  const days = periodOf(period, app.now())
  const [behaviour, orders, searches, requests, visits] = await Promise.all([
    readBehaviour(app.db, days),
    readOrderFigures(app.db, days, currency),
    readSearchFigures(app.db, days),
    readRequestFigures(app.db, days),
    readVisitFigures(app.db, days, currency),
  ])
  return { period, ...days, behaviour, orders, searches, requests, visits }
}
