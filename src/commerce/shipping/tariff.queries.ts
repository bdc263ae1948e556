/** SQL of what staff sets. */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'
import type { Method, MethodContent, RateContent, Zone, ZoneContent } from './tariff.ts'

const METHOD = sql`id, code, name, carrier, rate_minor, currency, free_above_minor, days_min, days_max, position, is_active`
const ZONE = sql`id, name, countries, postal_prefixes, position, coalesce((
  select json_agg(json_build_object('methodId', method_id, 'currency', currency, 'baseMinor', base_minor, 'includedGrams', included_grams,
    'perKgMinor', per_kg_minor, 'volumetricDivisor', volumetric_divisor) order by method_id)
  from shipping.zone_rates rate join shipping.methods method on method.id = rate.method_id where rate.zone_id = zone.id), '[]') as rates`
const lock = (locked: boolean) => (locked ? sql`for update` : sql``)

/** Those out of use, too. */
export async function listAllMethods(db: Db): Promise<Method[]> {
  const { rows } = await sql<Method>`select ${METHOD} from shipping.methods order by currency, position, id`.execute(db)
  return rows
}

export async function findMethod(db: Db, id: number, { locked = false } = {}): Promise<Method | undefined> {
  const { rows } = await sql<Method>`select ${METHOD} from shipping.methods where id = ${id} ${lock(locked)}`.execute(
    db,
  )
  return rows[0]
}

export async function insertMethod(tx: Tx, content: MethodContent): Promise<Method> {
  const { rows } = await sql<Method>`
    insert into shipping.methods (code, name, carrier, rate_minor, currency, free_above_minor, days_min, days_max, position, is_active)
    values (${content.code}, ${content.name}, ${content.carrier}, ${content.rateMinor}, ${content.currency},
      ${content.freeAboveMinor}, ${content.daysMin}, ${content.daysMax}, ${content.position}, ${content.isActive})
    returning ${METHOD}`.execute(tx)
  return rows[0]!
}

export async function updateMethod(tx: Tx, id: number, content: MethodContent): Promise<Method> {
  const { rows } = await sql<Method>`
    update shipping.methods set code = ${content.code}, name = ${content.name}, carrier = ${content.carrier},
      rate_minor = ${content.rateMinor}, currency = ${content.currency}, free_above_minor = ${content.freeAboveMinor},
      days_min = ${content.daysMin}, days_max = ${content.daysMax}, position = ${content.position}, is_active = ${content.isActive}
    where id = ${id} returning ${METHOD}`.execute(tx)
  return rows[0]!
}

export async function deleteMethod(tx: Tx, id: number): Promise<boolean> {
  const { rows } = await sql`delete from shipping.methods where id = ${id} returning id`.execute(tx)
  return rows.length > 0
}

export async function listZones(db: Db): Promise<Zone[]> {
  const { rows } = await sql<Zone>`select ${ZONE} from shipping.zones zone order by position, id`.execute(db)
  return rows
}

export async function findZone(db: Db, id: number, { locked = false } = {}): Promise<Zone | undefined> {
  const { rows } = await sql<Zone>`select ${ZONE} from shipping.zones zone where id = ${id} ${lock(locked)}`.execute(db)
  return rows[0]
}

export async function insertZone(tx: Tx, { name, countries, postalPrefixes, position }: ZoneContent): Promise<Zone> {
  const { rows } = await sql<Zone>`
    insert into shipping.zones as zone (name, countries, postal_prefixes, position)
    values (${name}, ${countries}::text[], ${postalPrefixes}::text[], ${position}) returning ${ZONE}`.execute(tx)
  return rows[0]!
}

export async function updateZone(tx: Tx, id: number, content: ZoneContent): Promise<void> {
  await sql`
    update shipping.zones set name = ${content.name}, countries = ${content.countries}::text[],
      postal_prefixes = ${content.postalPrefixes}::text[], position = ${content.position}
    where id = ${id}`.execute(tx)
}

export async function deleteZone(tx: Tx, id: number): Promise<boolean> {
  const { rows } = await sql`delete from shipping.zones where id = ${id} returning id`.execute(tx)
  return rows.length > 0
}

type Ids = { zoneId: number; methodId: number }

export async function upsertRate(tx: Tx, { zoneId, methodId }: Ids, rate: RateContent): Promise<void> {
  await sql`
    insert into shipping.zone_rates (method_id, zone_id, base_minor, included_grams, per_kg_minor, volumetric_divisor)
    values (${methodId}, ${zoneId}, ${rate.baseMinor}, ${rate.includedGrams}, ${rate.perKgMinor}, ${rate.volumetricDivisor})
    on conflict (method_id, zone_id) do update set base_minor = excluded.base_minor, included_grams = excluded.included_grams,
      per_kg_minor = excluded.per_kg_minor, volumetric_divisor = excluded.volumetric_divisor`.execute(tx)
}

export async function deleteRate(tx: Tx, { zoneId, methodId }: Ids): Promise<boolean> {
  const { rows } = await sql`
    delete from shipping.zone_rates where zone_id = ${zoneId} and method_id = ${methodId} returning id`.execute(tx)
  return rows.length > 0
}
