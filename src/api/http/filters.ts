/** Reading the filters of a list (V1-008): what is of the wrong type is a field at fault, what is unknown is ignored. */
import { invalidFields } from '#platform/refusal.ts'

/** A day as its first moment, UTC. Refuses what is no day. */
export function readDay(name: string, text: string | undefined): Date | undefined {
  if (text === undefined || text === '') return undefined
  const day = new Date(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : Number.NaN)
  if (Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== text)
    throw invalidFields({ [name]: 'not_date' })
  return day
}

/** `true` and `1` are yes; anything else is no. */
export function readFlag(text: string | undefined): boolean {
  return text === 'true' || text === '1'
}

/** Which column a list is ordered by, and which way. Unknown names mean the usual order. */
export function readOrdering<const Column extends string>(
  text: string | undefined,
  columns: Record<string, Column>,
  usual: string,
): { by: Column; descending: boolean } {
  const name = text?.replace(/^-/, '') ?? ''
  const wanted = text && Object.hasOwn(columns, name) ? text : usual
  return { by: columns[wanted.replace(/^-/, '')]!, descending: wanted.startsWith('-') }
}
