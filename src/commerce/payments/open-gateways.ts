import { type PaymentMode, paymentModes } from '../../config/payment-modes.ts'
import type { Config } from '../../config.ts'
import { closedGateway } from './closed.ts'
import type { Gateway, Gateways, OnlineProvider } from './gateway.ts'
import { paypalGateway } from './paypal/paypal.ts'
import { razorpayGateway } from './razorpay/razorpay.ts'
import { builtinGateway } from './sandbox/builtin.ts'
import { sandboxPaypal } from './sandbox/paypal.ts'
import { sandboxStripe } from './sandbox/stripe.ts'
import { stripeGateway } from './stripe/stripe.ts'

/** The gateways of a configuration: each live, simulated, or closed (V1-331). */
export function openGateways(config: Config, now: () => Date): Gateways {
  const modes = paymentModes(config)
  const open = (provider: OnlineProvider, live: () => Gateway, simulated: () => Gateway): Gateway => {
    const kinds: Record<PaymentMode, () => Gateway> = { live, simulated, refused: () => closedGateway(provider) }
    return kinds[modes[provider]]()
  }
  const builtin = () => builtinGateway(config.PUBLIC_URL)
  return {
    stripe: open(
      'stripe',
      () => openStripe(config),
      () => sandboxStripe(config.STRIPE_WEBHOOK_SECRET ?? config.PAYMENT_WEBHOOK_SECRET),
    ),
    paypal: open(
      'paypal',
      () => openPaypal(config, now),
      () => sandboxPaypal(config.PAYPAL_WEBHOOK_SECRET ?? config.PAYMENT_WEBHOOK_SECRET, config.FRONTEND_URL),
    ),
    razorpay: open('razorpay', () => openRazorpay(config), builtin),
    builtin: open('builtin', builtin, builtin),
  }
}

const openStripe = (config: Config): Gateway =>
  stripeGateway({
    secretKey: config.STRIPE_SECRET_KEY ?? '',
    url: config.STRIPE_API_URL,
    webhookSecret: config.STRIPE_WEBHOOK_SECRET ?? config.PAYMENT_WEBHOOK_SECRET,
    timeoutMs: config.GATEWAY_TIMEOUT_MS,
  })

const openPaypal = (config: Config, now: () => Date): Gateway =>
  paypalGateway({
    clientId: config.PAYPAL_CLIENT_ID ?? '',
    clientSecret: config.PAYPAL_CLIENT_SECRET ?? '',
    url: config.PAYPAL_API_URL,
    webhookId: config.PAYPAL_WEBHOOK_ID ?? '',
    returnUrl: config.FRONTEND_URL,
    timeoutMs: config.GATEWAY_TIMEOUT_MS,
    now,
  })

const openRazorpay = (config: Config): Gateway =>
  razorpayGateway({
    keyId: config.RAZORPAY_KEY_ID ?? '',
    keySecret: config.RAZORPAY_KEY_SECRET ?? '',
    url: config.RAZORPAY_API_URL,
    webhookSecret: config.RAZORPAY_WEBHOOK_SECRET ?? config.PAYMENT_WEBHOOK_SECRET,
    pages: config.PUBLIC_URL,
    timeoutMs: config.GATEWAY_TIMEOUT_MS,
  })
