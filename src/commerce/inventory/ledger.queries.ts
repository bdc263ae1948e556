import { type RawBuilder, sql } from 'kysely'
import { productsOfSeller } from '#commerce/catalog'
import type { Db } from '#platform/database'
import type { LedgerCriteria } from './ledger.ts'
import type { Counted, Window } from './levels.queries.ts'
import type { LedgerEntry } from './movement.ts'

/** The ids of the page come from an index alone, however far it is from the beginning; only its own lines are read. */
export async function findEntries(db: Db, criteria: LedgerCriteria, { limit, offset }: Window, knownCount?: number) {
  const matching = matchEntries(criteria)
  const { rows } = await sql<Counted<LedgerEntry>>`/* once */
    select entry.*, coalesce(${knownCount ?? null}::bigint, (select count(*) ${matching})) as count
    from (
      select id ${matching} order by recorded_at desc, id desc limit ${limit} offset ${offset}
    ) page join inventory.ledger entry using (id)
    order by entry.recorded_at desc, entry.id desc`.execute(db)
  return rows
}

export async function countEntries(db: Db, criteria: LedgerCriteria): Promise<number> {
  const { rows } = await sql<{ count: number }>`/* once */ select count(*) as count ${matchEntries(criteria)}`.execute(
    db,
  )
  return rows[0]!.count
}

function matchEntries(criteria: LedgerCriteria): RawBuilder<unknown> {
  const { productId, variantId, locationId, movements, from, until, sellerId } = criteria
  const conditions = [sql`true`]
  if (productId !== undefined) conditions.push(sql`product_id = ${productId}`)
  if (variantId !== undefined) {
    // Entries are found by their product: an index less for each order to keep up.
    const product = sql`(select product_id from inventory.levels where variant_id = ${variantId} limit 1)`
    conditions.push(sql`product_id = ${product} and variant_id = ${variantId}`)
  }
  if (locationId !== undefined) conditions.push(sql`location_id = ${locationId}`)
  if (movements !== undefined) {
    const kinds = movements.map((movement) => sql`${movement}::inventory.movement_type`)
    conditions.push(sql`movement in (${sql.join(kinds)})`)
  }
  if (from !== undefined) conditions.push(sql`recorded_at >= ${from}`)
  if (until !== undefined) conditions.push(sql`recorded_at < ${until}`)
  if (sellerId !== undefined) conditions.push(sql`product_id in (${productsOfSeller(sellerId)})`)
  return sql`from inventory.ledger where ${sql.join(conditions, sql` and `)}`
}
