import type { Db } from '#platform/database'
import { findDefaultLocation, findLocations } from './locations.queries.ts'
import type { Location } from './locations.ts'

/** A location by its id, or by its code. */
export type Place = number | string

/** The locations of these, in their order; undefined where there is none. One statement. */
export async function findPlaces(db: Db, places: Place[], includesRemoved = false): Promise<(Location | undefined)[]> {
  const handles = places.map(toHandle)
  const found = await findLocations(db, handles, includesRemoved)
  return handles.map(
    ({ id, code }) =>
      (id === null ? undefined : found.find((each) => each.id === id)) ??
      (code === null ? undefined : found.find((each) => each.code.toLowerCase() === code.toLowerCase())),
  )
}

/** The named location, else the default one. */
export async function findPlace(db: Db, place: Place | undefined): Promise<Location | undefined> {
  return place === undefined ? findDefaultLocation(db) : (await findPlaces(db, [place]))[0]
}

/** Text of digits is an id, unless there is none such: then it is a code. */
function toHandle(place: Place): { id: number | null; code: string | null } {
  if (typeof place === 'number') return { id: place, code: null }
  return { id: /^\d{1,15}$/.test(place) ? Number(place) : null, code: place }
}
