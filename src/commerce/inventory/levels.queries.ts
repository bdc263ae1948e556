/** How many units are where, and from which number on somebody is told. */
import { type RawBuilder, sql } from 'kysely'
import { productsOfSeller, type Variant } from '#commerce/catalog'
import type { Db, Tx } from '#platform/database'
import type { Level, LevelCriteria, ReorderRule } from './levels.ts'

export type Window = { limit: number; offset: number }
/** A page with the number of all rows; `knownCount` spares the counting. Of a page past the end the number is 0: ask for it. */
export type Counted<Row> = Row & { count: number }

const columns = sql.raw(`level.product_id, level.variant_id, level.sku, level.location_id, level.on_hand,
  level.low_stock_threshold, level.reorder_point, level.reorder_quantity`)

export async function findLevels(db: Db, criteria: LevelCriteria, { limit, offset }: Window, knownCount?: number) {
  const matching = matchLevels(criteria)
  const { rows } = await sql<Counted<Level>>`/* once */
    select ${columns}, coalesce(${knownCount ?? null}::bigint, (select count(*) ${matching})) as count ${matching}
    order by level.sku, level.location_id limit ${limit} offset ${offset}`.execute(db)
  return rows
}

export async function countLevels(db: Db, criteria: LevelCriteria): Promise<number> {
  const { rows } = await sql<{ count: number }>`/* once */ select count(*) as count ${matchLevels(criteria)}`.execute(
    db,
  )
  return rows[0]!.count
}

function matchLevels({ productId, variantId, locationId, isLow, sellerId }: LevelCriteria): RawBuilder<unknown> {
  const conditions = [sql`location_id in (select id from inventory.locations where removed_at is null)`]
  if (productId !== undefined) conditions.push(sql`product_id = ${productId}`)
  if (variantId !== undefined) conditions.push(sql`variant_id = ${variantId}`)
  if (locationId !== undefined) conditions.push(sql`location_id = ${locationId}`)
  if (isLow !== undefined) conditions.push(sql`(on_hand <= low_stock_threshold) = ${isLow}::boolean`)
  if (sellerId !== undefined) conditions.push(sql`product_id in (${productsOfSeller(sellerId)})`)
  return sql`from inventory.levels level where ${sql.join(conditions, sql` and `)}`
}

/** The units at each of these places, in their order; 0 where there is no level. */
export async function findOnHand(db: Db, places: { variantId: number; locationId: number }[]): Promise<number[]> {
  const { rows } = await sql<{ onHand: number }>`
    select coalesce(level.on_hand, 0) as on_hand
    from unnest(${places.map(({ variantId }) => variantId)}::bigint[], ${places.map(({ locationId }) => locationId)}::bigint[])
      with ordinality as place (variant_id, location_id, position)
    left join inventory.levels level using (variant_id, location_id)
    order by position`.execute(db)
  return rows.map(({ onHand }) => onHand)
}

/** A variant without a level gets one of no units at the default location, so that there is something to hold the number. */
export async function upsertThreshold(tx: Tx, variants: Variant[], threshold: number, now: Date): Promise<void> {
  await sql`
    with wanted as (
      select variant_id, product_id, sku
      from unnest(${variants.map((variant) => variant.variantId)}::bigint[], ${variants.map((variant) => variant.productId)}::bigint[],
        ${variants.map((variant) => variant.sku)}::text[]) as variant (variant_id, product_id, sku)
    ), locked as (
      select variant_id, location_id from inventory.levels
      where variant_id in (select variant_id from wanted)
      order by sku, location_id
      for update
    ), changed as (
      update inventory.levels level set low_stock_threshold = ${threshold}, changed_at = ${now}
      from locked where level.variant_id = locked.variant_id and level.location_id = locked.location_id
    )
    insert into inventory.levels (variant_id, location_id, product_id, sku, on_hand, low_stock_threshold, changed_at)
    select variant_id, (select id from inventory.locations where is_default), product_id, sku, 0, ${threshold}, ${now}
    from wanted where not exists (select from locked where locked.variant_id = wanted.variant_id)
    order by sku
    on conflict (variant_id, location_id) do update
      set low_stock_threshold = excluded.low_stock_threshold, changed_at = excluded.changed_at`.execute(tx)
}

export async function upsertReorderRule(tx: Tx, variant: Variant, locationId: number, rule: ReorderRule, now: Date) {
  const { rows } = await sql<Level>`
    insert into inventory.levels as level
      (variant_id, location_id, product_id, sku, on_hand, low_stock_threshold, reorder_point, reorder_quantity, changed_at)
    values (${variant.variantId}, ${locationId}, ${variant.productId}, ${variant.sku}, 0,
      coalesce((select max(low_stock_threshold) from inventory.levels where variant_id = ${variant.variantId}), 5),
      ${rule?.point ?? null}::int, ${rule?.quantity ?? null}::int, ${now})
    on conflict (variant_id, location_id) do update set reorder_point = excluded.reorder_point,
      reorder_quantity = excluded.reorder_quantity, changed_at = excluded.changed_at
    returning ${columns}`.execute(tx)
  return rows[0]!
}
