/** Lists for staff, declared: what stands in them, and how they are searched, filtered and put in order. */
import type { RawBuilder } from 'kysely'

/**
 * A list of rows of one kind. `source` is what stands after "from"; `id` and `date` are columns of it: the rows are told apart by the one
 * and gathered by the other. A filter is known by its name and given its value as it was read.
 */
export type Listing<Row, Filters> = {
  source: RawBuilder<unknown>
  columns: RawBuilder<Row>
  id: RawBuilder<unknown>
  date: RawBuilder<unknown>
  /** Which rows of the source are meant, where not all. Here, and not in a part of a union, lest the planner cannot go by its index. */
  meant?: RawBuilder<boolean>
  /** A query for how many rows (`count`) each `day` has, where all are meant and there are too many to count. */
  tally?: RawBuilder<unknown>
  /** How many a sheet reads at once, where another number than usual: of rows that no index brings in order of their ids. */
  rowsAtOnce?: number
  search: (words: string) => RawBuilder<boolean>
  filters: { [Name in keyof Filters]-?: (value: Filters[Name]) => RawBuilder<boolean> }
  orderings: Record<string, RawBuilder<unknown>>
}

/** Days of a year, a month, or one day, in UTC. */
export type Period = { year?: number; month?: number; day?: number }

/** Which rows are wanted. */
export type Choice<Filters> = { search?: string; filters: Partial<Filters>; period: Period; ids?: number[] }

/** How many rows there are in each year, month or day: the next level below the period that is looked at. */
export type DateBuckets = { level: 'year' | 'month' | 'day'; buckets: { value: string; count: number }[] }

/** From the first moment of a period to the first one after it; nothing where all is meant. */
export function boundsOf({ year, month, day }: Period): { from: Date; until: Date } | undefined {
  if (year === undefined) return undefined
  if (month === undefined) return { from: new Date(Date.UTC(year, 0)), until: new Date(Date.UTC(year + 1, 0)) }
  if (day === undefined) return { from: new Date(Date.UTC(year, month - 1)), until: new Date(Date.UTC(year, month)) }
  return { from: new Date(Date.UTC(year, month - 1, day)), until: new Date(Date.UTC(year, month - 1, day + 1)) }
}

export const levelBelow = ({ year, month }: Period): DateBuckets['level'] =>
  year === undefined ? 'year' : month === undefined ? 'month' : 'day'

/** What somebody typed as a part of a text, for `like`. */
export const partPattern = (text: string): string =>
  `%${text
    .trim()
    .toLowerCase()
    .replaceAll(/[\\%_]/g, '\\$&')}%`
