/** What the doubles of all providers share: a small HTTP server on this machine that can be told to fail. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Asked = {
  method: string
  path: string
  query: URLSearchParams
  headers: IncomingMessage['headers']
  /** As it came. */
  text: string
}
export type Answer = { status?: number; body: unknown; headers?: Record<string, string> }
/** Silence, or a torn line, before or after the effect; an answer that comes late; another answer instead, without effect. */
export type How = 'silence' | 'tear' | 'tear afterwards' | { lateMs: number } | Answer
export type Double = {
  url: string
  /** What was asked, as "POST /v1/refunds", oldest first. */
  requests: string[]
  /** The next requests of this kind go wrong; without a number, all until `recover`. `what` is how they begin, or look. */
  fail(what: string | RegExp, how: How, times?: number): void
  recover(): void
  close(): Promise<void>
}

type Failure = { what: string | RegExp; how: How; left: number }

export async function openDouble(work: (asked: Asked) => Answer): Promise<Double> {
  const requests: string[] = []
  const failures: Failure[] = []
  const server = createServer((request, response) => void serve(request, response))

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = await read(request)
    const line = `${asked.method} ${asked.path}`
    requests.push(line)
    const how = takeFailure(failures, line)
    if (how === 'silence') return
    if (how === 'tear') return void response.destroy()
    if (typeof how === 'object' && 'body' in how) return reply(response, how)
    const answer = work(asked)
    if (how === 'tear afterwards') return void response.destroy()
    if (typeof how === 'object') return void setTimeout(() => reply(response, answer), how.lateMs).unref()
    reply(response, answer)
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    fail: (what, how, times = Number.POSITIVE_INFINITY) => void failures.push({ what, how, left: times }),
    recover: () => void failures.splice(0),
    close: () => {
      server.closeAllConnections()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

async function read(request: IncomingMessage): Promise<Asked> {
  const { pathname: path, searchParams: query } = new URL(request.url ?? '', 'http://127.0.0.1')
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const { method = '', headers } = request
  return { method, path, query, headers, text: Buffer.concat(chunks).toString() }
}

function takeFailure(failures: Failure[], line: string): How | undefined {
  const at = failures.findIndex(({ what }) => (typeof what === 'string' ? line.startsWith(what) : what.test(line)))
  const failure = failures[at]
  if (!failure) return undefined
  failure.left -= 1
  if (failure.left <= 0) failures.splice(at, 1)
  return failure.how
}

function reply(response: ServerResponse, { status = 200, body, headers = {} }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}

/** A webhook as the provider would send it. */
export type Webhook = { body: string; headers: Record<string, string> }

let made = 0
/** A number that no other thing of a double has. */
export function nextNumber(): number {
  made += 1
  return made
}
