/** Talking to PayPal: JSON over HTTPS, with a token that the keys of the app give for some hours. */
import { assertNoTransaction } from '#platform/database'
import { gatewayRefused } from '../refused.ts'

export type PaypalSettings = { url: string; clientId: string; clientSecret: string; timeoutMs: number }
export type Answer = Record<string, unknown>
export type Api = {
  get(path: string): Promise<Answer>
  /** `requestId` makes it safe to ask again: PayPal gives the first answer for it. */
  post(path: string, body: string, requestId?: string): Promise<Answer>
}

/** A token is not used in the last minutes of its life. */
const EARLY_S = 300
/** What says: not with this request. All else, 401, 403 and 429 too, may be another answer next time. */
const REFUSING = [400, 404, 422]

/** Refuses `gateway_refused` for what PayPal will not do; throws anything else where it does not answer. */
export function openApi({ url, clientId, clientSecret, timeoutMs }: PaypalSettings, now: () => Date): Api {
  const base = url.replace(/\/$/, '')
  let token: { value: Promise<string>; until: number } | undefined

  async function logIn(fresh: { until: number }): Promise<string> {
    const response = await send(`${base}/v1/oauth2/token`, {
      method: 'POST',
      body: 'grant_type=client_credentials',
      type: 'application/x-www-form-urlencoded',
      authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
    })
    const { access_token: value, expires_in: lifeS } = await readJson(response)
    if (!response.ok || typeof value !== 'string') throw new Error(`PayPal let nobody in: ${response.status}`)
    fresh.until = now().getTime() + (Number(lifeS) - EARLY_S || 0) * 1000
    return value
  }

  /** One login for all who need it at once; one that failed is tried again by who comes next. */
  function currentToken(): Promise<string> {
    if (token && now().getTime() < token.until) return token.value
    const fresh = { value: Promise.resolve(''), until: Number.POSITIVE_INFINITY }
    fresh.value = logIn(fresh)
    fresh.value.catch(() => {
      if (token === fresh) token = undefined
    })
    token = fresh
    return fresh.value
  }

  function send(address: string, { method, body, type, authorization, requestId }: Sent): Promise<Response> {
    return fetch(address, {
      method,
      ...(body !== undefined && { body }),
      headers: {
        accept: 'application/json',
        authorization,
        ...(body !== undefined && { 'content-type': type }),
        ...(requestId && { 'paypal-request-id': requestId }),
        // The whole of what was made, not its id alone.
        ...(method === 'POST' && { prefer: 'return=representation' }),
      },
      // A token is not shown to somebody else.
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    })
  }

  async function ask(method: string, path: string, body?: string, requestId?: string): Promise<Answer> {
    assertNoTransaction()
    const type = 'application/json'
    const once = async () =>
      send(`${base}${path}`, { method, body, type, requestId, authorization: `Bearer ${await currentToken()}` })
    let response = await once()
    if (response.status === 401) {
      token = undefined
      await response.body?.cancel()
      response = await once()
    }
    const answer = await readJson(response)
    if (response.ok) return answer
    if (REFUSING.includes(response.status)) throw refused(answer)
    throw new Error(`PayPal answered ${response.status} to ${method} ${path}`)
  }

  return { get: (path) => ask('GET', path), post: (path, body, requestId) => ask('POST', path, body, requestId) }
}

type Sent = {
  method: string
  body: string | undefined
  type: string
  authorization: string
  requestId?: string | undefined
}

/** A sentence, and PayPal's own word for what is wrong: that of the first detail, or of the whole. */
function refused({ message, name, details }: Answer) {
  const first = Array.isArray(details) ? (details[0] as Answer | undefined) : undefined
  const issue = String(first?.issue ?? name ?? '')
  return gatewayRefused('PayPal', [message, first?.description].filter(Boolean).join(' '), issue)
}

async function readJson(response: Response): Promise<Answer> {
  const text = await response.text()
  try {
    const body = text === '' ? {} : JSON.parse(text)
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Answer
  } catch {
    // What is no JSON says no more than its status does.
  }
  if (response.ok) throw new Error('PayPal answered something that is no JSON object')
  return {}
}
