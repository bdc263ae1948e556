/** The days that a report is of: start_date and end_date, inclusive, UTC. */
import { Type } from 'typebox'
import { type Days, lastDays, SPANS, type Span, toDay as toText } from '#commerce/analytics'
import { invalidFields, Refusal } from '#platform/refusal.ts'
import { toDay } from './filters.ts'

const DAY_MS = 86_400_000
const USUAL_DAYS = 30
/** A report of ten years is long enough. */
const DAYS_MAX = 3660

export const DaysQuery = {
  start_date: Type.Optional(Type.String({ description: `YYYY-MM-DD; ${USUAL_DAYS} days unless said` })),
  end_date: Type.Optional(Type.String({ description: 'YYYY-MM-DD, inclusive; today unless said' })),
}
export const SpanQuery = {
  group_by: Type.Optional(Type.String({ description: `${SPANS.join(', ')}; day unless said` })),
}

/** Refuses what is no day as `refuseDay` says, days in the wrong order, and too many of them. */
export function readDays(
  query: { start_date?: string; end_date?: string },
  now: Date,
  refuseDay: (name: string) => Refusal = (name) => invalidFields({ [name]: 'not_date' }),
): Days {
  const read = (name: 'start_date' | 'end_date'): Date | undefined => {
    const text = query[name]
    if (!text) return undefined
    const day = toDay(text)
    if (!day) throw refuseDay(name)
    return day
  }
  const [start, end] = [read('start_date'), read('end_date')]
  const days = lastDays(USUAL_DAYS, end ?? (start && start > now ? start : now))
  const from = start ? toText(start) : days.from
  if (from > days.until) throw invalidFields({ start_date: 'after_end' })
  if (Date.parse(days.until) - Date.parse(from) > DAYS_MAX * DAY_MS) {
    throw invalidFields({ start_date: { code: 'too_many_days', limit: DAYS_MAX } })
  }
  return { from, until: days.until }
}

/** For a surface that says so in one sentence. */
export const notADate = () => new Refusal('invalid', 'not_a_date', 'No calendar date')

/** Refuses a span that there is not (`group_by`). */
export function readSpan(text: string | undefined): Span {
  const span = SPANS.find((each) => each === (text || 'day'))
  if (!span) throw invalidFields({ group_by: { code: 'not_choice', value: text } })
  return span
}
