/** How the parameters that many lists share are read. */
import { toDay } from '../../http/filters.ts'
import type { FilterReader } from '../resource.ts'

const DAY_MS = 86_400_000
const ID = /^[1-9]\d{0,14}$/

/** A number that names something. */
export const idFilter = (name: string): FilterReader<number> => ({
  name,
  read: (text) => (ID.test(text) ? Number(text) : undefined),
  code: 'not_number',
})

export const textFilter = (name: string, description?: string): FilterReader<string> => ({
  name,
  read: (text) => text,
  code: 'invalid',
  ...(description && { description }),
})

/** Words that are written in capitals; one that there is not chooses nothing. */
export const wordFilter = (name: string): FilterReader<string> => ({
  name,
  read: (text) => text.toUpperCase(),
  code: 'invalid',
})

/** SF-024: days in UTC, inclusive. */
export const timeReaders = {
  on: { name: 'date', read: toDay, code: 'not_date', description: 'YYYY-MM-DD' },
  from: { name: 'start_date', read: toDay, code: 'not_date', description: 'YYYY-MM-DD, inclusive' },
  until: {
    name: 'end_date',
    read: (text: string) => {
      const day = toDay(text)
      return day && new Date(day.getTime() + DAY_MS)
    },
    code: 'not_date',
    description: 'YYYY-MM-DD, inclusive',
  },
}
