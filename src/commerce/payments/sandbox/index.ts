/** Gateways without a provider: nothing leaves the house, results arrive only by signed webhooks (V1-331). */
import type { Config } from '../../../config.ts'
import type { Gateways } from '../gateway.ts'
import { builtinGateway } from './builtin.ts'
import { sandboxPaypal } from './paypal.ts'
import { sandboxStripe } from './stripe.ts'

/** The sandbox of every online provider, each with its own webhook secret or the common one. */
export function sandboxGateways(config: Config): Gateways {
  return {
    stripe: sandboxStripe(config.STRIPE_WEBHOOK_SECRET ?? config.PAYMENT_WEBHOOK_SECRET),
    paypal: sandboxPaypal(config.PAYPAL_WEBHOOK_SECRET ?? config.PAYMENT_WEBHOOK_SECRET, config.FRONTEND_URL),
    razorpay: builtinGateway(config.PUBLIC_URL),
    builtin: builtinGateway(config.PUBLIC_URL),
  }
}
