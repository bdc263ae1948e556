/** The headers that every answer carries (V1-016, V1-027), as constants: they cost nothing to put together. */
import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { Config } from '../../config.ts'

/** An API answer loads nothing and is framed by nobody. HTML pages set their own content policy. */
const SECURITY_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'same-origin',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
}

/** The security headers of a server that is reached under this address; for so long a browser comes by TLS alone, 0: as it likes (SF-504). */
export function securityHeaders({ PUBLIC_URL: url, HSTS_SECONDS: seconds }: Config): Record<string, string> {
  if (!url.startsWith('https:') || seconds === 0) return SECURITY_HEADERS
  return { ...SECURITY_HEADERS, 'Strict-Transport-Security': `max-age=${seconds}; includeSubDomains` }
}

/** A sane incoming id is kept, so that a request can be followed through several servers. */
export function requestId(request: IncomingMessage): string {
  const given = request.headers['x-request-id']
  return typeof given === 'string' && /^[\w.-]{8,128}$/.test(given) ? given : randomUUID()
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The id where it is a UUID, else a fresh one. */
export const toUuid = (id: string): string => (UUID.test(id) ? id : randomUUID())

const BROKEN: Record<string, [string, string]> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'The request headers are too large.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'The request took too long to arrive.'],
}

/** Answers what is not even HTTP, before there is a request: in JSON and with the headers, as everything else. */
export function answerBrokenRequest(error: Error & { code?: string }, socket: Socket, headers: Record<string, string>) {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  const [status, detail] = BROKEN[error.code ?? ''] ?? ['400 Bad Request', 'Malformed request.']
  const body = JSON.stringify({ detail })
  const lines = Object.entries({
    ...headers,
    'X-Request-ID': randomUUID(),
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(body)),
    Connection: 'close',
  }).map(([name, value]) => `${name}: ${value}\r\n`)
  if (socket.writable) socket.write(`HTTP/1.1 ${status}\r\n${lines.join('')}\r\n${body}`)
  socket.destroySoon()
}
