/** Customers of the storefront, by the ways that its document describes. */
import assert from 'node:assert/strict'
import type { Called, TestServer } from './server.ts'

let count = 0

/** What somebody sends to register; nobody has these names yet. */
export function registration(overrides: object = {}) {
  count += 1
  return {
    username: `customer${count}x`,
    password: 'StrongP@ssw0rd!',
    email: `customer-${count}@example.com`,
    phone_number: `+9198765${String(count).padStart(5, '0')}`,
    first_name: 'Asha',
    last_name: 'Rao',
    birthdate: '1990-04-05',
    ...overrides,
  }
}
export type Registration = ReturnType<typeof registration>

export const ADDRESS_LINES = {
  address_line1: '12 MG Road',
  city: 'Bengaluru',
  state: 'Karnataka',
  country: 'India',
  postal_code: '560001',
}

export type Link = { uid: string; token: string }

/** What the newest link says that this address was sent. */
export function linkTo({ shop }: TestServer, email: string): Link {
  const links = shop.letters.filter(({ to }) => to === email).map(({ text }) => LINK.exec(text)?.groups)
  const { uid, token } = links.findLast((link) => link !== undefined) ?? assert.fail(`no link to ${email}`)
  return { uid: uid!, token: token! }
}
const LINK = /[?]uid=(?<uid>[\w-]+)&token=(?<token>[\w.-]+)/

/** Somebody who has registered, and was sent a mail. */
export async function registered(server: TestServer, overrides: object = {}): Promise<Registration & { link: Link }> {
  const body = registration(overrides)
  const { status, body: answer } = await server.call('POST', '/api/users/register/', { body })
  assert.equal(status, 201, JSON.stringify(answer))
  await server.shop.runJobs()
  return { ...body, link: linkTo(server, body.email) }
}

/** Somebody who has verified the address, too. */
export async function verified(server: TestServer, overrides: object = {}): Promise<Registration> {
  const { link, ...body } = await registered(server, overrides)
  const { status } = await server.call('GET', `/api/users/email-verify/?uid=${link.uid}&token=${link.token}`)
  assert.equal(status, 200)
  return body
}

export const logIn = (server: TestServer, login: unknown, password: unknown, headers: Record<string, string> = {}) =>
  server.call('POST', '/api/users/login/', { body: { login, password }, headers })

/** The same, with the pair of tokens. */
export async function loggedIn(server: TestServer, overrides: object = {}) {
  const customer = await verified(server, overrides)
  const { status, body } = await logIn(server, customer.username, customer.password)
  assert.equal(status, 200)
  return { ...customer, access: body.access as string, refresh: body.refresh as string }
}

export function assertAnswer(called: Called, status: number, body: object): void {
  assert.deepEqual([called.status, called.body], [status, body])
}

export const BAD_TOKEN = {
  detail: 'Given token not valid for any token type',
  code: 'token_not_valid',
  messages: [{ token_class: 'AccessToken', token_type: 'access', message: 'Token is invalid or expired' }],
}
export const NO_CREDENTIALS = { detail: 'Authentication credentials were not provided.' }
export const NOT_ALLOWED = { detail: 'You do not have permission to perform this action.' }
