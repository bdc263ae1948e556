/** Amounts written out, as they stand on invoices. */
import { ToWords } from 'to-words'
import { digitsOf, toDecimal } from './money.ts'

const indian = new ToWords({ localeCode: 'en-IN' })
const english = new ToWords({ localeCode: 'en-US' })
const currencyNames = new Intl.DisplayNames('en', { type: 'currency' })

/** 1250 USD becomes "Twelve US Dollar and 50/100 only"; rupees are said as India says them, with paise. */
export function moneyInWords(amountMinor: number, currency: string): string {
  const sign = amountMinor < 0 ? 'Minus ' : ''
  const amount = toDecimal(Math.abs(amountMinor), currency)
  if (currency === 'INR') return `${sign}${indian.convert(amount, { currency: true })}`
  const [whole = '0', fraction = ''] = amount.split('.')
  const cents = Number(fraction) > 0 ? ` and ${fraction}/${10 ** digitsOf(currency)}` : ''
  return `${sign}${english.convert(whole)} ${currencyNames.of(currency)}${cents} only`
}
