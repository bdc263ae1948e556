import { type RequestOptions, request } from 'node:http'
import { request as requestSafely } from 'node:https'
import { parseArgs } from 'node:util'
import type { Config } from '../config.ts'

/** What most visitors ask for first, of each surface. */
const ADDRESSES = [
  '/api/v1/products/',
  '/api/v1/products/?page=2',
  '/api/v1/products/?page=3',
  '/api/v1/products/?featured=true',
  '/api/v1/products/?on_sale=true',
  '/api/v1/categories/',
  '/api/v1/categories/?tree=true',
  '/api/v1/brands/',
  '/api/catalog/products/',
  '/api/catalog/categories/',
  '/api/catalog/brands/',
  '/api/products/',
  '/api/products/?best_seller_product=true',
  '/api/products/?featured_product=true',
  '/api/categories/',
  '/api/categories/ordered/',
]

const ANSWER_WITHIN_MS = 10_000

/**
 * Asks a serving shop for what everybody will ask for, so that nobody waits for it after a start (MP-200): the one at
 * PUBLIC_URL, or a node of it at --url on this machine or beside it. Ends with 1 where something is not answered.
 */
export async function warmUp(config: Config, args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { url: { type: 'string' } } })
  const url = (values.url ?? config.PUBLIC_URL).replace(/\/$/, '')
  if (!URL.canParse(url) || !isOurs(new URL(url), new URL(config.PUBLIC_URL)))
    throw new Error(
      `--url wants a node of this shop: the host of PUBLIC_URL, or an address of this machine or network.`,
    )
  // A node by its address is asked by the name of the shop: it answers to no other.
  const { host } = new URL(config.PUBLIC_URL)
  const begun = performance.now()
  let refused = 0
  for (const address of ADDRESSES) {
    const answer = await ask(`${url}${address}`, { headers: { host, 'accept-encoding': 'gzip' } })
    // A shop with few products has no third page.
    if (answer === 200 || (answer === 404 && address.includes('page='))) continue
    refused += 1
    console.error(`${url}${address}: ${answer}`)
  }
  const asked = `${ADDRESSES.length} addresses in ${Math.round(performance.now() - begun)} ms`
  console.log(refused > 0 ? `${refused} of ${asked} were not answered.` : `Warm: asked ${asked}.`)
  if (refused > 0) process.exitCode = 1
}

const NEARBY = /^(localhost|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|\[(::1|f[cd]))/

const isOurs = (url: URL, shop: URL) =>
  /^https?:$/.test(url.protocol) && (url.hostname === shop.hostname || NEARBY.test(url.hostname))

/** The status, or what stood in its way. Redirects are not followed: a node answers itself. */
function ask(url: string, options: RequestOptions): Promise<number | string> {
  const send = url.startsWith('https:') ? requestSafely : request
  return new Promise((resolve) => {
    const asked = send(url, { ...options, timeout: ANSWER_WITHIN_MS }, (answer) => {
      answer.resume().once('end', () => resolve(answer.statusCode ?? 'no status'))
    })
    asked.once('timeout', () => asked.destroy(new Error('no answer')))
    asked.once('error', ({ message }) => resolve(message))
    asked.end()
  })
}
