/** All SQL of the inventory module. */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'
import type { Cause, Receipt, StockLine } from './movement.ts'

/**
 * Claims units for all lines in one statement. The levels are locked in sku order, so that two orders with the same
 * articles wait for each other instead of deadlocking, and the locked rows are current: nobody reads "one left" twice.
 * Active locations are emptied in the order of their ids, the default one first. Claims nothing unless all can be served.
 */
export async function claimUnits(tx: Tx, lines: StockLine[], reference: string, now: Date): Promise<boolean> {
  const { rows } = await sql`
    with wanted as (
      select variant_id, sum(quantity)::int as quantity
      -- Through sub-selects the planner does not look at the arrays, and keeps one plan for all.
      from unnest((select ${lines.map((line) => line.variantId)}::bigint[]),
        (select ${lines.map((line) => line.quantity)}::int[])) as line (variant_id, quantity)
      group by variant_id
    ), locked as (
      select level.variant_id, level.location_id, level.on_hand, location.is_default
      from inventory.levels level join inventory.locations location on location.id = level.location_id
      where level.variant_id in (select variant_id from wanted) and location.is_active and level.on_hand > 0
      order by level.sku, level.location_id
      for update of level
    ), offered as (
      select *, sum(on_hand) over (
        partition by variant_id order by is_default desc, location_id
      ) - on_hand as offered_before
      from locked
    ), claimed as (
      select variant_id, location_id, least(on_hand, quantity - offered_before)::int as quantity
      from offered join wanted using (variant_id)
      where offered_before < quantity
    ), served as (
      select not exists (
        select from wanted left join claimed using (variant_id)
        group by variant_id, wanted.quantity having coalesce(sum(claimed.quantity), 0) < wanted.quantity
      ) as all_lines
    ), changed as (
      update inventory.levels level set on_hand = on_hand - claimed.quantity
      from claimed, served
      where served.all_lines
        and level.variant_id = claimed.variant_id and level.location_id = claimed.location_id
      returning level.variant_id, level.location_id, claimed.quantity, level.on_hand
    )
    insert into inventory.ledger
      (variant_id, location_id, movement, quantity, balance_after, reference, recorded_at)
    select variant_id, location_id, 'OUT', -quantity, on_hand, ${reference}, ${now} from changed
    returning id`.execute(tx)
  return rows.length > 0
}

/** The first wanted variant, in sku order, of which there is too little, and how much of it there is. */
export async function findShortage(db: Db, lines: StockLine[]) {
  const { rows } = await sql<{ variantId: number; available: number }>`
    select wanted.variant_id, coalesce(sum(level.on_hand) filter (where location.is_active), 0)::int as available
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
    order by wanted.sku limit 1`.execute(db)
  return rows[0]
}

export async function insertReceipt(tx: Tx, lines: Receipt[], cause: Cause, now: Date): Promise<void> {
  await sql`
    with received as (
      select line.variant_id, coalesce(line.location_id, (select id from inventory.locations where is_default)) location_id,
        min(line.sku) as sku, sum(line.quantity)::int as quantity
      from unnest(${lines.map((line) => line.variantId)}::bigint[], ${lines.map((line) => line.sku)}::text[],
        ${lines.map((line) => line.quantity)}::int[], ${lines.map((line) => line.locationId ?? null)}::bigint[])
        as line (variant_id, sku, quantity, location_id)
      group by 1, 2
    ), changed as (
      insert into inventory.levels as level (variant_id, location_id, sku, on_hand)
      select variant_id, location_id, sku, quantity from received order by sku, location_id
      on conflict (variant_id, location_id) do update set on_hand = level.on_hand + excluded.on_hand
      returning variant_id, location_id, on_hand
    )
    insert into inventory.ledger
      (variant_id, location_id, movement, quantity, balance_after, reference, notes, recorded_by, recorded_at)
    select variant_id, location_id, 'IN', quantity, on_hand, ${cause.reference ?? null}, ${cause.notes ?? ''},
      ${cause.recordedBy ?? null}::bigint, ${now}
    from changed join received using (variant_id, location_id)
    where quantity > 0`.execute(tx)
}

/** The caller holds the lock on the order that the reference names, so that two returns do not count the same rows. */
export async function giveBackUnits(tx: Tx, reference: string, now: Date): Promise<void> {
  await sql`
    with taken as (
      select variant_id, location_id, -sum(quantity)::int as quantity
      from inventory.ledger where reference = ${reference} and movement in ('OUT', 'RETURN')
      group by variant_id, location_id having sum(quantity) < 0
    ), locked as (
      select level.variant_id, level.location_id, taken.quantity
      from inventory.levels level join taken using (variant_id, location_id)
      order by level.sku, level.location_id
      for update of level
    ), changed as (
      update inventory.levels level set on_hand = on_hand + locked.quantity
      from locked
      where level.variant_id = locked.variant_id and level.location_id = locked.location_id
      returning level.variant_id, level.location_id, locked.quantity, level.on_hand
    )
    insert into inventory.ledger
      (variant_id, location_id, movement, quantity, balance_after, reference, recorded_at)
    select variant_id, location_id, 'RETURN', quantity, on_hand, ${reference}, ${now} from changed`.execute(tx)
}
