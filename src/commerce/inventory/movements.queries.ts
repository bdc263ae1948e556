/** Changes of stock at places that are known beforehand: goods that come in, adjustments, transfers, returns. */
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '#platform/database'
import type { Cause, Change, LedgerEntry, Movement, Receipt } from './movement.ts'
import { UNITS_MAX } from './movement.ts'

export type Booking = Cause & { movement: Movement }

/**
 * Books changes, all of them or none, in one statement: none where a level would fall below zero or hold more than it can,
 * or where a location is not there. Makes levels that were not there. `changes` is a query of variant_id, product_id,
 * sku, location_id and quantity; it may read `places`, the locations in use. Returns the lines of the ledger, what leaves
 * a place before what comes to one.
 */
export async function bookChanges(
  tx: Tx,
  changes: RawBuilder<unknown>,
  { movement, reference, notes, recordedBy }: Booking,
  now: Date,
): Promise<LedgerEntry[]> {
  const { rows } = await sql<LedgerEntry>`
    with places as (
      -- Kept to the end of the transaction: a location that units come to is not removed meanwhile.
      select id, is_active, is_default from inventory.locations where removed_at is null order by id for key share
    ), line as materialized (
      -- Joined here so that locations are locked before levels, in the order of whoever changes a location.
      select variant_id, location_id, min(product_id) as product_id, min(sku) as sku, sum(quantity)::bigint as quantity,
        count(place.id) > 0 as is_in_use
      from (${changes}) change left join places place on place.id = location_id
      group by variant_id, location_id
    ), locked as (
      select variant_id, location_id, on_hand, low_stock_threshold from inventory.levels
      where variant_id in (select variant_id from line)
      order by sku, location_id
      for update
    ), served as (
      select coalesce(bool_and(
        is_in_use and coalesce(locked.on_hand, 0) + line.quantity between 0 and ${UNITS_MAX}::bigint
      ), false) as all_lines
      from line left join locked using (variant_id, location_id)
    ), changed as (
      -- From the locked number: the row may be an older one, which the constraint would look at before the update does.
      update inventory.levels level set on_hand = locked.on_hand + line.quantity, changed_at = ${now}
      from line join locked using (variant_id, location_id), served
      where served.all_lines and level.variant_id = line.variant_id and level.location_id = line.location_id
      returning level.variant_id, level.location_id, level.on_hand
    ), made as (
      insert into inventory.levels as level
        (variant_id, location_id, product_id, sku, on_hand, low_stock_threshold, changed_at)
      select line.variant_id, line.location_id, line.product_id, line.sku, line.quantity,
        -- As elsewhere, or as the other variants of the product.
        coalesce(
          (select max(low_stock_threshold) from locked where locked.variant_id = line.variant_id),
          (select max(low_stock_threshold) from inventory.levels other where other.product_id = line.product_id), 5
        ), ${now}
      from line, served
      where served.all_lines and not exists (
        select from locked where locked.variant_id = line.variant_id and locked.location_id = line.location_id)
      order by line.sku, line.location_id
      on conflict (variant_id, location_id) do update
        set on_hand = level.on_hand + excluded.on_hand, changed_at = excluded.changed_at
      returning variant_id, location_id, on_hand
    )
    insert into inventory.ledger (variant_id, location_id, product_id, movement, quantity, balance_after, reference, notes,
      recorded_by, recorded_at)
    select variant_id, location_id, product_id, ${movement}::inventory.movement_type, quantity, on_hand,
      ${reference ?? null}, ${notes ?? ''}, ${recordedBy ?? null}::bigint, ${now}
    from (select * from changed union all select * from made) booked join line using (variant_id, location_id)
    where quantity <> 0
    order by sku, quantity
    returning *`.execute(tx)
  return rows
}

/** Goods that come in, at the default location unless one is named. */
export const goodsOf = (lines: Receipt[]): RawBuilder<unknown> => sql`
  select variant_id, product_id, sku, quantity,
    coalesce(location_id, (select id from places where is_default)) as location_id
  from ${linesOf(lines)}`

/** Changes that name their place. */
export const changesOf = (changes: Change[]): RawBuilder<unknown> => sql`
  select variant_id, product_id, sku, quantity, location_id from ${linesOf(changes)}`

const linesOf = (lines: Receipt[]) => sql`
  unnest(${lines.map((line) => line.variantId)}::bigint[], ${lines.map((line) => line.productId)}::bigint[],
    ${lines.map((line) => line.sku)}::text[], ${lines.map((line) => line.quantity)}::int[],
    ${lines.map((line) => line.locationId ?? null)}::bigint[])
    as line (variant_id, product_id, sku, quantity, location_id)`
