/** A shop with its HTTP server, called through `inject`: no port is opened. */

import assert from 'node:assert/strict'
import type { Server } from '../src/api/http/server.ts'
import { buildServer } from '../src/api/index.ts'
import { openTestShop, type TestShop } from './shop.ts'

export type Called = {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: tests look at whatever came
  body: any
  headers: Record<string, string | string[] | number | undefined>
  /** SQL statements that the request ran. */
  statements: number
}
export type CallOptions = { body?: unknown; token?: string; headers?: Record<string, string> }
export type TestServer = {
  shop: TestShop
  server: Server
  call(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, options?: CallOptions): Promise<Called>
  close(): Promise<void>
}

export async function openTestServer(settings: Record<string, string> = {}): Promise<TestServer> {
  const shop = await openTestShop(settings)
  const server = await buildServer(shop)
  return {
    shop,
    server,
    call: (method, url, options) => call(server, method, url, options),
    close: async () => {
      await server.close()
      await shop.close()
    },
  }
}

async function call(
  server: Server,
  method: string,
  url: string,
  { body, token, headers }: CallOptions = {},
): Promise<Called> {
  const answer = await server.inject({
    method: method as 'GET',
    url,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body === undefined
      ? {}
      : { payload: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body) }),
  })
  const isJson = String(answer.headers['content-type']).includes('json')
  return {
    status: answer.statusCode,
    body: isJson ? answer.json() : answer.rawPayload,
    headers: answer.headers,
    statements: countStatements(`${method} ${url}`, answer.statusCode, String(answer.headers['server-timing'])),
  }
}

/** Every call of every test holds its route to its budget; a refusal may look further for its reason. */
function countStatements(route: string, status: number, timing: string): number {
  const [, count, budget] = /sql;desc="(\d+) statements of (\d+)/.exec(timing) ?? []
  if (status < 300 && budget !== undefined) {
    assert.ok(Number(count) <= Number(budget), `${route} ran ${count} SQL statements, its budget is ${budget}`)
  }
  return Number(count ?? -1)
}
