import { createHash } from 'node:crypto'
import { Refusal } from '#platform/refusal.ts'
import type { CarrierEvent, WebhookHeaders } from '../carrier.ts'
import { invalidSignature, isSameWord, parseEvent, plain, tidy } from '../signed-events.ts'
import { readMoment } from './moments.ts'
import { statusOf } from './statuses.ts'

/**
 * A webhook of Shiprocket, which is told by its x-api-key and has no id: awb, state and time make one. Undefined for one of
 * another carrier, null for what means nothing here; refuses `invalid_signature`.
 */
export function readWebhook(
  token: string,
  headers: WebhookHeaders,
  rawBody: string,
  now: Date,
): CarrierEvent | null | undefined {
  const given = headers['x-api-key']
  if (given === undefined) return undefined
  if (typeof given !== 'string' || !isSameWord(token, given)) throw invalidSignature()
  const body = parseEvent(rawBody)
  const trackingNumber = plain(body.awb, 255)
  if (!trackingNumber) throw new Refusal('invalid', 'invalid_event', 'The webhook names no parcel')
  const status = statusOf(body.shipment_status_id)
  if (!status) return null
  const told = readMoment(body.current_timestamp) ?? now
  const event = {
    status,
    location: tidy(lastScan(body.scans).location),
    description: tidy(body.shipment_status ?? body.current_status),
    happenedAt: told > now ? now : told,
  }
  const words = JSON.stringify([trackingNumber, body.shipment_status_id, body.current_timestamp ?? null])
  return { id: createHash('sha256').update(words).digest('base64url'), trackingNumber, event }
}

function lastScan(scans: unknown): Record<string, unknown> {
  const last = Array.isArray(scans) ? scans.at(-1) : undefined
  return typeof last === 'object' && last !== null ? (last as Record<string, unknown>) : {}
}
