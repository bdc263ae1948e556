import { claimDataDirectory } from '#platform/embedded-postgres'
import { embeddedPlace } from '../composition.ts'
import type { Config } from '../config.ts'

/**
 * On an embedded database one server serves at a time, and a second one is refused before it opens anything. Several
 * nodes share a PostgreSQL of the owner's choice freely. Returns how to give the place back; a killed server keeps none.
 */
export async function claimToServe(config: Config): Promise<() => void> {
  const place = embeddedPlace(config)
  if (place === undefined || place === 'memory') return () => {}
  const giveBack = await claimDataDirectory(place)
  if (giveBack) return giveBack
  throw new Error(
    `Souk is already being served on the data in ${place}. Stop that one first, or set DATABASE_URL to another place.`,
  )
}
