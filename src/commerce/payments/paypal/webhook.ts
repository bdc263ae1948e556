import type { GatewayEvent, WebhookHeaders } from '../gateway.ts'
import { isGatewayRefusal } from '../refused.ts'
import { idAt, invalidSignature, parseSigned, textAt } from '../signed-events.ts'
import { moneyAt } from './amounts.ts'
import type { Answer, Api } from './api.ts'
import { linkedId } from './order.ts'

const OUTCOMES: Record<string, GatewayEvent['outcome']> = {
  'CHECKOUT.ORDER.APPROVED': 'approved',
  'PAYMENT.CAPTURE.COMPLETED': 'succeeded',
  'PAYMENT.CAPTURE.DECLINED': 'failed',
  'PAYMENT.CAPTURE.DENIED': 'failed',
  'PAYMENT.CAPTURE.REFUNDED': 'refunded',
}

/** Reads an event of PayPal, which PayPal itself is asked to confirm (V1-333). Refuses `invalid_signature`. */
export async function readPaypalEvent(
  api: Api,
  webhookId: string,
  headers: WebhookHeaders,
  rawBody: string,
): Promise<GatewayEvent> {
  const proof = proofOf(headers)
  if (webhookId === '' || Object.values(proof).includes('')) throw invalidSignature()
  const event = parseSigned(rawBody)
  await confirm(api, { ...proof, webhook_id: webhookId }, rawBody)
  return toEvent(event)
}

function proofOf(headers: WebhookHeaders) {
  const header = (name: string) => textAt(headers, `paypal-${name}`)
  return {
    auth_algo: header('auth-algo'),
    cert_url: header('cert-url'),
    transmission_id: header('transmission-id'),
    transmission_sig: headerOfAnyLength(headers['paypal-transmission-sig']),
    transmission_time: header('transmission-time'),
  }
}

const headerOfAnyLength = (value: unknown): string => (typeof value === 'string' ? value : '')

/** The event goes along sign by sign as it came: written anew it would have another signature. */
async function confirm(api: Api, proof: object, rawBody: string): Promise<void> {
  const asked = `${JSON.stringify(proof).slice(0, -1)},"webhook_event":${rawBody}}`
  const answer = await api.post('/v1/notifications/verify-webhook-signature', asked).catch((error): Answer => {
    if (isGatewayRefusal(error)) return {}
    throw error
  })
  if (answer.verification_status !== 'SUCCESS') throw invalidSignature()
}

function toEvent(body: Answer): GatewayEvent {
  const type = textAt(body, 'event_type')
  const outcome = OUTCOMES[type] ?? 'ignored'
  const { resource } = body
  const [unit] = ((resource as Answer | undefined)?.purchase_units as Answer[] | undefined) ?? []
  const named = { provider: 'paypal', id: textAt(body, 'id'), type, outcome } as const
  // An approved order is the resource itself; captures and refunds name theirs.
  if (outcome === 'approved') return { ...named, reference: textAt(resource, 'id'), paymentId: idAt(unit, 'custom_id') }
  return {
    ...named,
    reference: textAt(resource, 'supplementary_data', 'related_ids', 'order_id'),
    paymentId: idAt(resource, 'custom_id'),
    captureReference: (outcome === 'refunded' ? linkedId(resource, 'up') : textAt(resource, 'id')) || undefined,
    ...(outcome === 'refunded' && { refundedMinor: refundedOf(resource) }),
  }
}

/** All that has gone back; at the least, what goes back with this. */
const refundedOf = (resource: unknown): number | undefined =>
  moneyAt(resource, 'seller_payable_breakdown', 'total_refunded_amount') ?? moneyAt(resource, 'amount')
