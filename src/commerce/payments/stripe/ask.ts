/** Talking to Stripe by its own client, which is told to try once and not for long. */
import Stripe from 'stripe'
import { assertNoTransaction } from '#platform/database'
import { gatewayRefused } from '../refused.ts'

export type StripeSettings = { secretKey: string; url: string; timeoutMs: number }

/** Its `fetch` client, because that one counts the whole answer into the time-out. */
export function openStripe({ secretKey, url, timeoutMs }: StripeSettings): Stripe {
  const { hostname, port, protocol } = new URL(url)
  return new Stripe(secretKey, {
    host: hostname,
    port: port || (protocol === 'http:' ? 80 : 443),
    protocol: protocol === 'http:' ? 'http' : 'https',
    timeout: timeoutMs,
    maxNetworkRetries: 0,
    telemetry: false,
    httpClient: Stripe.createFetchHttpClient(fetchObject),
  })
}

/** The client takes for a success whatever names no error, and breaks over what is no object: something between us may answer so. */
async function fetchObject(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const response = await fetch(input, init)
  const text = await response.text()
  const body: unknown = JSON.parse(text)
  if (typeof body !== 'object' || body === null || !(response.ok || 'error' in body))
    throw new Error(`no answer of Stripe: ${response.status}`)
  return new Response(text, { status: response.status, headers: response.headers })
}

/** What says: not with this request. All else, 401, 409 and 429 too, may be another answer next time. */
const REFUSING = [400, 402, 404, 422]

/** Refuses `gateway_refused`; throws anything else where there is no answer. What the client knows of keys and headers stays with it. */
export async function ask<Answer>(question: () => Promise<Answer>): Promise<Answer> {
  assertNoTransaction()
  try {
    return await question()
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error
    const { statusCode, code, type, message } = error
    if (REFUSING.includes(statusCode ?? 0)) throw gatewayRefused('Stripe', message, code)
    throw new Error(`Stripe did not answer: ${type} ${statusCode ?? ''}`.trim())
  }
}
