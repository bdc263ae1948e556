/** What the webhooks of all providers share: an HMAC over the raw body, and JSON behind it. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { Refusal } from '#platform/refusal.ts'

/** Whether `signature` (hex) is the HMAC-SHA256 of the text. No secret signs nothing. Takes the same time for every wrong one. */
export function isSignedWith(secret: string, text: string, signature: string): boolean {
  if (secret === '') return false
  const expected = createHmac('sha256', secret).update(text).digest()
  const given = Buffer.from(signature, 'hex')
  return given.length === expected.length && timingSafeEqual(given, expected)
}

export const invalidSignature = () => new Refusal('invalid', 'invalid_signature', 'The signature is not valid')

/** The body of a signed webhook that has its id in it: without one it cannot be told from its repetition. */
export function parseSigned(rawBody: string): Record<string, unknown> {
  const body = parseBody(rawBody)
  if (textAt(body, 'id') === '') throw new Refusal('invalid', 'invalid_event', 'The webhook has no event id')
  return body
}

/** Refuses what is no JSON object. */
export function parseBody(rawBody: string): Record<string, unknown> {
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

/** Ids and types as providers write them. Anything else could not be stored, or told from another when it is cut. */
const PLAIN = /^[\x20-\x7e]{1,255}$/

/** The plain text at a path of a parsed body; empty where there is none. */
export function textAt(body: unknown, ...path: string[]): string {
  const value = valueAt(body, path)
  return typeof value === 'string' && PLAIN.test(value) ? value : ''
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

/** An id of ours that a provider carries; undefined for what cannot be one. */
export function idAt(body: unknown, ...path: string[]): string | undefined {
  const text = textAt(body, ...path)
  return UUID.test(text) ? text.toLowerCase() : undefined
}

/** The amount at a path of a parsed body, in minor units. */
export function numberAt(body: unknown, ...path: string[]): number | undefined {
  const value = valueAt(body, path)
  return Number.isSafeInteger(value) ? (value as number) : undefined
}

function valueAt(body: unknown, path: string[]): unknown {
  let value = body
  for (const key of path) value = (value as Record<string, unknown> | null | undefined)?.[key]
  return value
}
