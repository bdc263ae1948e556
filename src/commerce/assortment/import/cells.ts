/** Reads the cells of one row. What is wrong is noted, all of it, and something sound comes back in its place. */
import { digitsBeforePoint, fromDecimal } from '#platform/money.ts'
import { type ColumnName, LIST_MARK, type Values } from './columns.ts'

export type Note = (field: string, message: string) => void
export type Cells = ReturnType<typeof openCells>

const DEPTH_MAX = 20

export function openCells(values: Values, note: Note) {
  const cell = (name: ColumnName) => values[name].trim()
  const atMost = (name: ColumnName, text: string, length: number): string => {
    if (text.length > length) note(name, `has more than ${length} characters`)
    return text
  }
  return {
    isFilled: (name: ColumnName): boolean => cell(name) !== '',
    text: (name: ColumnName, length: number): string => atMost(name, cell(name), length),
    required(name: ColumnName, length: number): string {
      if (cell(name) === '') note(name, 'is missing')
      return atMost(name, cell(name), length)
    },
    /** As it is written, with its blanks. */
    prose: (name: ColumnName, length: number): string => atMost(name, values[name], length),
    whole(name: ColumnName, most: number): number | null {
      const text = cell(name)
      if (text === '') return null
      const problem = problemOfWhole(text, most)
      if (problem) note(name, problem)
      return problem ? 0 : Number(text)
    },
    amount(name: ColumnName, currency: string): number | null {
      const text = cell(name)
      return text === '' ? null : readAmount(text, currency, (problem) => note(name, problem))
    },
    flag(name: ColumnName, usual: boolean): boolean {
      const text = cell(name).toLowerCase()
      if (text === '') return usual
      if (!YES.has(text) && !NO.has(text)) note(name, 'is neither yes nor no')
      return YES.has(text)
    },
    time(name: ColumnName): string | null {
      const text = cell(name)
      if (text === '') return null
      const time = ISO_TIME.test(text) ? new Date(text) : new Date(Number.NaN)
      if (Number.isFinite(time.getTime()) && time.getUTCFullYear() > 1900) return time.toISOString()
      note(name, 'is no time like 2026-01-31T12:00:00Z')
      return null
    },
    list(name: ColumnName, { most, length, mark = LIST_MARK }: ListLimits): string[] {
      const texts = readList(cell(name), mark)
      if (!texts) note(name, 'is no list of texts')
      if (texts && texts.length > most) note(name, `has more than ${most} entries`)
      for (const text of texts ?? []) atMost(name, text, length)
      return texts ?? []
    },
    json(name: ColumnName): unknown {
      return readJson(cell(name), () => note(name, 'is not valid JSON'))
    },
  }
}

type ListLimits = { most: number; length: number; mark?: string | RegExp }

const YES = new Set(['true', 'yes', '1'])
const NO = new Set(['false', 'no', '0'])
const ISO_TIME = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?$/

export function problemOfWhole(text: string, most: number): string | undefined {
  if (/^-\d+$/.test(text)) return 'is below 0'
  if (!/^\d{1,15}$/.test(text)) return 'is no whole number'
  return Number(text) > most ? `is more than ${most}` : undefined
}

/** Minor units; 0 where something is wrong. */
export function readAmount(text: string, currency: string, note: (problem: string) => void): number {
  if (/^-\d/.test(text)) note('is below 0')
  else if (!/^\d{1,12}(?:\.\d{1,20})?$/.test(text)) note('is no amount like 12.50')
  else if (text.replace(/\..*$/, '').length > digitsBeforePoint(currency))
    note(`has more than ${digitsBeforePoint(currency)} digits before the point`)
  else {
    const minor = fromDecimal(text.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, ''), currency)
    if (minor !== undefined) return minor
    note(`has more decimals than ${currency} has`)
  }
  return 0
}

/** Texts between marks, or a JSON array of texts; undefined where it is neither. */
function readList(text: string, mark: string | RegExp): string[] | undefined {
  if (!text.startsWith('['))
    return text === ''
      ? []
      : text
          .split(mark)
          .map((part) => part.trim())
          .filter((part) => part !== '')
  const list = readJson(text, () => {})
  return Array.isArray(list) && list.every((entry) => typeof entry === 'string') ? list : undefined
}

/** Undefined where it is none, or none that the database can keep. */
function readJson(text: string, note: () => void): unknown {
  if (text === '') return undefined
  try {
    const value: unknown = JSON.parse(text)
    if (isStorable(value, 0)) return value
  } catch {
    // Told below.
  }
  note()
  return undefined
}

/** No NUL, no half of a surrogate pair, and not too deep. */
function isStorable(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return !value.includes('\0') && value.isWellFormed()
  if (typeof value !== 'object' || value === null) return true
  if (depth >= DEPTH_MAX) return false
  return Object.entries(value).every(([key, inner]) => isStorable(key, depth) && isStorable(inner, depth + 1))
}
