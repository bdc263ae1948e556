import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP } from 'node:net'
import { assertNoTransaction } from '../scope.ts'
import { InsideAddress, isPublicAddress, lookupPublic } from './public-addresses.ts'

export type Posted = { status: number; body: string; retryAfter: string | undefined }
export type PostOptions = {
  headers: Record<string, string>
  /** From the first byte sent to the last one read. */
  withinMs: number
  /** Of the answer no more is read. */
  bytesMax: number
  /** For development and tests: loopback and private networks may be gone to. */
  allowsInside?: boolean
}

/**
 * Posts to an address that somebody else named. Never into the house (`InsideAddress`), follows no redirect, waits no longer than said,
 * and keeps no connection. Throws what the network says where there is no answer.
 */
export function postOutward(address: string, body: string, options: PostOptions): Promise<Posted> {
  assertNoTransaction()
  const { headers, withinMs, bytesMax, allowsInside = false } = options
  const url = new URL(address)
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  // A number is not looked up by anybody.
  if (!allowsInside && isIP(host) > 0 && !isPublicAddress(host)) return Promise.reject(new InsideAddress(host))
  const request = url.protocol === 'https:' ? requestHttps : requestHttp
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      method: 'POST',
      agent: false,
      headers: { ...headers, 'content-length': Buffer.byteLength(body), connection: 'close' },
      signal: AbortSignal.timeout(withinMs),
      ...(!allowsInside && { lookup: lookupPublic }),
    })
    sent.on('error', reject)
    sent.on('response', (answer) => {
      const chunks: Buffer[] = []
      let bytes = 0
      const finish = () =>
        resolve({
          status: answer.statusCode ?? 0,
          body: Buffer.concat(chunks).subarray(0, bytesMax).toString('utf8'),
          retryAfter: answer.headers['retry-after'],
        })
      answer.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        bytes += chunk.length
        if (bytes < bytesMax) return
        finish()
        sent.destroy()
      })
      answer.on('end', finish)
      answer.on('error', reject)
    })
    sent.end(body)
  })
}
