/** Taking the units of an order, and what to give back of them. */
import { type RawBuilder, sql } from 'kysely'
import type { Db, Tx } from '#platform/database'
import type { StockLine } from './movement.ts'

/**
 * Claims units for all lines in one statement; returns the products whose stock it changed, none where it claimed nothing.
 * The levels are locked in sku order, so that two orders with the same articles wait for each other instead of
 * deadlocking, and the locked rows are current: nobody reads "one left" twice. All levels of a variant are locked, those
 * that nothing is taken from as well, so that its alert is decided by one change after the other.
 * Active locations are emptied in the order of their ids, the default one first. Claims nothing unless all can be served.
 */
export async function claimUnits(tx: Tx, lines: StockLine[], reference: string, now: Date): Promise<number[]> {
  const { rows } = await sql<{ productId: number }>`
    with wanted as (
      select variant_id, sum(quantity)::int as quantity
      -- Through sub-selects the planner does not look at the arrays, and keeps one plan for all.
      from unnest((select ${lines.map((line) => line.variantId)}::bigint[]),
        (select ${lines.map((line) => line.quantity)}::int[])) as line (variant_id, quantity)
      group by variant_id
    ), locked as (
      select level.variant_id, level.location_id, level.on_hand, location.is_active, location.is_default
      from inventory.levels level join inventory.locations location on location.id = level.location_id
      where level.variant_id in (select variant_id from wanted)
      order by level.sku, level.location_id
      for update of level
    ), offered as (
      select *, sum(on_hand) over (
        partition by variant_id order by is_default desc, location_id
      ) - on_hand as offered_before
      from locked where is_active and on_hand > 0
    ), claimed as (
      select variant_id, location_id, on_hand, least(on_hand, quantity - offered_before)::int as quantity
      from offered join wanted using (variant_id)
      where offered_before < quantity
    ), served as (
      select not exists (
        select from wanted left join claimed using (variant_id)
        group by variant_id, wanted.quantity having coalesce(sum(claimed.quantity), 0) < wanted.quantity
      ) as all_lines
    ), changed as (
      -- From the locked number: the row may be an older one, which the constraint would look at before the update does.
      update inventory.levels level set on_hand = claimed.on_hand - claimed.quantity, changed_at = ${now}
      from claimed, served
      where served.all_lines
        and level.variant_id = claimed.variant_id and level.location_id = claimed.location_id
      returning level.variant_id, level.location_id, level.product_id, claimed.quantity, level.on_hand
    )
    insert into inventory.ledger
      (variant_id, location_id, product_id, movement, quantity, balance_after, reference, recorded_at)
    select variant_id, location_id, product_id, 'OUT', -quantity, on_hand, ${reference}, ${now} from changed
    returning product_id`.execute(tx)
  return rows.map(({ productId }) => productId)
}

export type Shortage = { variantId: number; requested: number; available: number }

/** The wanted variants, in sku order, of which there is too little, and how much of each there is. */
export async function findShortages(db: Db, lines: StockLine[]): Promise<Shortage[]> {
  const { rows } = await sql<Shortage>`
    select wanted.variant_id, wanted.quantity::int as requested,
      coalesce(sum(level.on_hand) filter (where location.is_active), 0)::int as available
    from (
      select variant_id, min(sku) as sku, sum(quantity) as quantity
      from unnest(${lines.map((line) => line.variantId)}::bigint[], ${lines.map((line) => line.sku)}::text[],
        ${lines.map((line) => line.quantity)}::int[]) as line (variant_id, sku, quantity)
      group by variant_id
    ) wanted
    left join inventory.levels level using (variant_id)
    left join inventory.locations location on location.id = level.location_id
    group by wanted.variant_id, wanted.sku, wanted.quantity
    having coalesce(sum(level.on_hand) filter (where location.is_active), 0) < wanted.quantity
    order by wanted.sku`.execute(db)
  return rows
}

/**
 * What a reference took and has not given back, as changes for `bookChanges`; with `units` no more than so many of each variant. They go to
 * where they were taken from, or to the default location where that place is no longer in use. The caller holds the lock on the order that
 * the reference names, so that two returns do not count the same rows.
 */
export const unitsOwed = (
  reference: string,
  units?: { variantId: number; quantity: number }[],
): RawBuilder<unknown> => sql`
  select level.variant_id, level.product_id, level.sku,
    case when place.is_active then place.id else (select id from places where is_default) end as location_id,
    least(units, owed - units_before) as quantity
  from (
    select variant_id, location_id, units, ${units ? sql`least(owed, wanted.quantity)` : sql`owed`} as owed,
      sum(units) over (partition by variant_id order by location_id) - units as units_before
    from (
      select variant_id, location_id, -sum(quantity) as units, sum(-sum(quantity)) over (partition by variant_id) as owed
      from inventory.ledger where reference = ${reference} and movement in ('OUT', 'RETURN')
      group by variant_id, location_id
    ) moved
    ${units ? sql`join ${wantedOf(units)} using (variant_id)` : sql``}
    where units > 0
  ) taken
  join inventory.levels level using (variant_id, location_id)
  left join places place on place.id = taken.location_id
  where owed > units_before`

const wantedOf = (units: { variantId: number; quantity: number }[]) => sql`(
  select variant_id, sum(quantity) as quantity
  from unnest(${units.map(({ variantId }) => variantId)}::bigint[], ${units.map(({ quantity }) => quantity)}::int[])
    as unit (variant_id, quantity)
  group by variant_id) as wanted`
