/**
 * Money is an integer of minor units (cents, paise) with a currency beside it.
 * Decimal strings exist on the wire only.
 */
import assert from 'node:assert/strict'
import { type Language, LOCALES } from './language.ts'

/** How many decimals a currency shows: 2 for USD and INR, 0 for JPY, 3 for KWD. */
export function digitsOf(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
}

const currencies = new Set(Intl.supportedValuesOf('currency'))

/** Whether there is such a currency: USD, not XXY (NX-114). */
export const isCurrency = (code: string): boolean => currencies.has(code)

/**
 * No amount that is told has more digits, decimals among them. So 999 of an article, the most that a cart holds of one, still cost
 * an exact number: 2⁵³ is nine times as much.
 */
const AMOUNT_DIGITS = 12

/** How many digits an amount that is told may have before the point: 10 in USD, 12 in JPY. */
export const digitsBeforePoint = (currency: string): number => AMOUNT_DIGITS - knownDigitsOf(currency)

const digitsKnown = new Map<string, number>()

/** To ask for them costs as much as to read a row of a file. */
function knownDigitsOf(currency: string): number {
  let digits = digitsKnown.get(currency)
  if (digits === undefined) {
    digits = digitsOf(currency)
    digitsKnown.set(currency, digits)
  }
  return digits
}

/** 1250 USD becomes "12.50". */
export function toDecimal(amountMinor: number, currency: string): string {
  assert(Number.isSafeInteger(amountMinor), `not an amount: ${amountMinor}`)
  const digits = knownDigitsOf(currency)
  if (digits === 0) return String(amountMinor)
  const sign = amountMinor < 0 ? '-' : ''
  const padded = String(Math.abs(amountMinor)).padStart(digits + 1, '0')
  return `${sign}${padded.slice(0, -digits)}.${padded.slice(-digits)}`
}

/** "12.5" becomes 1250 USD; undefined where the text is no amount of that currency. */
export function fromDecimal(text: string, currency: string): number | undefined {
  const digits = knownDigitsOf(currency)
  const match = /^(-?)(\d{1,12})(?:\.(\d+))?$/.exec(text.trim())
  if (!match) return undefined
  const [, sign, whole = '', fraction = ''] = match
  if (fraction.length > digits) return undefined
  const minor = Number(whole) * 10 ** digits + Number(fraction.padEnd(digits, '0') || 0)
  return sign === '-' ? -minor : minor
}

/** A share of an amount, rounded half up to the minor unit. `percent` may have decimals: 18, 7.25. */
export function percentOf(amountMinor: number, percent: number): number {
  // In hundred-thousandths of a percent, so that 7.25 % and 0.1 % stay exact integers before the one rounding.
  const scaled = BigInt(Math.round(percent * 1e5)) * BigInt(amountMinor)
  const unit = 10_000_000n
  const half = scaled < 0n ? -unit / 2n : unit / 2n
  return Number((scaled + half) / unit)
}

/**
 * An amount in parts, by the weight of each: together they are the amount, to the minor unit, and none is more than a unit off
 * its share. Weights that are all zero get nothing, so the amount must be zero then.
 */
export function shareOut(amountMinor: number, weights: number[]): number[] {
  const whole = weights.reduce((sum, weight) => sum + BigInt(weight), 0n)
  assert(whole > 0n || amountMinor === 0, 'an amount cannot be shared out among nothing')
  let until = 0n
  let given = 0n
  return weights.map((weight) => {
    until += BigInt(weight)
    // Rounded at each border between two parts, not in each part: so nothing is lost or made.
    const reached = whole === 0n ? 0n : (2n * BigInt(amountMinor) * until + whole) / (2n * whole)
    const part = Number(reached - given)
    given = reached
    return part
  })
}

const formatsKnown = new Map<string, Intl.NumberFormat>()

/** For people to read: 1250 USD becomes "$12.50"; rupees are grouped as India groups them. */
export function formatMoney(amountMinor: number, currency: string, language: Language = 'en'): string {
  const locale = language === 'en' ? (currency === 'INR' ? 'en-IN' : 'en-US') : LOCALES[language]
  const key = `${locale} ${currency}`
  let format = formatsKnown.get(key)
  if (!format) {
    format = new Intl.NumberFormat(locale, { style: 'currency', currency })
    formatsKnown.set(key, format)
  }
  return format.format(toDecimal(amountMinor, currency) as Intl.StringNumericLiteral)
}
