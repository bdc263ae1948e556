/** The webhook that any carrier may send (V1-291): JSON, signed with an HMAC of the raw body. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { invalidFields, Refusal } from '#platform/refusal.ts'
import { SHIPMENT_STATUSES, type ShipmentStatus } from '../shipment.ts'
import type { CarrierEvent, WebhookHeaders } from './carrier.ts'

const SIGNATURE = /^sha256=([\da-f]{64})$/i

/**
 * `{event_id, tracking_number, status, location?, description?, timestamp?}`; what has no time happened now. Refuses
 * `invalid_signature`, `json_parse_error`, `invalid_event` and fields at fault.
 */
export function readSignedEvent(secret: string, headers: WebhookHeaders, rawBody: string, now: Date): CarrierEvent {
  const signature = SIGNATURE.exec(String(headers['x-webhook-signature'] ?? ''))?.[1] ?? ''
  if (!isSignedWith(secret, rawBody, signature)) throw invalidSignature()
  const body = parseEvent(rawBody)
  const id = plain(body.event_id, 255)
  if (!id) throw new Refusal('invalid', 'invalid_event', 'The webhook has no event id')
  const trackingNumber = plain(body.tracking_number, 255)
  if (!trackingNumber) throw invalidFields({ tracking_number: 'required' })
  if (!SHIPMENT_STATUSES.includes(body.status as ShipmentStatus))
    throw invalidFields({ status: { code: 'not_choice', value: String(body.status) } })
  const event = {
    status: body.status as ShipmentStatus,
    location: tidy(body.location),
    description: tidy(body.description),
    happenedAt: readMoment(body.timestamp, now),
  }
  return { id, trackingNumber, event }
}

export const invalidSignature = () => new Refusal('invalid', 'invalid_signature', 'The signature is not valid')

/** No secret signs nothing. Takes the same time for every wrong signature. */
function isSignedWith(secret: string, text: string, signature: string): boolean {
  if (secret === '') return false
  const expected = createHmac('sha256', secret).update(text).digest()
  const given = Buffer.from(signature, 'hex')
  return given.length === expected.length && timingSafeEqual(given, expected)
}

/** Whether two words are one, without telling by the time how much of them is. */
export function isSameWord(expected: string, given: string): boolean {
  const [one, other] = [expected, given].map((word) => createHmac('sha256', 'word').update(word).digest())
  return expected !== '' && timingSafeEqual(one!, other!)
}

export function parseEvent(rawBody: string): Record<string, unknown> {
  let body: unknown
  try {
    body = JSON.parse(rawBody)
  } catch {
    throw new Refusal('invalid', 'json_parse_error', 'The webhook is no JSON')
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new Refusal('invalid', 'invalid_event', 'The webhook is no object')
  return body as Record<string, unknown>
}

/** Ids as carriers write them: a number, or text without odd signs. Empty for anything else. */
export function plain(value: unknown, length: number): string {
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value
  return typeof text === 'string' && text.length <= length && /^[\x20-\x7e]+$/.test(text) ? text.trim() : ''
}

const TEXT_MAX = 500

/** What people may read: cut where it is too long, without what could not be stored. */
export const tidy = (value: unknown): string =>
  typeof value === 'string' ? [...value.replaceAll(/[\p{Cc}\p{Cs}]/gu, ' ').trim()].slice(0, TEXT_MAX).join('') : ''

/** What happened cannot lie ahead: the clock of a carrier may be wrong. */
function readMoment(value: unknown, now: Date): Date {
  if (value === undefined || value === null || value === '') return now
  const moment = new Date(typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T/.test(value) ? value : Number.NaN)
  if (Number.isNaN(moment.getTime())) throw invalidFields({ timestamp: 'not_moment' })
  return moment > now ? now : moment
}
