/** Which payments are real: said by PAYMENT_MODE, and by whose keys there are (V1-331, SF-502). */
import type { Config } from '../config.ts'

/** Asked for real money, simulated in the house, or refused: there are no keys, and nothing is to be simulated. */
export type PaymentMode = 'live' | 'simulated' | 'refused'
type Providers = 'stripe' | 'paypal' | 'razorpay' | 'builtin'

const KEYS = {
  stripe: ['STRIPE_SECRET_KEY'],
  paypal: ['PAYPAL_CLIENT_ID', 'PAYPAL_CLIENT_SECRET'],
  razorpay: ['RAZORPAY_KEY_ID', 'RAZORPAY_KEY_SECRET'],
} as const
type KeyName = (typeof KEYS)[keyof typeof KEYS][number]
type Keys = Partial<Pick<Config, KeyName>>

/**
 * How each provider is run. The gateway that comes with the shop stands in for Razorpay: where that is live, or nothing may be
 * simulated, it takes no payments, lest a buyer pays there with nothing.
 */
export function paymentModes(config: Pick<Config, 'PAYMENT_MODE' | KeyName>): Record<Providers, PaymentMode> {
  const without: PaymentMode = config.PAYMENT_MODE === 'live' ? 'refused' : 'simulated'
  const modeOf = (provider: keyof typeof KEYS): PaymentMode => {
    if (config.PAYMENT_MODE === 'sandbox') return 'simulated'
    return KEYS[provider].every((name) => config[name]) ? 'live' : without
  }
  const razorpay = modeOf('razorpay')
  const builtin = razorpay === 'live' ? 'refused' : without
  return { stripe: modeOf('stripe'), paypal: modeOf('paypal'), razorpay, builtin }
}

/** For the log at the start: "stripe live, paypal simulated, …". */
export function describePayments(config: Config): string {
  const { builtin: _, ...modes } = paymentModes(config)
  return Object.entries(modes)
    .map(([provider, mode]) => `${provider} ${mode}`)
    .join(', ')
}

/** Keys of which one half is missing, a sentence each. */
export function halfKeys(keys: Keys): string[] {
  return Object.values(KEYS)
    .filter((names) => names.some((name) => keys[name]) && !names.every((name) => keys[name]))
    .map((names) => `${names.join(' and ')} belong together`)
}

/** What of payments is hardly meant: refused providers anywhere; in production, simulated ones and webhooks that nobody believes. */
export function paymentWarnings(config: Config): string[] {
  const modes = paymentModes(config)
  const inMode = (mode: PaymentMode) =>
    (['stripe', 'paypal', 'razorpay'] as const).filter((provider) => modes[provider] === mode).join(', ')
  const warnings: string[] = []
  if (inMode('refused')) warnings.push(`PAYMENT_MODE is live and keys are missing: no payments by ${inMode('refused')}`)
  if (config.production && inMode('simulated'))
    warnings.push(`PAYMENT_MODE simulates payments by ${inMode('simulated')}: orders are paid with no money`)
  if (modes.paypal === 'live' && !config.PAYPAL_WEBHOOK_ID)
    warnings.push('PAYPAL_WEBHOOK_ID is not set: no webhook of PayPal is believed')
  return warnings
}
