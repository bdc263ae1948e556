/**
 * Where stock is kept (V1-350). Whoever changes locations locks all of them first, so that there is exactly one default, and no
 * code twice, whatever is done at once.
 */
import { type Db, inTransaction, type Tx } from '#platform/database'
import { type FieldCodes, invalidFields, missing, Refusal } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import * as queries from './locations.queries.ts'
import { noteStock } from './note-stock.ts'
import type { InventoryLocations } from './tables.ts'

export type Location = Omit<InventoryLocations, 'removedAt'>
export type LocationContent = Omit<Location, 'id'>
export type NewLocation = Pick<LocationContent, 'code' | 'name'> & Partial<LocationContent>

/** One location in use. Refuses `location_not_found`. */
export async function getLocation(db: Db, id: number): Promise<Location> {
  const [location] = await queries.findLocations(db, [{ id, code: null }])
  if (!location) throw missing('location')
  return location
}

/** Adds a location; a new default takes over from the one that was. Refuses by field, as `changeLocation` does. */
export function addLocation(app: App, input: NewLocation): Promise<Location> {
  return inTransaction(app.db, async (tx) => {
    const content = { address: '', isActive: true, isDefault: false, ...input }
    refuseFaults(findFaults(content, await queries.lockLocations(tx)))
    if (content.isDefault) await queries.clearDefault(tx)
    return queries.insertLocation(tx, content)
  })
}

/**
 * Changes what is named and leaves the rest; a new default takes over from the one that was. What is at a location that is
 * not active is not sold. Refuses `location_not_found`, and by field: a code that another one has (`location_code_taken`),
 * a default that is not active (`default_is_active`), and to leave none (`default_needed`).
 */
export function changeLocation(app: App, id: number, changes: Partial<LocationContent>): Promise<Location> {
  return inTransaction(app.db, async (tx) => {
    const locations = await queries.lockLocations(tx, { alone: changes.isActive !== undefined })
    const before = locations.find((location) => location.id === id)
    if (!before) throw missing('location')
    const content = { ...before, ...changes }
    const others = locations.filter((location) => location !== before)
    const leavesNone = before.isDefault && !content.isDefault
    refuseFaults({ ...findFaults(content, others), ...(leavesNone && { is_default: 'default_needed' }) })
    const opensOrCloses = content.isActive !== before.isActive
    if (opensOrCloses) await queries.lockStockAt(tx, id)
    if (content.isDefault && !before.isDefault) await queries.clearDefault(tx)
    const location = await queries.updateLocation(tx, id, content)
    if (opensOrCloses) noteStock(tx, await queries.settleStockAt(tx, id, app.now()))
    return location
  })
}

/**
 * Removes a location that holds nothing; if it has a history it is kept for the ledger, and out of use. Refuses
 * `location_not_found`, the default one (`default_location`), and one with units (`location_has_stock`).
 */
export async function removeLocation(app: App, id: number): Promise<void> {
  await inTransaction(app.db, async (tx) => {
    const locations = await queries.lockLocations(tx, { alone: true })
    const location = locations.find((each) => each.id === id)
    if (!location) throw missing('location')
    if (location.isDefault) throw new Refusal('invalid', 'default_location', 'The default location stays')
    await removeEmpty(tx, id, app.now())
  })
}

async function removeEmpty(tx: Tx, id: number, now: Date): Promise<void> {
  const units = await queries.lockStockAt(tx, id)
  if (units > 0) throw new Refusal('invalid', 'location_has_stock', 'The location has stock', { units })
  if (await queries.hasHistory(tx, id)) await queries.retireLocation(tx, id, now)
  else await queries.deleteLocation(tx, id)
}

function findFaults({ code, isActive, isDefault }: LocationContent, others: Location[]): FieldCodes {
  const isTaken = others.some((other) => other.code.toLowerCase() === code.toLowerCase())
  return {
    ...(isTaken && { code: 'location_code_taken' }),
    ...(isDefault && !isActive && { is_active: 'default_is_active' }),
  }
}

function refuseFaults(faults: FieldCodes): void {
  if (Object.keys(faults).length > 0) throw invalidFields(faults)
}
