/** All SQL of the shipping module. */
import { sql } from 'kysely'
import type { Db } from '#platform/database'
import type { ShippingMethod } from './quote.ts'

/** The methods that can be chosen, in the order in which they are shown (V1-285). One statement. */
export async function listMethods(db: Db): Promise<ShippingMethod[]> {
  const { rows } = await sql<ShippingMethod>`
    select id, code, name, carrier, rate_minor, currency, free_above_minor, days_min, days_max
    from shipping.methods where is_active
    order by position, id`.execute(db)
  return rows
}
