/** Amounts of money in requests: text or a number, with no more decimals than the currency has (SF-004, V1-201). */
import { Type } from 'typebox'
import { digitsBeforePoint, digitsOf, fromDecimal } from '#platform/money.ts'
import type { FieldCodes, FieldProblem } from '#platform/refusal.ts'
import { Nullable } from './wire.ts'

/** An amount in a body: "12.50", or 12.5. */
export const Amount = Type.Union([Type.Number(), Type.String({ maxLength: 30 })], { description: 'decimal amount' })
/** The same, or null. */
export const NullableAmount = Type.Union([Nullable(Type.Number()), Nullable(Type.String({ maxLength: 30 }))], {
  description: 'decimal amount, or null',
})

type Sent = string | number | null | undefined

/** Reads the amounts of one body; what is wrong goes to `faults`, beside the other fields. */
export function openAmounts(currency: string, faults: FieldCodes) {
  const read = (field: string, sent: Sent, isSigned = false): number | undefined => {
    if (sent === undefined || sent === null || field in faults) return undefined
    const amount = readAmount(sent, currency, isSigned)
    if (typeof amount === 'number') return amount
    faults[field] = amount
    return undefined
  }
  return {
    /** Minor units, never negative; undefined where none was sent, or no amount. */
    amount: (field: string, sent: Sent): number | undefined => read(field, sent),
    /** The same, above or below zero. */
    signed: (field: string, sent: Sent): number | undefined => read(field, sent, true),
    /** Null where null was sent. */
    nullable: (field: string, sent: Sent): number | null | undefined => (sent === null ? null : read(field, sent)),
  }
}

/** The amount in minor units, or what is wrong with it. */
export function readAmount(sent: string | number, currency: string, isSigned = false): number | FieldProblem {
  const text = String(sent).trim()
  if (text === '') return 'blank'
  if (!/^-?\d+(\.\d+)?$/.test(text)) return 'not_number'
  const digitsMax = digitsBeforePoint(currency)
  if (digitsBefore(text) > digitsMax) return { code: 'too_many_digits', limit: digitsMax }
  const minor = fromDecimal(text.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, ''), currency)
  if (minor === undefined) return { code: 'too_many_decimals', limit: digitsOf(currency) }
  return minor < 0 && !isSigned ? { code: 'minimum', limit: 0 } : minor
}

const digitsBefore = (text: string) => text.replace(/^-|\..*$/g, '').length
