/** What any payment provider must do for us. Our ids are the idempotency keys: asking twice charges, or refunds, once. */

export const PROVIDERS = ['stripe', 'paypal', 'razorpay', 'builtin', 'cod'] as const
export type Provider = (typeof PROVIDERS)[number]
/** Providers that are asked over the network; cash on delivery asks nobody. */
export type OnlineProvider = Exclude<Provider, 'cod'>

export type IntentAsked = {
  paymentId: string
  orderNumber: string
  amountMinor: number
  currency: string
  returnUrl: string | null
}
export type IntentAnswer = {
  reference: string
  status: 'pending' | 'requires_action'
  clientSecret: string | null
  approvalUrl: string | null
}
export type RefundAsked = { refundId: string; reference: string; amountMinor: number; currency: string }
export type RefundAnswer = { reference: string; status: 'pending' | 'succeeded' | 'failed' }

/** What a webhook told. `outcome` is what it means for us; `ignored` is everything that means nothing. */
export type GatewayEvent = {
  provider: OnlineProvider
  id: string
  type: string
  reference: string
  outcome: 'succeeded' | 'failed' | 'refunded' | 'ignored'
  /** Of a refund: what has gone back in all, where the provider says it. */
  refundedMinor?: number
}
export type WebhookHeaders = Record<string, string | string[] | undefined>

export type Gateway = {
  createIntent(asked: IntentAsked): Promise<IntentAnswer>
  cancelIntent(reference: string): Promise<void>
  refund(asked: RefundAsked): Promise<RefundAnswer>
  /** Reads a webhook. Refuses (`invalid`, `invalid_signature`) what the provider did not sign, or signed too long ago. */
  readEvent(headers: WebhookHeaders, rawBody: string, now: Date): GatewayEvent
}
export type Gateways = Record<OnlineProvider, Gateway>
