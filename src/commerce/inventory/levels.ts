/** Levels: how many units of a variant are at a location (V1-351), and the numbers at which something is done. */
import { findVariantsOfProducts, resolveVariants, type Variant } from '#commerce/catalog'
import { type Db, inTransaction, type Tx } from '#platform/database'
import { type FieldCodes, invalidFields } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import { findNamed, listCounted, type StockCriteria, type StockFilter } from './criteria.ts'
import { findPlace, type Place } from './find-place.ts'
import * as queries from './levels.queries.ts'
import { noteStock } from './note-stock.ts'
import { refuseForeign } from './refuse-foreign.ts'
import type { InventoryLevels } from './tables.ts'

export type Level = Omit<InventoryLevels, 'changedAt'>
export type LevelFilter = StockFilter & { isLow?: boolean }
export type LevelCriteria = StockCriteria & { isLow?: boolean }
/** From how many units on, and how many to order then. */
export type ReorderRule = { point: number; quantity: number } | null

/** A page of the levels at locations in use, by sku. `isLow` asks for those at or below their threshold, or for the others. */
export async function listLevels(db: Db, { product, location, ...rest }: LevelFilter, window: queries.Window) {
  const named = await findNamed(db, { product, location })
  if (!named) return { rows: [], count: 0 }
  const criteria: LevelCriteria = { ...rest, ...named }
  return listCounted<Level>(db, criteria, window, {
    name: 'levels',
    rows: (known) => queries.findLevels(db, criteria, window, known),
    count: () => queries.countLevels(db, criteria),
  })
}

export type ThresholdChange = { productId: number; variantId?: number; threshold: number; sellerId?: number }

/**
 * Sets from which number on a variant is low, or all variants of a product (V1-351, MP-106); alerts open and end by it at
 * once. Refuses by field: `product_id` (product_unknown), `variant_id` (variant_unknown); and `foreign_product`.
 */
export function changeThreshold(app: App, { productId, variantId, threshold, sellerId }: ThresholdChange) {
  return inTransaction(app.db, async (tx) => {
    const all = await findVariantsOfProducts(tx, [productId])
    if (!all[0]) throw invalidFields({ product_id: 'product_unknown' })
    refuseForeign(all[0], sellerId)
    const variants = variantId === undefined ? all : all.filter((variant) => variant.variantId === variantId)
    if (variants.length === 0) throw invalidFields({ variant_id: 'variant_unknown' })
    await setThreshold(tx, variants, threshold, app.now())
  })
}

async function setThreshold(tx: Tx, variants: Variant[], threshold: number, now: Date): Promise<void> {
  await queries.upsertThreshold(tx, variants, threshold, now)
  noteStock(
    tx,
    variants.map(({ productId }) => productId),
  )
}

export type ReorderChange = { productId: number; variantId?: number; location?: Place; rule: ReorderRule }

/**
 * Sets when a variant is ordered again for a location, the default one unless another is named (MP-286); null: never by
 * itself. Refuses by field as `resolveVariants` does, and `location_id` (location_unknown).
 */
export function changeReorderRule(app: App, { productId, variantId, location, rule }: ReorderChange): Promise<Level> {
  return inTransaction(app.db, async (tx) => {
    const [resolved] = await resolveVariants(tx, [{ productId, ...(variantId !== undefined && { variantId }) }])
    const place = await findPlace(tx, location)
    const faults: FieldCodes = { ...resolved!.faults, ...(!place && { location_id: 'location_unknown' }) }
    if (!resolved!.variant || !place) throw invalidFields(faults)
    return queries.upsertReorderRule(tx, resolved!.variant, place.id, rule, app.now())
  })
}
