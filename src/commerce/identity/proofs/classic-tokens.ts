/**
 * Tokens that need no table: a time and a mac over the account as it is (SF-089, SF-134). What they are for changes the
 * account, and so makes them worthless. They are accepted beside the encrypted ones; our mails do not use them.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Config } from '../../../config.ts'
import type { Credentials } from '../sign-in/credentials.queries.ts'
import { keyFor } from './keys.ts'

type Purpose = 'verify_email' | 'reset_password'

const LIFETIME_S = 24 * 3600

/** `<base36 seconds>-<hex mac>`. */
export function makeClassicToken(account: Credentials, purpose: Purpose, now: Date, config: Config): string {
  const time = Math.floor(now.getTime() / 1000).toString(36)
  return `${time}-${macOf(account, purpose, time, config)}`
}

/** Whether the token was made for this account, this purpose and this state of the account, within the last 24 hours. */
export function isClassicToken(
  token: string,
  account: Credentials,
  purpose: Purpose,
  now: Date,
  config: Config,
): boolean {
  const [, time, mac] = /^([0-9a-z]{1,9})-([0-9a-f]{64})$/.exec(token) ?? []
  if (!time || !mac) return false
  const ageS = now.getTime() / 1000 - Number.parseInt(time, 36)
  const expected = macOf(account, purpose, time, config)
  return ageS > -1 && ageS < LIFETIME_S && timingSafeEqual(Buffer.from(mac), Buffer.from(expected))
}

function macOf(account: Credentials, purpose: Purpose, time: string, config: Config): string {
  const { id, email, passwordHash, emailVerifiedAt, lastLoginAt } = account
  const state = [id, email, passwordHash, emailVerifiedAt?.getTime(), lastLoginAt?.getTime()]
  return createHmac('sha256', keyFor('classic tokens', config))
    .update(JSON.stringify([purpose, time, state]))
    .digest('hex')
}
