/** What any payment provider must do for us. Our ids are the idempotency keys: asking twice charges, or refunds, once. */
import type { PaymentMode } from '../../config/payment-modes.ts'

export const PROVIDERS = ['stripe', 'paypal', 'razorpay', 'builtin', 'cod'] as const
export type Provider = (typeof PROVIDERS)[number]
/** Providers that are asked over the network; cash on delivery asks nobody. */
export type OnlineProvider = Exclude<Provider, 'cod'>

/** `isRepeated`: it was asked for before, and the answer may have been lost. */
export type IntentAsked = {
  paymentId: string
  orderNumber: string
  amountMinor: number
  currency: string
  returnUrl: string | null
  isRepeated: boolean
}
export type IntentAnswer = {
  reference: string
  status: 'pending' | 'requires_action'
  clientSecret: string | null
  approvalUrl: string | null
}
/** An intent that the provider knows. */
export type Intent = { paymentId: string; reference: string; amountMinor: number; currency: string }
/** What became of it. `captureReference`: what the provider calls the money, where that is not the intent. */
export type Conclusion = { outcome: 'succeeded' | 'failed' | 'waiting'; captureReference?: string }

export type RefundAsked = {
  refundId: string
  reference: string
  captureReference: string | null
  amountMinor: number
  currency: string
  isRepeated: boolean
}
export type RefundAnswer = { reference: string; status: 'pending' | 'succeeded' | 'failed' }

/**
 * What a webhook told. `outcome` is what it means for us: `approved`, the buyer agrees and the money is ours to take;
 * `ignored` is everything that means nothing.
 */
export type GatewayEvent = {
  provider: OnlineProvider
  id: string
  type: string
  /** What the provider calls the intent; empty where it does not say. */
  reference: string
  /** Our own id, where the provider carries it: so a payment is found whose reference was not written down yet. */
  paymentId?: string | undefined
  captureReference?: string | undefined
  outcome: 'approved' | 'succeeded' | 'failed' | 'refunded' | 'ignored'
  /** Of a refund: what has gone back in all, where the provider says it. */
  refundedMinor?: number | undefined
}
export type WebhookHeaders = Record<string, string | string[] | undefined>

/** Whatever is asked refuses `gateway_refused` for what the provider will not do, and throws anything else where it does not answer. */
export type Gateway = {
  mode: PaymentMode
  createIntent(asked: IntentAsked): Promise<IntentAnswer>
  /** What became of an intent. Where the provider leaves it to us to take the money that the buyer agreed to, it is taken now. */
  conclude(intent: Intent): Promise<Conclusion>
  /** Withdraws an intent: `failed` when no money comes any more, `succeeded` when it has come, `waiting` when it still may. */
  cancelIntent(intent: Intent): Promise<Conclusion>
  refund(asked: RefundAsked): Promise<RefundAnswer>
  /** Reads a webhook. Refuses (`invalid`, `invalid_signature`) what the provider did not sign, or signed too long ago. */
  readEvent(headers: WebhookHeaders, rawBody: string, now: Date): Promise<GatewayEvent>
}
export type Gateways = Record<OnlineProvider, Gateway>
