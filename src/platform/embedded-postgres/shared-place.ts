// Where root keeps what PostgreSQL's account must reach when it cannot reach the checkout.

import { lstatSync, mkdirSync } from 'node:fs'

export const SHARED_PLACE = '/var/lib/souk-postgres'

/**
 * Makes the place when it is missing and returns its path. Only for root.
 * Nobody but root can write in /var/lib, so nobody can plant anything there; a temporary folder would not do: it is
 * open to everybody, and cleaned by the system. Refuses a place that others can write in.
 */
export function openSharedPlace(): string {
  try {
    mkdirSync(SHARED_PLACE, { recursive: true, mode: 0o755 })
  } catch (error) {
    throw new Error(
      'PostgreSQL may not run as root, and the user it runs as cannot reach this folder. ' +
        `Souk would use ${SHARED_PLACE}, but cannot make it (${(error as Error).message}). ` +
        'Start Souk as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own.',
    )
  }
  const place = lstatSync(SHARED_PLACE)
  if (!place.isDirectory() || place.uid !== 0 || (place.mode & 0o022) !== 0) {
    throw new Error(
      `${SHARED_PLACE} must be a folder that only root can write in. ` +
        `Put it right (chown root ${SHARED_PLACE} && chmod 755 ${SHARED_PLACE}) and start again.`,
    )
  }
  return SHARED_PLACE
}
