/** Stripe counts in minor units as we do, but for two currencies: https://docs.stripe.com/currencies#special-cases */
import { digitsOf, isCurrency } from '#platform/money.ts'

/** Digits by which Stripe counts, where the standard has none. */
const DIGITS: Record<string, number> = { ISK: 2, UGX: 2 }

export const toStripeAmount = (amountMinor: number, currency: string): number => amountMinor * scaleOf(currency)

/** An amount of Stripe in our minor units; of a currency that it does not name, as it is. */
export const fromStripeAmount = (amount: number, currency: string): number =>
  isCurrency(currency) ? Math.round(amount / scaleOf(currency)) : amount

const scaleOf = (currency: string): number => 10 ** ((DIGITS[currency] ?? digitsOf(currency)) - digitsOf(currency))
