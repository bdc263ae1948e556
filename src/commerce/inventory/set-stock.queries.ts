/** Stock that is set to a number: its levels are locked before they are looked at. */
import { sql } from 'kysely'
import type { Tx } from '#platform/database'
import type { Cause } from './movement.ts'

type LockedLevel = { variantId: number; locationId: number; onHand: number }

/** Those at locations in use, held until the end of the transaction; the default location comes first. */
export async function lockLevels(tx: Tx, variantIds: number[]): Promise<LockedLevel[]> {
  const { rows } = await sql<LockedLevel & { isDefault: boolean }>`
    select level.variant_id, level.location_id, level.on_hand, location.is_default
    from inventory.levels level join inventory.locations location on location.id = level.location_id
    where level.variant_id = any(${variantIds}::bigint[]) and location.is_active
    order by level.sku, level.location_id for update of level`.execute(tx)
  return rows.sort((a, b) => Number(b.isDefault) - Number(a.isDefault))
}

/** Units that come, or go where they are negative; without a location at the default one. */
export type Correction = { productId: number; variantId: number; sku: string; locationId: number | null; units: number }

export async function bookCorrections(tx: Tx, corrections: Correction[], cause: Cause, now: Date): Promise<void> {
  await sql`
    with correction as (
      select variant_id, coalesce(location_id, (select id from inventory.locations where is_default)) as location_id, sku, units
      from unnest(${corrections.map((line) => line.variantId)}::bigint[],
        ${corrections.map((line) => line.locationId)}::bigint[], ${corrections.map((line) => line.sku)}::text[],
        ${corrections.map((line) => line.units)}::int[]) as line (variant_id, location_id, sku, units)
    ), come as (
      insert into inventory.levels as level (variant_id, location_id, sku, on_hand)
      select variant_id, location_id, sku, units from correction where units > 0 order by sku, location_id
      on conflict (variant_id, location_id) do update set on_hand = level.on_hand + excluded.on_hand
      returning variant_id, location_id, on_hand
    ), gone as (
      update inventory.levels level set on_hand = level.on_hand + correction.units
      from correction
      where level.variant_id = correction.variant_id and level.location_id = correction.location_id and units < 0
      returning level.variant_id, level.location_id, level.on_hand
    ), changed as (
      select * from come union all select * from gone
    )
    insert into inventory.ledger
      (variant_id, location_id, movement, quantity, balance_after, reference, notes, recorded_by, recorded_at)
    select variant_id, location_id, 'ADJUSTMENT', units, on_hand, ${cause.reference ?? null}, ${cause.notes ?? ''},
      ${cause.recordedBy ?? null}::bigint, ${now}
    from changed join correction using (variant_id, location_id)`.execute(tx)
}

export async function updateThresholds(tx: Tx, variantIds: number[], threshold: number): Promise<void> {
  await sql`
    update inventory.levels set low_stock_threshold = ${threshold}
    where variant_id = any(${variantIds}::bigint[])`.execute(tx)
}

export async function updateSku(tx: Tx, variantId: number, sku: string): Promise<void> {
  await sql`update inventory.levels set sku = ${sku} where variant_id = ${variantId}`.execute(tx)
}
