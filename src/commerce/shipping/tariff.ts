/** What staff sets: the methods, the zones, and what a method costs in a zone. */
import { type Db, inTransaction, violatedConstraint } from '#platform/database'
import { invalidFields, missing } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import type { ShippingMethods, ShippingZoneRates, ShippingZones } from './tables.ts'
import * as queries from './tariff.queries.ts'

export type MethodContent = Omit<ShippingMethods, 'id'>
export type Method = ShippingMethods
export type ZoneContent = Omit<ShippingZones, 'id'>
/** With what the methods cost in it. */
export type Zone = ShippingZones & { rates: (Omit<ShippingZoneRates, 'id' | 'zoneId'> & { currency: string })[] }
export type RateContent = Omit<ShippingZoneRates, 'id' | 'zoneId' | 'methodId'>

/** Refuses `method_not_found`. */
export async function getMethod(db: Db, id: number): Promise<Method> {
  const method = await queries.findMethod(db, id)
  if (!method) throw missing('method')
  return method
}

/** Refuses a code that the currency has already (`method_code_taken`). */
export function addMethod(app: App, content: MethodContent): Promise<Method> {
  refuseDays(content)
  return inTransaction(app.db, (tx) => queries.insertMethod(tx, content)).catch(refuseTakenCode)
}

/** Changes what is named and leaves the rest. Orders keep what they were told. Refuses `method_not_found`, and as `addMethod`. */
export function changeMethod(app: App, id: number, changes: Partial<MethodContent>): Promise<Method> {
  return inTransaction(app.db, async (tx) => {
    const method = await queries.findMethod(tx, id, { locked: true })
    if (!method) throw missing('method')
    const content = { ...method, ...changes }
    refuseDays(content)
    return queries.updateMethod(tx, id, content)
  }).catch(refuseTakenCode)
}

/** Refuses `method_not_found`. */
export async function removeMethod(app: App, id: number): Promise<void> {
  if (!(await inTransaction(app.db, (tx) => queries.deleteMethod(tx, id)))) throw missing('method')
}

/** Refuses `zone_not_found`. */
export async function getZone(db: Db, id: number): Promise<Zone> {
  const zone = await queries.findZone(db, id)
  if (!zone) throw missing('zone')
  return zone
}

export function addZone(app: App, content: ZoneContent): Promise<Zone> {
  return inTransaction(app.db, (tx) => queries.insertZone(tx, content))
}

/** Changes what is named and leaves the rest. Refuses `zone_not_found`. */
export function changeZone(app: App, id: number, changes: Partial<ZoneContent>): Promise<Zone> {
  return inTransaction(app.db, async (tx) => {
    const zone = await queries.findZone(tx, id, { locked: true })
    if (!zone) throw missing('zone')
    const content = { ...zone, ...changes }
    await queries.updateZone(tx, id, content)
    return content
  })
}

/** Refuses `zone_not_found`. */
export async function removeZone(app: App, id: number): Promise<void> {
  if (!(await inTransaction(app.db, (tx) => queries.deleteZone(tx, id)))) throw missing('zone')
}

/** What a method costs in a zone, from now on. Refuses `zone_not_found` and `method_not_found`. */
export function setRate(app: App, ids: { zoneId: number; methodId: number }, content: RateContent): Promise<Zone> {
  return inTransaction(app.db, async (tx) => {
    // Locked, so that neither goes meanwhile.
    if (!(await queries.findMethod(tx, ids.methodId, { locked: true }))) throw missing('method')
    if (!(await queries.findZone(tx, ids.zoneId, { locked: true }))) throw missing('zone')
    await queries.upsertRate(tx, ids, content)
    return getZone(tx, ids.zoneId)
  })
}

/** The method costs its flat rate there again. Refuses `rate_not_found`. */
export async function removeRate(app: App, ids: { zoneId: number; methodId: number }): Promise<void> {
  if (!(await inTransaction(app.db, (tx) => queries.deleteRate(tx, ids)))) throw missing('rate')
}

function refuseDays({ daysMin, daysMax }: MethodContent): void {
  if (daysMax < daysMin) throw invalidFields({ estimated_days: 'days_reversed' })
}

function refuseTakenCode(error: unknown): never {
  if (violatedConstraint(error) === 'methods_code_in_currency') throw invalidFields({ code: 'method_code_taken' })
  throw error
}
