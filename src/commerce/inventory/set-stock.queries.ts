/** Stock that is set to a number: its levels are locked before they are looked at. */
import { sql } from 'kysely'
import type { Tx } from '#platform/database'

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

/** The products of those variants whose levels there are. */
export async function updateThresholds(tx: Tx, variantIds: number[], threshold: number): Promise<number[]> {
  const { rows } = await sql<{ productId: number }>`
    update inventory.levels set low_stock_threshold = ${threshold}
    where variant_id = any(${variantIds}::bigint[]) returning product_id`.execute(tx)
  return rows.map(({ productId }) => productId)
}

export async function updateSku(tx: Tx, variantId: number, sku: string): Promise<void> {
  await sql`update inventory.levels set sku = ${sku} where variant_id = ${variantId}`.execute(tx)
}
