/** Customers of the marketplace, by the ways that its document describes. */
import assert from 'node:assert/strict'
import type { Called, TestServer } from './server.ts'

let count = 0

/** What somebody sends to register; nobody has this phone yet. */
export function registration(overrides: object = {}) {
  count += 1
  return {
    phone: `+1555${String(2_000_000 + count)}`,
    password: 'SecurePass123!',
    first_name: 'Mira',
    last_name: 'Keeper',
    ...overrides,
  }
}
export type Registration = ReturnType<typeof registration>

/** Somewhere that nobody has called from yet. */
export function someAddress(): Record<string, string> {
  count += 1
  return { 'x-forwarded-for': `198.18.${count >> 8}.${count & 255}` }
}

/** Calls a route of accounts; without headers from an address of its own, for a server that trusts a proxy. */
export const post = (server: TestServer, path: string, body: unknown, headers = someAddress(), token?: string) =>
  server.call('POST', `/accounts/${path}/`, { body, headers, ...(token ? { token } : {}) })

/** Somebody who has registered. */
export async function registered(server: TestServer, overrides: object = {}): Promise<Registration & { id: number }> {
  const body = registration(overrides)
  const { status, body: answer } = await post(server, 'register', body)
  assert.equal(status, 201, JSON.stringify(answer))
  return { ...body, id: answer.data.id }
}

/** The same, signed in. */
export async function loggedIn(server: TestServer, overrides: object = {}) {
  const customer = await registered(server, overrides)
  return { ...customer, ...(await logIn(server, customer)) }
}

export async function logIn(server: TestServer, { phone, password }: { phone: string; password: string }) {
  const { status, body } = await post(server, 'login', { phone, password })
  assert.equal(status, 200, JSON.stringify(body))
  return { access: body.access_token as string, refresh: body.refresh_token as string }
}

/** Asks for a code, and reads it on the phone. */
export async function sentOtp(server: TestServer, phone: string): Promise<string> {
  assert.equal((await post(server, 'forgot-password', { phone })).status, 200)
  await server.shop.runJobs()
  const text = server.shop.texts.findLast(({ to }) => to === phone)
  return /\b\d{6}\b/.exec(text?.body ?? '')?.[0] ?? assert.fail(`no code was sent to ${phone}`)
}

/** What every success looks like, but for its data. */
export function assertOk({ status, body }: Called, expected: number, message: string): void {
  const { data, timestamp, access_token, refresh_token, ...rest } = body
  assert.deepEqual([status, rest], [expected, { message, status: expected }], JSON.stringify(body))
  assert.match(timestamp, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
  assert.equal(typeof data, 'object')
}

const SAID_TWICE = [401, 403, 404, 405, 429]
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** What every refusal looks like; `more` is what stands beside the five keys. */
export function assertErr(
  called: Called,
  status: number,
  error: string,
  details: object = {},
  more: object = {},
): void {
  const { timestamp, request_id, ...rest } = called.body
  const twice = SAID_TWICE.includes(status) ? { detail: error } : {}
  assert.deepEqual([called.status, rest], [status, { error, details, status, ...twice, ...more }])
  assert.match(timestamp, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
  assert.match(request_id, UUID)
  assert.equal(called.headers['x-request-id'], request_id)
}

export const INVALID = 'Validation failed.'
export const TOO_MANY = 'Too many attempts. Please try again later.'
export const NO_CREDENTIALS = 'Authentication credentials were not provided.'
export const BAD_TOKEN = 'Given token not valid for any token type'
