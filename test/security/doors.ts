/** Every way in by a name and a password, with somebody who has all three names proven. */
import { sql } from 'kysely'
import { type SignedUp, signedUp } from '../accounts.ts'
import type { Called, TestServer } from '../server.ts'

let count = 0
/** Of nobody who was here before: limits by address are looked at elsewhere. The server has to trust a proxy. */
export function someAddress(): Record<string, string> {
  count += 1
  return { 'x-forwarded-for': `198.19.${count >> 8}.${count & 255}` }
}

export type Named = SignedUp & { username: string; phone: string }

/** Somebody with an e-mail, a username and a phone to sign in with; once `guarded`, with what else is asked of him. */
export async function named(server: TestServer, user?: SignedUp): Promise<Named> {
  const known = user ?? (await signedUp(server))
  const [username, phone] = [`named-${known.accountId}`, `+1555${String(8_000_000 + known.accountId)}`]
  await sql`update identity.accounts set username = ${username}, phone = ${phone}, phone_verified_at = now()
    where id = ${known.accountId}`.execute(server.shop.db)
  return { ...known, username, phone }
}

export type Door = { where: string; path: string; body: (password: string) => object }

/** All doors, by all names. */
export function doorsOf({ email, username, phone }: Named): Door[] {
  const by = (path: string, field: string, name: string): Door => ({
    where: `${path} by ${field} ${name}`,
    path,
    body: (password) => ({ [field]: name, password }),
  })
  return [
    by('/api/v1/auth/login/', 'email', email),
    by('/api/auth/login/', 'email', email),
    by('/accounts/login/', 'phone', phone),
    ...[email, username, phone].flatMap((name) => [
      by('/api/users/login/', 'login', name),
      by('/api/token/', 'username', name),
    ]),
  ]
}

export const knock = (server: TestServer, { path, body }: Door, password: string, token?: string): Promise<Called> =>
  server.call('POST', path, { body: body(password), headers: someAddress(), ...(token ? { token } : {}) })

/** The tokens of an answer, whatever the surface calls them. */
export function tokensOf({ body }: Called): { access?: string; refresh?: string } {
  const { access = body.access_token, refresh = body.refresh_token } = body
  return { ...(access ? { access } : {}), ...(refresh ? { refresh } : {}) }
}

/** What a door says that wants a second factor. */
export const challengeIn = ({ body }: Called): unknown => body.challenge_token ?? body.data?.challenge_token
