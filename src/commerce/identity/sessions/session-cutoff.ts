import type { Config } from '../../../config.ts'

const DAY_MS = 86_400_000

/** When a session that begins now ends, however much it is used. */
export function sessionEnd(config: Config, now: Date): Date {
  return new Date(now.getTime() + config.SESSION_MAX_DAYS * DAY_MS)
}

/** A session that was last used at or before this moment has expired (V1-111). */
export function sessionCutoff(config: Config, now: Date): Date {
  return new Date(now.getTime() - config.SESSION_EXPIRE_DAYS * DAY_MS)
}
