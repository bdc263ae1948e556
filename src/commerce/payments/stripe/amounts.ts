/** Stripe counts in minor units as we do, but for a few currencies: https://docs.stripe.com/currencies */
import { digitsOf, isCurrency } from '#platform/money.ts'
import { gatewayRefused } from '../refused.ts'

/** Digits by which Stripe counts, where the standard says otherwise. */
const DIGITS: Record<string, number> = { ISK: 2, MGA: 0, UGX: 2 }

/** Our minor units as Stripe has them. Refuses `gateway_refused` for a part of a unit that it does not know. */
export function toStripeAmount(amountMinor: number, currency: string): number {
  const amount = amountMinor * scaleOf(currency)
  if (!Number.isInteger(amount)) throw gatewayRefused('Stripe', `it takes whole ${currency} only`)
  return amount
}

/** An amount of Stripe in our minor units; of a currency that it does not name, as it is. */
export const fromStripeAmount = (amount: number, currency: string): number =>
  isCurrency(currency) ? Math.round(amount / scaleOf(currency)) : amount

const scaleOf = (currency: string): number => 10 ** ((DIGITS[currency] ?? digitsOf(currency)) - digitsOf(currency))
