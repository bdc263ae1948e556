import { randomBytes } from 'node:crypto'
import { createSuperuser, hasSuperuser } from '#commerce/identity'
import type { App } from '../commerce/app.ts'

/**
 * Makes a superuser where there is none: the one of ADMIN_*, or, in development, one with a random password, which is
 * returned to be shown. There is never a password that anybody could know beforehand.
 */
export async function ensureAdministrator(app: App): Promise<{ email: string; password: string } | undefined> {
  if (await hasSuperuser(app.db)) return undefined
  const { ADMIN_EMAIL, ADMIN_USERNAME, ADMIN_PHONE, ADMIN_PASSWORD, production } = app.config
  const email = ADMIN_EMAIL ?? 'admin@souk.localhost'
  if (!ADMIN_PASSWORD && production) {
    if (ADMIN_EMAIL) throw new Error('ADMIN_EMAIL is set but ADMIN_PASSWORD is not.')
    app.log.warn({}, 'there is no administrator: make one with `npm run souk -- create-admin --email …`')
    return undefined
  }
  const password = ADMIN_PASSWORD ?? randomBytes(12).toString('base64url')
  await createSuperuser(app, {
    email,
    password,
    username: ADMIN_USERNAME ?? 'admin',
    ...(ADMIN_PHONE ? { phone: ADMIN_PHONE } : {}),
  })
  return ADMIN_PASSWORD ? undefined : { email, password }
}
