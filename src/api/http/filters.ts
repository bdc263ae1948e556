/** Reading the filters of a list (V1-008): what is of the wrong type is a field at fault, what is unknown is ignored. */
import { fromDecimal } from '#platform/money.ts'
import { type FieldCodes, invalidFields } from '#platform/refusal.ts'

/** A day as its first moment, UTC. Refuses what is no day. */
export function readDay(name: string, text: string | undefined): Date | undefined {
  if (text === undefined || text === '') return undefined
  const day = toDay(text)
  if (!day) throw invalidFields({ [name]: 'not_date' })
  return day
}

/** The first moment of a day, UTC; undefined for what is no day. There is no year 0. */
export function toDay(text: string): Date | undefined {
  const day = new Date(/^(?!0000)\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : Number.NaN)
  return Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== text ? undefined : day
}

/** Yes or no; no where nothing is sent. Refuses what is neither. */
export function readFlag(name: string, text: string | undefined): boolean {
  const { yesNo, refuseFaults } = openFilters({ [name]: text })
  const flag = yesNo(name)
  refuseFaults()
  return flag ?? false
}

/**
 * Reads the filters of one query by name. An empty one is none; those of the wrong type go to `faults`, and `refuseFaults`
 * tells them all together.
 */
export function openFilters<Name extends string>(
  query: { [name in Name]?: string | undefined },
  faults: FieldCodes = {},
) {
  const read = <Value>(name: Name, parse: (text: string) => Value | undefined, code = 'invalid'): Value | undefined => {
    const text = query[name]?.trim()
    if (!text) return undefined
    const value = parse(text)
    if (value === undefined) faults[name] = code === 'not_choice' ? { code, value: text } : code
    return value
  }
  return {
    read,
    text: (name: Name) => read(name, (text) => text),
    yesNo: (name: Name) => read(name, toYesNo, 'not_boolean'),
    number: (name: Name) => read(name, toNumber, 'not_number'),
    /** Minor units of the currency. */
    amount: (name: Name, currency: string) => read(name, (text) => fromDecimal(text, currency), 'not_number'),
    refuseFaults: () => {
      if (Object.keys(faults).length > 0) throw invalidFields(faults)
    },
  }
}

/** `true`, `1`, `false` and `0`, in any case; undefined for any other word. */
export const toYesNo = (text: string): boolean | undefined => YES_NO[text.toLowerCase()]
const YES_NO: Record<string, boolean | undefined> = { __proto__: null!, true: true, 1: true, false: false, 0: false }

const toNumber = (text: string): number | undefined => (/^-?\d{1,9}(\.\d{1,9})?$/.test(text) ? Number(text) : undefined)

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
