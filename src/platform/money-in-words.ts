/** Amounts written out, as they stand on invoices. */
import { ToWords } from 'to-words'
import { digitsOf, toDecimal } from './money.ts'

const indian = new ToWords({ localeCode: 'en-IN' })
const english = new ToWords({ localeCode: 'en-US' })

/** 1250 USD becomes "Twelve US dollars and 50/100 only"; rupees are said as India says them, with paise. */
export function moneyInWords(amountMinor: number, currency: string): string {
  const sign = amountMinor < 0 ? 'Minus ' : ''
  const amount = toDecimal(Math.abs(amountMinor), currency)
  if (currency === 'INR') return `${sign}${indian.convert(amount, { currency: true })}`
  const [whole = '0', fraction = ''] = amount.split('.')
  const cents = Number(fraction) > 0 ? ` and ${fraction}/${10 ** digitsOf(currency)}` : ''
  return `${sign}${english.convert(whole)} ${currencyName(currency, Number(whole))}${cents} only`
}

/** As one says it after a number: 1 US dollar, 2 US dollars. */
function currencyName(currency: string, count: number): string {
  const named = { style: 'currency', currency, currencyDisplay: 'name', maximumFractionDigits: 0 } as const
  const parts = new Intl.NumberFormat('en-US', named).formatToParts(count)
  return parts.find(({ type }) => type === 'currency')!.value
}
