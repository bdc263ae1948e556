import { Refusal } from '#platform/refusal.ts'
import type { App } from '../../app.ts'
import { findHolder } from './authenticate.ts'
import { newTokenIds, readToken, signToken } from './tokens.ts'

/**
 * Another access token for a session of the storefront, whose refresh token stays the same (SF-034). For somebody who is not
 * verified yet it is a verification token (SF-037). Refuses `refresh_token_not_valid`, also for tokens of surfaces that
 * exchange theirs: those work once.
 */
export async function renewAccess(app: App, refreshToken: string): Promise<string> {
  const now = app.now()
  const claims = await readToken(refreshToken, 'refresh', now, app.config)
  if (claims?.surface !== 'storefront') throw notValid()
  const holder = await findHolder(app, claims).catch((error) => {
    throw error instanceof Refusal ? notValid() : error
  })
  if (holder.refreshJti !== claims.jti) throw notValid()
  const type = holder.isActive ? 'access' : 'verification'
  return signToken(claims, type, newTokenIds().accessJti, now, app.config)
}

const notValid = () => new Refusal('unauthenticated', 'refresh_token_not_valid', 'The refresh token is not valid')
