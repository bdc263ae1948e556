/**
 * Asks Souk once for each thing that is measured, and keeps what it answered and which statements it sent. The limits
 * are made of these, so they cannot drift from the code.
 */
import pg from 'pg'
import type { Server } from '../src/api/http/server.ts'

export type Asked = { method: 'GET' | 'POST'; path: string; token?: string; body?: object }
export type Statement = { text: string; values: readonly unknown[] }
export type Recorded = {
  status: number
  /** Those that are the same in each answer. */
  headers: Record<string, string>
  body: string
  statements: Statement[]
}

/** Asks through the whole server, without a port. Throws where the answer is no success: there is nothing to measure. */
export async function record(server: Server, { method, path, token, body }: Asked): Promise<Recorded> {
  const heard = listenToStatements()
  try {
    const answer = await server.inject({
      method,
      url: path,
      headers: token ? { authorization: `Bearer ${token}` } : {},
      ...(body && { payload: body }),
    })
    const { statusCode: status, payload } = answer
    if (status >= 300) throw new Error(`${method} ${path} answered ${status}: ${payload.slice(0, 300)}`)
    return { status, headers: keepHeaders(answer.headers), body: payload, statements: heard.stop() }
  } finally {
    heard.stop()
  }
}

/**
 * Every statement that passes through Souk's own pool, with its values. The pool's clients are a subclass that names
 * its statements; a plain client (the job queue's own) is none of the request's.
 */
function listenToStatements(): { stop(): Statement[] } {
  const heard: Statement[] = []
  // biome-ignore lint/suspicious/noExplicitAny: pg overloads query() for callbacks, promises and cursors
  type Query = (...args: any[]) => unknown
  const prototype = pg.Client.prototype as unknown as { query: Query }
  const { query } = prototype
  prototype.query = function (this: pg.Client, ...args) {
    const [first, second] = args
    const sent: string = typeof first === 'string' ? first : first.text
    // What the audit trail is told with it differs from request to request, and no trigger of a customer's order reads it.
    const text = sent.startsWith('begin;') ? 'begin' : sent
    if (this.constructor !== pg.Client) heard.push({ text, values: (second ?? first.values ?? []) as unknown[] })
    return query.apply(this, args)
  }
  return {
    stop: () => {
      prototype.query = query
      return heard
    },
  }
}

function keepHeaders(headers: Record<string, string | string[] | number | undefined>): Record<string, string> {
  const passing = ['connection', 'date', 'keep-alive', 'transfer-encoding']
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name, value]) => value !== undefined && !passing.includes(name))
      .map(([name, value]) => [name, String(value)]),
  )
}
