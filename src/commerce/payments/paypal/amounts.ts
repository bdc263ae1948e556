/** PayPal writes amounts as decimals, but some currencies without: https://developer.paypal.com/api/rest/reference/currency-codes/ */
import { digitsOf, fromDecimal, isCurrency, toDecimal } from '#platform/money.ts'
import { gatewayRefused } from '../refused.ts'
import { textAt } from '../signed-events.ts'

/** Of these it takes whole units only, whatever the standard says. */
const WHOLE = ['HUF', 'JPY', 'TWD']

type Money = { currency_code: string; value: string }

/** Refuses `gateway_refused` for a part of a unit that PayPal does not know. */
export function toMoney(amountMinor: number, currency: string): Money {
  const value = toDecimal(amountMinor, currency)
  if (!WHOLE.includes(currency) || digitsOf(currency) === 0) return { currency_code: currency, value }
  if (!/\.0+$/.test(value)) throw gatewayRefused('PayPal', `it takes whole ${currency} only`)
  return { currency_code: currency, value: value.split('.')[0]! }
}

/** The amount at a path of something of PayPal, in our minor units; undefined where there is none. */
export function moneyAt(body: unknown, ...path: string[]): number | undefined {
  const currency = textAt(body, ...path, 'currency_code')
  return isCurrency(currency) ? fromDecimal(textAt(body, ...path, 'value'), currency) : undefined
}
