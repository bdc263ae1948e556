/** Variants, as the catalog writes them. */
import { sql } from 'kysely'
import { type Tx, violatedConstraint } from '#platform/database'
import { invalidFields, Refusal } from '#platform/refusal.ts'
import type { Price } from './prices.ts'
import type { NewVariant } from './products.ts'

/** All in one statement, in the order given, behind those that are there. Refuses taken skus: `sku_taken`. */
export async function insertVariants(tx: Tx, productId: number, variants: NewVariant[]) {
  const lines = variants.map((variant, position) => ({
    position,
    name: variant.name ?? '',
    sku: variant.sku,
    attributes: variant.attributes ?? {},
    price_minor: variant.priceMinor,
    compare_at_minor: variant.compareAtMinor ?? null,
    weight_grams: variant.weightGrams ?? null,
    weight_label: variant.weightLabel ?? '',
    image: variant.image ?? null,
    is_active: variant.isActive ?? true,
    is_implicit: variant.isImplicit ?? false,
  }))
  const { rows } = await sql<{ id: number; sku: string; position: number }>`
    insert into catalog.variants (product_id, position, name, sku, attributes, price_minor, compare_at_minor,
      weight_grams, weight_label, image, is_active, is_implicit)
    select ${productId}::bigint,
      line.position + coalesce((select max(position) + 1 from catalog.variants where product_id = ${productId}), 0),
      name, sku, attributes, price_minor, compare_at_minor, weight_grams, weight_label, image, is_active, is_implicit
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as line (position int, name text, sku text, attributes jsonb,
      price_minor bigint, compare_at_minor bigint, weight_grams int, weight_label text, image text, is_active boolean,
      is_implicit boolean)
    order by line.position
    on conflict (lower(sku)) where removed_at is null do nothing
    returning id, sku, position`.execute(tx)
  if (rows.length < variants.length) {
    const fresh = new Set(rows.map((row) => row.sku))
    const skus = variants.map((variant) => variant.sku).filter((sku) => !fresh.has(sku))
    throw new Refusal('conflict', 'sku_taken', 'A variant with this sku exists', { skus })
  }
  return rows.sort((a, b) => a.position - b.position).map(({ id, sku }) => ({ id, sku }))
}

export async function updateVariantPrices(tx: Tx, prices: ({ id: number } & Price)[]): Promise<void> {
  await sql`
    update catalog.variants variant set price_minor = price.price_minor, compare_at_minor = price.compare_at_minor
    from unnest(${prices.map(({ id }) => id)}::bigint[], ${prices.map(({ priceMinor }) => priceMinor)}::bigint[],
      ${prices.map(({ compareAtMinor }) => compareAtMinor)}::bigint[]) as price (id, price_minor, compare_at_minor)
    where variant.id = price.id`.execute(tx)
}

export type VariantColumns = Sparse<
  Price & {
    name: string
    sku: string
    attributes: Record<string, string>
    weightGrams: number | null
    weightLabel: string
    image: string | null
    isActive: boolean
    position: number
  }
>

type Sparse<Columns> = { [Column in keyof Columns]?: Columns[Column] | undefined }

/** The levels repeat the sku, so they follow. Refuses one that is taken (`sku`), also when it was taken a moment ago. */
export async function updateVariant(tx: Tx, id: number, { attributes, ...columns }: VariantColumns): Promise<void> {
  const values = { ...columns, ...(attributes ? { attributes: JSON.stringify(attributes) } : {}) }
  const set = Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => sql`${sql.ref(name)} = ${value}`)
  if (set.length === 0) return
  try {
    await sql`update catalog.variants set ${sql.join(set)} where id = ${id}`.execute(tx)
  } catch (error) {
    throw violatedConstraint(error) === 'variants_sku' ? invalidFields({ sku: 'sku_taken' }) : error
  }
}

type Weight = { id: number; priceMinor: number; compareAtMinor?: number | null; weightLabel: string }

/** In this order. A former price that is not given stays only where what is asked stays. */
export async function placeWeights(tx: Tx, weights: Weight[]): Promise<void> {
  await sql`
    update catalog.variants variant set position = weight.place - 1, name = weight.label, weight_label = weight.label,
      is_active = true, is_implicit = false, price_minor = weight.price_minor,
      compare_at_minor = case
        when weight.keeps_former then case when variant.price_minor = weight.price_minor then variant.compare_at_minor end
        else weight.compare_at_minor
      end
    from unnest(${weights.map(({ id }) => id)}::bigint[], ${weights.map(({ priceMinor }) => priceMinor)}::bigint[],
      ${weights.map(({ compareAtMinor }) => compareAtMinor ?? null)}::bigint[],
      ${weights.map(({ compareAtMinor }) => compareAtMinor === undefined)}::boolean[],
      ${weights.map(({ weightLabel }) => weightLabel)}::text[])
      with ordinality as weight (id, price_minor, compare_at_minor, keeps_former, label, place)
    where variant.id = weight.id`.execute(tx)
}

/** Whether another variant, not removed, has this sku. */
export async function isSkuTaken(tx: Tx, sku: string, except: number | null): Promise<boolean> {
  const { rows } = await sql`
    select from catalog.variants
    where lower(sku) = lower(${sku}) and removed_at is null and id is distinct from ${except}::bigint`.execute(tx)
  return rows.length > 0
}

export async function deleteVariants(tx: Tx, ids: number[]): Promise<void> {
  // Out of sale first: that is how the lists learn that the units count no more; the levels go only after their variant.
  await sql`update catalog.variants set is_active = false where id = any(${ids}::bigint[]) and is_active`.execute(tx)
  await sql`delete from catalog.variants where id = any(${ids}::bigint[])`.execute(tx)
}

/** They are never shown or sold again, and their skus are free. */
export async function hideVariants(tx: Tx, ids: number[], now: Date): Promise<void> {
  await sql`update catalog.variants set is_active = false, removed_at = ${now} where id = any(${ids}::bigint[])`.execute(
    tx,
  )
}
