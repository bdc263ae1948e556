/** SQL of the methods as buyers see them. */
import { sql } from 'kysely'
import type { Db } from '#platform/database'
import type { ShippingMethod } from './quote.ts'

/** What each method costs where, in the order of the zones: see `ZoneRate`. */
export const ZONE_RATES = sql`coalesce((
  select json_agg(json_build_object('countries', zone.countries, 'postalPrefixes', zone.postal_prefixes,
    'baseMinor', rate.base_minor, 'includedGrams', rate.included_grams, 'perKgMinor', rate.per_kg_minor,
    'volumetricDivisor', rate.volumetric_divisor) order by zone.position, zone.id)
  from shipping.zone_rates rate join shipping.zones zone on zone.id = rate.zone_id
  where rate.method_id = method.id), '[]')`

/** The methods that can be chosen, with their rates, in the order in which they are shown (V1-285). One statement. */
export async function listMethods(db: Db): Promise<ShippingMethod[]> {
  const { rows } = await sql<ShippingMethod>`
    select id, code, name, carrier, rate_minor, currency, free_above_minor, days_min, days_max, ${ZONE_RATES} as zone_rates
    from shipping.methods method where is_active
    order by position, id`.execute(db)
  return rows
}
