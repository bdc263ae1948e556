/** Talking to Razorpay by its own client. It knows neither time-outs nor other addresses: the HTTP client below it is told. */
import Razorpay from 'razorpay'
import { assertNoTransaction } from '#platform/database'
import { gatewayRefused } from '../refused.ts'

export type RazorpaySettings = { keyId: string; keySecret: string; url: string; timeoutMs: number }

type Request = { url?: string; data?: { receipt?: unknown }; headers: Record<string, unknown> }
type HttpClient = {
  defaults: { baseURL: string; timeout: number; maxRedirects: number }
  interceptors: { request: { use(change: (request: Request) => Request): void } }
}

export function openRazorpay({ keyId, keySecret, url, timeoutMs }: RazorpaySettings): Razorpay {
  const razorpay = new Razorpay({ key_id: keyId, key_secret: keySecret })
  const { rq: http } = razorpay.api as unknown as { rq: HttpClient }
  Object.assign(http.defaults, { baseURL: url.replace(/\/$/, ''), timeout: timeoutMs, maxRedirects: 0 })
  http.interceptors.request.use(withRefundKey)
  return razorpay
}

/** Refunds have a key under which they are made once, and the client no way to name it. */
function withRefundKey(request: Request): Request {
  if (request.url?.endsWith('/refund')) request.headers['X-Refund-Idempotency'] = request.data?.receipt
  return request
}

/** What says: not with this request. All else, 401, 409 and 429 too, may be another answer next time. */
const REFUSING = [400, 404, 422]

type Fault = { statusCode?: unknown; error?: { description?: unknown; code?: unknown } }

/** Refuses `gateway_refused`; throws anything else where there is no answer. What the client knows of keys and headers stays with it. */
export async function ask<Answer>(question: () => Promise<Answer>): Promise<Answer> {
  assertNoTransaction()
  try {
    return await question()
  } catch (thrown) {
    const { statusCode, error } = thrown as Fault
    if (REFUSING.includes(Number(statusCode)))
      throw gatewayRefused('Razorpay', error?.description, String(error?.code ?? ''))
    // Of a torn line or a time-out the client says nothing.
    throw new Error(`Razorpay did not answer${statusCode === undefined ? '' : `: ${statusCode}`}`)
  }
}
