/** Accounts with a passkey, and the calls by which they use it. */
import assert from 'node:assert/strict'
import { type SignedUp, signedUp } from './accounts.ts'
import { type Authenticator, type Mischief, makeAuthenticator } from './authenticator.ts'
import type { Called, TestServer } from './server.ts'

export const PASSKEYS = '/api/v1/auth/passkeys/'

export const creationOptions = async (server: TestServer, { access }: SignedUp) =>
  (await server.call('POST', `${PASSKEYS}options/`, { token: access })).body

type Adding = { mischief?: Mischief; body?: object; userAgent?: string }

/** Has the device make a passkey for somebody who knows his password, and brings it to the shop. */
export async function addPasskey(
  server: TestServer,
  user: SignedUp,
  device: Authenticator,
  { mischief, body, userAgent = 'test' }: Adding = {},
): Promise<Called> {
  const credential = device.create(await creationOptions(server, user), mischief)
  return server.call('POST', PASSKEYS, {
    token: user.access,
    body: { credential, current_password: user.password, ...body },
    headers: { 'user-agent': userAgent },
  })
}

/** Somebody with a passkey, and the device that holds it. */
export async function withPasskey(server: TestServer, device = makeAuthenticator()) {
  const user = await signedUp(server)
  const added = await addPasskey(server, user, device)
  assert.equal(added.status, 201, JSON.stringify(added.body))
  return { user, device, id: added.body.id as number }
}

const from = (ip: string) => ({ 'x-forwarded-for': ip })
let count = 0
/** Of nobody who was here before: what others have failed at is not counted against it. */
export function freshAddress(): string {
  count += 1
  return `198.18.${count >> 8}.${count & 255}`
}

export const requestOptions = async (server: TestServer, ip = freshAddress()) =>
  (await server.call('POST', `${PASSKEYS}sign-in/options/`, { headers: from(ip) })).body

export const show = (server: TestServer, credential: object, ip = freshAddress(), more: object = {}) =>
  server.call('POST', `${PASSKEYS}sign-in/`, { body: { credential, ...more }, headers: from(ip) })

/** The whole way in. */
export const signInBy = async (server: TestServer, device: Authenticator, mischief?: Mischief, ip?: string) =>
  show(server, device.show(await requestOptions(server), mischief), ip)
