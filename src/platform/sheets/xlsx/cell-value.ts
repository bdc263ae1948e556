/** What a cell of an .xlsx says, as text. */
import { sheetBroken } from '../refusals.ts'
import type { DateKind } from './date-styles.ts'
import type { StringStore } from './string-store.ts'

export type RawCell = { type: string; style: number; text: string }
export type CellContext = { strings: StringStore; dateStyles: (DateKind | undefined)[]; isFrom1904: boolean }

const DAY_S = 86_400
/** 31 December 9999, the last day that Excel knows. */
const LAST_DAY = 2_958_465
/** From 1 January 1900 to 1 January 1904. */
const DAYS_TO_1904 = 1462

export function cellText({ type, style, text }: RawCell, context: CellContext): string {
  switch (type) {
    case 's':
      return sharedText(text, context.strings)
    case 'inlineStr':
    case 'str':
      return unescapeText(text)
    case 'b':
      return text === '' ? '' : text.trim() === '1' || text.trim() === 'true' ? 'TRUE' : 'FALSE'
    case 'd':
    case 'e':
      return text
    default:
      return numberText(text.trim(), context.dateStyles[style], context.isFrom1904)
  }
}

function sharedText(index: string, strings: StringStore): string {
  if (index === '') return ''
  const text = strings.get(Number(index))
  if (text === undefined) throw sheetBroken(`there is no shared string ${index}`)
  return text
}

/** Characters in which the file may write one: _x000D_. */
export const ESCAPED_MAX = 7

/** Excel writes characters that XML cannot hold as _x000D_, and an underscore that would begin such a word as _x005F_. */
export const unescapeText = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text

/** Fifteen figures are what Excel shows; the file has 17, and 599.99 as 599.99000000000001. */
function numberText(text: string, kind: DateKind | undefined, isFrom1904: boolean): string {
  const value = Number(text)
  if (text === '' || Number.isNaN(value)) return text
  if (kind) return dateText(isFrom1904 ? value + DAYS_TO_1904 : value, kind) ?? text
  return /^-?\d+$/.test(text) ? text : String(Number(value.toPrecision(15)))
}

/** ISO 8601: a date, with the time where there is one; a time of day alone as such. Undefined for what is no date. */
export function dateText(serial: number, kind: DateKind): string | undefined {
  const seconds = Math.round(serial * DAY_S)
  const day = Math.floor(seconds / DAY_S)
  if (serial < 0 || day > LAST_DAY) return undefined
  const timeOfDay = new Date((seconds % DAY_S) * 1000).toISOString().slice(11, 19)
  if (kind === 'time' && day === 0) return timeOfDay
  // Excel holds 1900 for a leap year: its day 60 never was, and the days before are one off.
  const date = new Date(Date.UTC(1899, 11, day < 60 ? 31 : 30) + day * DAY_S * 1000).toISOString().slice(0, 10)
  return seconds % DAY_S === 0 ? date : `${date}T${timeOfDay}`
}
