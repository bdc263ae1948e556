/** Whole numbers in requests that may come as text (MP-067). */
import { Type } from 'typebox'
import type { FieldProblem } from '#platform/refusal.ts'

/** No shelf holds more. */
export const UNITS_MAX = 1_000_000_000
/** A whole number in a body: 12, or "12". */
export const Whole = Type.Union([Type.Number(), Type.String({ maxLength: 30 })], { description: 'whole number' })

/** The number, from zero to `maximum`, or what is wrong with it. */
export function readWhole(sent: string | number, maximum: number): number | FieldProblem {
  const text = String(sent).trim()
  if (text === '') return 'blank'
  if (!/^[+-]?\d+$/.test(text)) return 'not_integer'
  const number = Number(text)
  if (number < 0) return { code: 'minimum', limit: 0 }
  return number > maximum ? { code: 'maximum', limit: maximum } : number
}
