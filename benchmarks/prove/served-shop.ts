/** A shop that a process serves, and that may be killed while it is asked. */
import { setTimeout as sleep } from 'node:timers/promises'
import { type Children, type SoukProcess, startSouk } from '../processes.ts'

export type Asked = { token?: string; key?: string; body?: unknown; headers?: Record<string, string> }
/** `status` is 0 where nobody answered, however often it was tried. */
export type Answered = {
  status: number
  text: string
  body: Record<string, never> & { [field: string]: never }
  tookMs: number
}

export type ServedShop = {
  /** Sends a request; where the process was killed under it, again to the one that follows it, with the same key. */
  ask(method: string, path: string, asked?: Asked): Promise<Answered>
  /** kill -9, and a new process on the same data. */
  killAndRestart(): Promise<void>
  stop(): Promise<void>
  counts: { requests: number; kills: number; slowestMs: number }
}

const TRIES = 6

export async function serveShop(
  children: Children,
  environment: Record<string, string>,
  folder: string,
): Promise<ServedShop> {
  const start = () => startSouk(children, environment, { args: ['--no-worker'], nodeOptions: [], folder })
  let running: Promise<SoukProcess> = start()
  await running
  const counts = { requests: 0, kills: 0, slowestMs: 0 }
  const ask = async (method: string, path: string, asked: Asked = {}): Promise<Answered> => {
    const begun = performance.now()
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const { url } = await running
      counts.requests += 1
      const answered = await send(url, method, path, asked).catch(() => undefined)
      const tookMs = performance.now() - begun
      if (answered && answered.status !== 503) {
        counts.slowestMs = Math.max(counts.slowestMs, tookMs)
        return { ...answered, tookMs }
      }
      await sleep(20 * attempt)
    }
    return { status: 0, text: '', body: {}, tookMs: performance.now() - begun }
  }
  return {
    ask,
    counts,
    killAndRestart: async () => {
      const { pid } = await running
      process.kill(pid, 'SIGKILL')
      counts.kills += 1
      running = start()
      await running
    },
    stop: async () => (await running).stop(),
  }
}

async function send(url: string, method: string, path: string, { token, key, body, headers = {} }: Asked) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const response = await fetch(`${url}${path}`, {
    method,
    signal: AbortSignal.timeout(20_000),
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(key && { 'idempotency-key': key }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: text }),
  })
  const answer = await response.text()
  return { status: response.status, text: answer, body: parse(answer) }
}

function parse(text: string) {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}
