import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'
import type { Location, LocationContent } from './locations.ts'

type Window = { limit: number; offset: number }

const columns = sql.raw('id, code, name, address, is_active, is_default')

/** A page of the locations in use, the default one first. */
export async function listLocations(db: Db, { limit, offset }: Window): Promise<{ rows: Location[]; count: number }> {
  const number = sql<{ count: number }>`select count(*) as count from inventory.locations where removed_at is null`
  const { rows } = await sql<Location & { count: number }>`
    select ${columns}, (${number}) as count from inventory.locations where removed_at is null
    order by is_default desc, code, id limit ${limit} offset ${offset}`.execute(db)
  if (rows[0] || offset === 0) return { rows, count: rows[0]?.count ?? 0 }
  return { rows, count: (await number.execute(db)).rows[0]!.count }
}

/** Those of an id, of a code, or the default one; removed ones, too, where they are wanted. */
export async function findLocations(
  db: Db,
  handles: { id: number | null; code: string | null }[],
  includesRemoved = false,
): Promise<Location[]> {
  const { rows } = await sql<Location>`
    select ${columns} from inventory.locations
    where (removed_at is null or ${includesRemoved}::boolean) and (
      id = any(${handles.map(({ id }) => id)}::bigint[]) or lower(code) = any(${handles.map(({ code }) => code?.toLowerCase() ?? null)}::text[])
    )
    order by removed_at nulls first, id desc`.execute(db)
  return rows
}

export async function findDefaultLocation(db: Db): Promise<Location> {
  const { rows } = await sql<Location>`select ${columns} from inventory.locations where is_default`.execute(db)
  return rows[0]!
}

/**
 * All locations in use, locked, so that one deed at a time changes them: there is always a default one to wait for.
 * `alone` also keeps out whoever books something at one: all levels that are there are seen then.
 */
export async function lockLocations(tx: Tx, { alone = false } = {}): Promise<Location[]> {
  const strength = alone ? sql`for update` : sql`for no key update`
  const { rows } = await sql<Location>`
    select ${columns} from inventory.locations where removed_at is null order by id ${strength}`.execute(tx)
  return rows
}

export async function insertLocation(tx: Tx, content: LocationContent): Promise<Location> {
  const { rows } = await sql<Location>`
    insert into inventory.locations (code, name, address, is_active, is_default)
    values (${content.code}, ${content.name}, ${content.address}, ${content.isActive}, ${content.isDefault})
    returning ${columns}`.execute(tx)
  return rows[0]!
}

export async function updateLocation(tx: Tx, id: number, content: LocationContent): Promise<Location> {
  const { rows } = await sql<Location>`
    update inventory.locations set code = ${content.code}, name = ${content.name}, address = ${content.address},
      is_active = ${content.isActive}, is_default = ${content.isDefault}
    where id = ${id} returning ${columns}`.execute(tx)
  return rows[0]!
}

export async function clearDefault(tx: Tx): Promise<void> {
  await sql`update inventory.locations set is_default = false where is_default`.execute(tx)
}

/** The levels of whatever is at a location, wherever they are; returns how many units are at this one. */
export async function lockStockAt(tx: Tx, locationId: number): Promise<number> {
  const { rows } = await sql<{ units: number }>`
    with locked as (
      select location_id, on_hand from inventory.levels
      where variant_id in (select variant_id from inventory.levels where location_id = ${locationId})
      order by sku, location_id
      for update
    )
    select coalesce(sum(on_hand) filter (where location_id = ${locationId}), 0)::bigint as units from locked`.execute(
    tx,
  )
  return rows[0]!.units
}

/** After a location came into use or went out of it: opens and ends alerts. Returns the products that it has units of. */
export async function settleStockAt(tx: Tx, locationId: number, now: Date): Promise<number[]> {
  await sql`
    select inventory.settle_alerts(
      array(select variant_id from inventory.levels where location_id = ${locationId}), ${now})`.execute(tx)
  const { rows } = await sql<{ productId: number }>`
    select distinct product_id from inventory.levels where location_id = ${locationId} and on_hand > 0`.execute(tx)
  return rows.map(({ productId }) => productId)
}

export async function hasHistory(db: Db, locationId: number): Promise<boolean> {
  const { rows } = await sql`
    select from inventory.ledger where location_id = ${locationId} limit 1`.execute(db)
  return rows.length > 0
}

/** Takes an empty location out of use for good; its ledger stays. */
export async function retireLocation(tx: Tx, id: number, now: Date): Promise<void> {
  await sql`
    with dropped as (
      update inventory.reorder_proposals set ended_at = ${now},
        status = case when status = 'open' then 'dismissed' else status end
      where location_id = ${id} and ended_at is null
    )
    update inventory.locations set is_active = false, removed_at = ${now} where id = ${id}`.execute(tx)
}

/** Deletes an empty location that nothing ever happened at. */
export async function deleteLocation(tx: Tx, id: number): Promise<void> {
  await sql`delete from inventory.levels where location_id = ${id}`.execute(tx)
  await sql`delete from inventory.locations where id = ${id}`.execute(tx)
}
