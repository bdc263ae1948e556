/** What a query chooses of a resource: its filters, a search, a period, an order. */
import { type TSchema, Type } from 'typebox'
import type { Choice, Period } from '#commerce/backoffice'
import { type FieldCodes, invalidFields, Refusal } from '#platform/refusal.ts'
import { PageQuery } from '../http/paging.ts'
import type { FilterReader, Resource } from './resource.ts'

/** Every parameter is text: what is no number is a field at fault, not a type error. */
export type Query = Record<string, string | undefined>

const Text = Type.Optional(Type.String({ maxLength: 200 }))

/** The parameters of a list, for the document; `pages` where it has pages. */
export function queryOf<Row, Filters>({ filters, listing }: Resource<Row, Filters>, pages: boolean) {
  const readers = Object.values(filters) as FilterReader<unknown>[]
  const parameters: Record<string, TSchema> = {
    search: Text,
    ...Object.fromEntries(
      readers.map(({ name, description }) => [
        name,
        Type.Optional(Type.String({ maxLength: 200, ...(description && { description }) })),
      ]),
    ),
    year: Text,
    month: Text,
    day: Text,
  }
  const ordering = `${Object.keys(listing.orderings).join(', ')}; with - for the other way round`
  const paged = { ...PageQuery, ordering: Type.Optional(Type.String({ description: ordering })) }
  return Type.Object(pages ? { ...paged, ...parameters } : parameters)
}

/** Which rows are wanted. Refuses parameters that say nothing, all together. */
export function readChoice<Row, Filters>({ filters }: Resource<Row, Filters>, query: Query): Choice<Filters> {
  const faults: FieldCodes = {}
  const chosen = readFilters(filters, query, faults)
  const period = readPeriod(query, faults)
  refuseFaults(faults)
  const search = query.search?.trim()
  return { filters: chosen, period, ...(search && { search }) }
}

type Readers<Filters> = { [Name in keyof Filters]?: FilterReader<Filters[Name]> }

/** The filters of a query. Without `faults` to add to, refuses those that say nothing. */
export function readFilters<Filters>(readers: Readers<Filters>, query: Query, faults?: FieldCodes): Partial<Filters> {
  const found: FieldCodes = faults ?? {}
  const chosen: Partial<Filters> = {}
  for (const key of Object.keys(readers) as (keyof Filters)[]) {
    const { name, read, code } = readers[key]!
    const text = query[name]?.trim()
    if (!text) continue
    const value = read(text)
    if (value === undefined) found[name] = code === 'not_choice' ? { code, value: text } : code
    else chosen[key] = value
  }
  if (!faults) refuseFaults(found)
  return chosen
}

/** A day that is none has a sentence of its own (SF-024). */
function refuseFaults(fields: FieldCodes): void {
  if (Object.values(fields).includes('not_date')) throw new Refusal('invalid', 'not_a_date', 'No calendar date')
  if (Object.keys(fields).length > 0) throw invalidFields(fields)
}

/** A month needs its year, and a day its month. */
function readPeriod(query: Query, faults: FieldCodes): Period {
  const read = (name: 'year' | 'month' | 'day', [least, most]: [number, number]): number | undefined => {
    const text = query[name]?.trim()
    if (!text) return undefined
    const value = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN
    if (value >= least && value <= most) return value
    faults[name] = 'invalid'
    return undefined
  }
  const year = read('year', [1970, 9998])
  const month = read('month', [1, 12])
  const day = read('day', [1, 31])
  if (month !== undefined && year === undefined) faults.year ??= 'required'
  if (day !== undefined && month === undefined) faults.month ??= 'required'
  if (year === undefined || month === undefined) return year === undefined ? {} : { year }
  if (day === undefined) return { year, month }
  if (new Date(Date.UTC(year, month - 1, day)).getUTCDate() !== day) faults.day ??= 'invalid'
  return { year, month, day }
}
