import { type PaymentMode, paymentModes } from '../../config/payment-modes.ts'
import type { Config } from '../../config.ts'
import { closedGateway } from './closed.ts'
import type { Gateway, Gateways, OnlineProvider } from './gateway.ts'
import { builtinGateway } from './sandbox/builtin.ts'
import { sandboxPaypal } from './sandbox/paypal.ts'
import { sandboxStripe } from './sandbox/stripe.ts'

type Opening = () => Gateway | Promise<Gateway>

/** The gateways of a configuration: each live, simulated, or closed (V1-331). */
export async function openGateways(config: Config, now: () => Date): Promise<Gateways> {
  const modes = paymentModes(config)
  const open = async (provider: OnlineProvider, live: Opening, simulated: Opening): Promise<Gateway> => {
    const openings: Record<PaymentMode, Opening> = { live, simulated, refused: () => closedGateway(provider) }
    return openings[modes[provider]]()
  }
  const { PAYMENT_WEBHOOK_SECRET, STRIPE_WEBHOOK_SECRET, PAYPAL_WEBHOOK_SECRET, FRONTEND_URL } = config
  const builtin = () => builtinGateway(config.PUBLIC_URL)
  const stripe = () => sandboxStripe(STRIPE_WEBHOOK_SECRET ?? PAYMENT_WEBHOOK_SECRET)
  const paypal = () => sandboxPaypal(PAYPAL_WEBHOOK_SECRET ?? PAYMENT_WEBHOOK_SECRET, FRONTEND_URL)
  return {
    stripe: await open('stripe', () => openStripe(config), stripe),
    paypal: await open('paypal', () => openPaypal(config, now), paypal),
    razorpay: await open('razorpay', () => openRazorpay(config), builtin),
    builtin: await open('builtin', builtin, builtin),
  }
}

// The providers' own clients are much to read, and only needed where they are live.

async function openStripe(config: Config): Promise<Gateway> {
  const { stripeGateway } = await import('./stripe/stripe.ts')
  return stripeGateway({
    secretKey: config.STRIPE_SECRET_KEY ?? '',
    url: config.STRIPE_API_URL,
    webhookSecret: config.STRIPE_WEBHOOK_SECRET ?? config.PAYMENT_WEBHOOK_SECRET,
    timeoutMs: config.GATEWAY_TIMEOUT_MS,
  })
}

async function openPaypal(config: Config, now: () => Date): Promise<Gateway> {
  const { paypalGateway } = await import('./paypal/paypal.ts')
  return paypalGateway({
    clientId: config.PAYPAL_CLIENT_ID ?? '',
    clientSecret: config.PAYPAL_CLIENT_SECRET ?? '',
    url: config.PAYPAL_API_URL,
    webhookId: config.PAYPAL_WEBHOOK_ID ?? '',
    returnUrl: config.FRONTEND_URL,
    timeoutMs: config.GATEWAY_TIMEOUT_MS,
    now,
  })
}

async function openRazorpay(config: Config): Promise<Gateway> {
  const { razorpayGateway } = await import('./razorpay/razorpay.ts')
  return razorpayGateway({
    keyId: config.RAZORPAY_KEY_ID ?? '',
    keySecret: config.RAZORPAY_KEY_SECRET ?? '',
    url: config.RAZORPAY_API_URL,
    webhookSecret: config.RAZORPAY_WEBHOOK_SECRET ?? config.PAYMENT_WEBHOOK_SECRET,
    pages: config.PUBLIC_URL,
    timeoutMs: config.GATEWAY_TIMEOUT_MS,
  })
}
