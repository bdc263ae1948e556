import { readSender } from '#platform/mail'
import type { Config } from '../../../config.ts'

/** The shop, as the devices know it that keep passkeys for it. */
export type RelyingParty = {
  /** The host that passkeys belong to: a browser lets no other use them. */
  id: string
  name: string
  /** The pages that may ask for one. */
  origins: string[]
}

/** Passkeys belong to the host of FRONTEND_URL. `*` lets any page call, but none ask for a passkey. */
export function relyingPartyOf({ FRONTEND_URL, CORS_ALLOWED_ORIGINS, MAIL_FROM }: Config): RelyingParty {
  const { hostname, origin } = new URL(FRONTEND_URL)
  const others = CORS_ALLOWED_ORIGINS.filter((allowed) => allowed !== '*')
  return { id: hostname, name: readSender(MAIL_FROM).name || 'Souk', origins: [...new Set([origin, ...others])] }
}
