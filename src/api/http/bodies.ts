/** Reading request bodies: JSON, and what to say to anything else (V1-011, V1-012). */
import type { FastifyInstance } from 'fastify'
import secureJsonParse from 'secure-json-parse'
import { invalidFields, Refusal } from '#platform/refusal.ts'

export const BODY_BYTES_MAX = 1024 * 1024
/** Deeper than any body of ours, and far from where a walk over it would run out of stack. */
const DEPTH_MAX = 200

export function readJsonBodies(server: FastifyInstance): void {
  server.removeAllContentTypeParsers()
  server.addContentTypeParser(
    /^application\/(?:[\w.-]+\+)?json(?:\s*;|$)/i,
    { parseAs: 'string', bodyLimit: BODY_BYTES_MAX },
    async (_request: unknown, text: string | Buffer) => parseJson(String(text)),
  )
}

/** An empty body is no body. Keys that would poison a prototype are dropped, as unknown keys are ignored anyway. */
function parseJson(text: string): unknown {
  if (text.trim() === '') return undefined
  if (text.length > DEPTH_MAX) refuseDeep(text)
  let body: unknown
  try {
    body = secureJsonParse.parse(text, { protoAction: 'remove', constructorAction: 'remove' })
  } catch (error) {
    throw new Refusal('invalid', 'json_parse_error', (error as Error).message)
  }
  // Only escapes can bring in a NUL or half a surrogate pair, and they are rare: most bodies are not walked.
  if (/\\u(?:0000|d[89a-f])/i.test(text)) refuseUnstorable(body)
  return body
}

/** Brackets within strings count as well: two hundred of them open at once are in no text of a customer. */
function refuseDeep(text: string): void {
  let depth = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 0x5b || code === 0x7b) depth += 1
    else if (code === 0x5d || code === 0x7d) depth -= 1
    if (depth > DEPTH_MAX) throw new Refusal('invalid', 'json_parse_error', 'The body is nested too deeply')
  }
}

function refuseUnstorable(body: unknown): void {
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body)
  for (const [field, value] of isObject ? Object.entries(body) : [['non_field_errors', body] as const]) {
    if (!isStorable(field) || !isStorable(value))
      throw invalidFields({ [isStorable(field) ? field : 'non_field_errors']: 'bad_characters' })
  }
}

/** PostgreSQL stores no NUL, and UTF-8 has no half of a surrogate pair. */
export function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return !value.includes('\0') && value.isWellFormed()
  if (Array.isArray(value)) return value.every(isStorable)
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).every((entry) => entry.every(isStorable))
  return true
}
