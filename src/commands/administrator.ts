import { randomBytes } from 'node:crypto'
import { createSuperuser, hasSuperuser } from '#commerce/identity'
import type { App } from '../commerce/app.ts'
import { explainRefusal } from './explain-refusal.ts'

/**
 * Makes a superuser where there is none: the one of ADMIN_*, or, in development, one with a random password, which is
 * returned to be shown. There is never a password that anybody could know beforehand.
 */
export async function ensureAdministrator(app: App): Promise<{ email: string; password: string } | undefined> {
  if (await hasSuperuser(app.db)) return undefined
  const { ADMIN_EMAIL, ADMIN_USERNAME, ADMIN_PHONE, ADMIN_PASSWORD, production } = app.config
  if (production && !(ADMIN_EMAIL && ADMIN_PASSWORD)) {
    if (ADMIN_EMAIL) throw new Error('ADMIN_EMAIL is set but ADMIN_PASSWORD is not.')
    app.log.warn({}, 'there is no administrator: make one with `npm run souk -- create-admin --email …`')
    return undefined
  }
  const email = ADMIN_EMAIL ?? 'admin@souk.localhost'
  const password = ADMIN_PASSWORD ?? randomBytes(12).toString('base64url')
  const names = { username: ADMIN_USERNAME ?? 'admin', ...(ADMIN_PHONE ? { phone: ADMIN_PHONE } : {}) }
  try {
    await createSuperuser(app, { email, password, ...names })
  } catch (error) {
    // Another node that starts at the same moment was faster.
    if (await hasSuperuser(app.db)) return undefined
    throw explainRefusal('The administrator of ADMIN_EMAIL, ADMIN_USERNAME and ADMIN_PHONE cannot be made', error)
  }
  return ADMIN_PASSWORD ? undefined : { email, password }
}
