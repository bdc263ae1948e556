import { setTimeout as sleep } from 'node:timers/promises'
import { assertNoTransaction } from '#platform/database'
import { EngineFailure } from './engine-failure.ts'

export type SearchClient = {
  /** What all names of indexes begin with. */
  prefix: string
  /**
   * What the engine answers to a request, as JSON. `tries` is how often it is sent while the engine is down or busy, `waitMs` how
   * long each time. With `isMissing` a 404 is undefined. Throws EngineFailure otherwise.
   */
  ask<Answer>(method: string, path: string, options: Asked & { isMissing: true }): Promise<Answer | undefined>
  ask<Answer>(method: string, path: string, options: Asked): Promise<Answer>
  close(): void
}
type Asked = {
  /** JSON, or lines of it. */
  body?: object | string
  waitMs: number
  tries?: number
  isMissing?: true
}

const TRY_AGAIN_AFTER_MS = 200
const TRY_AGAIN_AT_MOST_MS = 5000

/** Asks the engine at http(s)://user:password@host:9200/index-prefix. */
export function openSearchClient(url: string): SearchClient {
  const { origin, username, password, pathname } = new URL(url)
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  const authorization = username ? { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` } : {}
  const closed = new AbortController()

  const ask = async (method: string, path: string, { body, waitMs, tries = 1, isMissing }: Asked) => {
    assertNoTransaction()
    for (let tried = 1; ; tried += 1) {
      try {
        return await tryOnce(method, path, body, waitMs)
      } catch (error) {
        if (!(error instanceof EngineFailure)) throw error
        if (error.status === 404 && isMissing) return undefined
        if (!error.mayPass || tried >= tries || closed.signal.aborted) throw error
        const pause = Math.min(TRY_AGAIN_AFTER_MS * 2 ** (tried - 1), TRY_AGAIN_AT_MOST_MS)
        await sleep(pause * (0.5 + Math.random() / 2), undefined, { signal: closed.signal }).catch(() => {})
      }
    }
  }

  const tryOnce = async (method: string, path: string, body: object | string | undefined, waitMs: number) => {
    const type = typeof body === 'string' ? 'application/x-ndjson' : 'application/json'
    try {
      const response = await fetch(`${origin}/${path}`, {
        method,
        headers: { accept: 'application/json', ...authorization, ...(body !== undefined && { 'content-type': type }) },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
        // Who redirects is no engine, and is told no password.
        redirect: 'manual',
        signal: AbortSignal.any([closed.signal, AbortSignal.timeout(waitMs)]),
      })
      const text = await response.text()
      if (!response.ok) throw new EngineFailure(`answered ${response.status}${typeOf(text)}`, response.status)
      return text ? JSON.parse(text) : {}
    } catch (error) {
      if (error instanceof EngineFailure) throw error
      throw new EngineFailure(reasonOf(error as Error), undefined, error)
    }
  }

  return {
    prefix: pathname.replaceAll('/', ''),
    ask: ask as SearchClient['ask'],
    close: () => closed.abort(new Error('closed')),
  }
}

/** The kind of error that the engine names: its sentence may hold what somebody typed. */
function typeOf(text: string): string {
  const type = /"type"\s*:\s*"(\w+)"/.exec(text)?.[1]
  return type ? `: ${type}` : ''
}

/** What the network said stands one deeper. */
function reasonOf(error: Error): string {
  const cause = error.cause as { code?: string; message?: string } | undefined
  return cause?.code ?? cause?.message ?? error.message
}
