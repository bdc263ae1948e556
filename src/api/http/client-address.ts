/** Where a request comes from (V1-028). */
import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'

/**
 * The client's address: the socket's, or, behind `proxies` trusted proxies, the one that the outermost of them saw:
 * the n-th from the right in X-Forwarded-For. What is no address there is ignored.
 */
export function clientAddress(request: IncomingMessage, proxies: number): string {
  const socket = plain(request.socket.remoteAddress ?? '')
  if (proxies === 0) return socket
  const forwarded = String(request.headers['x-forwarded-for'] ?? '').split(',')
  const candidate = plain(forwarded[forwarded.length - proxies]?.trim() ?? '')
  return isIP(candidate) ? candidate : socket
}

/** `true` is one proxy, a number that many, anything else none. */
export function readTrustedProxies(setting: string): number {
  if (/^(true|yes)$/i.test(setting)) return 1
  const count = Number(setting || 0)
  return Number.isInteger(count) && count > 0 ? count : 0
}

/** ::ffff:1.2.3.4 is 1.2.3.4. */
const plain = (address: string) => address.replace(/^::ffff:(?=\d+\.)/i, '')
