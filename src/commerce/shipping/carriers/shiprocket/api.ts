/** Talking to Shiprocket: JSON over HTTPS, with a token that a login gives for ten days. */
import { decodeJwt } from 'jose'
import { assertNoTransaction } from '#platform/database'
import { Refusal } from '#platform/refusal.ts'
import { tidy } from '../signed-events.ts'

/** An answer that takes longer than `answerWithinMs` is none. */
export type Credentials = { url: string; email: string; password: string; answerWithinMs?: number }
export type Answer = Record<string, unknown>
export type Api = {
  get(path: string): Promise<Answer>
  post(path: string, body: object): Promise<Answer>
  /** The PDF at an address that an answer held. */
  download(url: string): Promise<Buffer>
}

/** A booking asks up to six times, and is to be over within a minute. */
const ANSWER_WITHIN_MS = 8000
const TOKEN_LIFE_MS = 9 * 86_400_000
/** A token is not used in the last minutes of its life. */
const EARLY_MS = 300_000
const LABEL_BYTES_MAX = 5 * 1024 * 1024
/** What says: not with this request. All else, 401 and 429 too, may be another answer next time. */
const REFUSING = [400, 404, 422]

/** Refuses `carrier_refused` with its reason for what Shiprocket will not do; throws anything else where it does not answer. */
export function openApi(credentials: Credentials, now: () => Date): Api {
  const { url, email, password, answerWithinMs = ANSWER_WITHIN_MS } = credentials
  const base = url.replace(/\/$/, '')
  let token: { value: Promise<string>; until: number } | undefined

  async function logIn(): Promise<string> {
    const response = await send(`${base}/auth/login`, {
      method: 'POST',
      body: JSON.stringify({ email, password }),
      withinMs: answerWithinMs,
    })
    const { token: value } = await readJson(response)
    if (!response.ok || typeof value !== 'string') throw new Error(`Shiprocket let nobody in: ${response.status}`)
    return value
  }

  /** One login for all who need it at once; one that failed is tried again by who comes next. */
  function currentToken(): Promise<string> {
    if (token && now().getTime() < token.until) return token.value
    const fresh = { value: logIn(), until: now().getTime() + TOKEN_LIFE_MS }
    token = fresh
    fresh.value.then(
      (value) => {
        fresh.until = Math.min(fresh.until, expiryOf(value) - EARLY_MS)
      },
      () => {
        if (token === fresh) token = undefined
      },
    )
    return fresh.value
  }

  async function ask(method: string, path: string, body?: object): Promise<Answer> {
    assertNoTransaction()
    const once = async () =>
      send(
        `${base}${path}`,
        { method, withinMs: answerWithinMs, ...(body && { body: JSON.stringify(body) }) },
        await currentToken(),
      )
    let response = await once()
    if (response.status === 401) {
      token = undefined
      await response.body?.cancel()
      response = await once()
    }
    const answer = await readJson(response)
    if (response.ok) return answer
    if (REFUSING.includes(response.status)) throw refused(answer)
    throw new Error(`Shiprocket answered ${response.status} to ${method} ${path.split('?')[0]}`)
  }

  return {
    get: (path) => ask('GET', path),
    post: (path, body) => ask('POST', path, body),
    download: (address) => download(address, base),
  }
}

export const refused = (answer: Answer): Refusal => {
  const reason = reasonOf(answer)
  return new Refusal('invalid', 'carrier_refused', `Shiprocket: ${reason}`, { reason })
}

type Asked = { method: string; body?: string; withinMs: number }

function send(url: string, { method, body, withinMs }: Asked, token?: string): Promise<Response> {
  return fetch(url, {
    method,
    ...(body && { body }),
    headers: {
      accept: 'application/json',
      ...(body && { 'content-type': 'application/json' }),
      ...(token && { authorization: `Bearer ${token}` }),
    },
    // A token is not shown to somebody else.
    redirect: 'error',
    signal: AbortSignal.timeout(withinMs),
  })
}

async function readJson(response: Response): Promise<Answer> {
  const text = await response.text()
  try {
    const body = text === '' ? {} : JSON.parse(text)
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Answer
  } catch {
    // What is no JSON says no more than its status does.
  }
  if (response.ok) throw new Error('Shiprocket answered something that is no JSON object')
  return {}
}

/** When a token ends, in milliseconds; one that does not say it lives as long as they usually do. */
function expiryOf(token: string): number {
  try {
    return (decodeJwt(token).exp ?? Number.POSITIVE_INFINITY) * 1000
  } catch {
    return Number.POSITIVE_INFINITY
  }
}

/** A sentence, and what is wrong with which field. */
function reasonOf({ message, errors }: Answer): string {
  const faults = typeof errors === 'object' && errors !== null ? Object.values(errors).flat().map(String) : []
  return (
    tidy([message, ...faults].filter((text) => typeof text === 'string' && text !== '').join(' ')) || 'no reason given'
  )
}

/** Only from where everything is encrypted, or from the machine that is asked itself. */
async function download(address: string, base: string): Promise<Buffer> {
  assertNoTransaction()
  const url = new URL(address)
  if (url.protocol !== 'https:' && url.origin !== new URL(base).origin) throw new Error('the label is not at https')
  const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS), redirect: 'error' })
  if (!response.ok) throw new Error(`the label answered ${response.status}`)
  const bytes = await readAtMost(response, LABEL_BYTES_MAX)
  if (bytes.subarray(0, 5).toString('latin1') !== '%PDF-') throw new Error('the label is no PDF')
  return bytes
}

async function readAtMost(response: Response, limit: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength
    if (length > limit) throw new Error('the label is too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
