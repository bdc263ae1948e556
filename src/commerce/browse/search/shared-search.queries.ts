/** Names for the search that two surfaces share: those given exactly, and those that are written alike. */
import type { Db } from '#platform/database'
import { once, runText } from '../run-text.ts'

/** Active products of exactly this name, whatever its capitals. */
export async function findProductsNamed(db: Db, name: string): Promise<number[]> {
  const rows = await runText<{ id: number }>(db, PRODUCTS_NAMED, [name])
  return rows.map(({ id }) => id)
}

const PRODUCTS_NAMED = `
  select id from catalog.products where lower(name) = lower($1) and removed_at is null and is_active order by id limit 100`

export type CategoryHit = {
  id: number
  name: string
  slug: string
  code: string
  description: string
  tags: string[]
  image: string | null
  /** Whether its name was given exactly. */
  isNamed: boolean
  /** The newest active ones in it. */
  productIds: number[]
}

const CATEGORIES_MAX = 50
/** In a category, itself without those below it. */
const NESTED_MAX = 100

/** Active categories that are called so, or else those with all of these texts in name, tags or description. One statement. */
export async function findCategoriesBy(db: Db, name: string, tokens: string[]): Promise<CategoryHit[]> {
  const rows = await runText<CategoryHit>(db, once(CATEGORIES), [name, tokens])
  const named = rows.filter(({ isNamed }) => isNamed)
  return named.length > 0 ? named : rows
}

const CATEGORIES = `
  select category.id, category.name, category.slug, category.code, category.description, category.tags, category.image,
    found.is_named as "isNamed",
    (select coalesce(json_agg(product_id), '[]') from (
      select product_id from browse.documents where category_id = category.id and is_active
      order by created_at desc, product_id desc limit ${NESTED_MAX}) product) as "productIds"
  from (
    select id, lower(name) = lower($1) as is_named from catalog.categories
    where is_active and (lower(name) = lower($1) or not exists (
      select from unnest($2::text[]) token
      where position(lower(unaccent(token)) in lower(unaccent(concat_ws(' ', name, array_to_string(tags, ' '), description)))) = 0
    ))
    order by is_named desc, position, id limit ${CATEGORIES_MAX}
  ) found join catalog.categories category on category.id = found.id
  order by found.is_named desc, category.position, category.id`

/** Names of active categories. */
export async function findCategoryNames(db: Db): Promise<string[]> {
  const rows = await runText<{ name: string }>(db, 'select name from catalog.categories where is_active', [])
  return rows.map(({ name }) => name)
}

/** Where there are no more active products than so many, every name is compared. */
const ALL_NAMES_MAX = 1000

/** Names of active products that are about as long: of all, or undefined where there are too many to compare. */
export async function findNamesOfLength(db: Db, shortest: number, longest: number): Promise<string[] | undefined> {
  const rows = await runText<{ names: string[] | null }>(db, NAMES, [shortest, longest])
  return rows[0]!.names ?? undefined
}

const NAMES = `
  with few as materialized (select product_id from browse.documents where is_active limit ${ALL_NAMES_MAX + 1})
  select case when (select count(*) from few) <= ${ALL_NAMES_MAX} then (
    select coalesce(json_agg(product.name), '[]') from few join catalog.products product on product.id = few.product_id
    where length(product.name) between $1 and $2
  ) end as names`

/** Names of active products about as long, with words as these are, or nearly. */
export async function findNamesWith(db: Db, tsquery: string, shortest: number, longest: number): Promise<string[]> {
  const rows = await runText<{ name: string }>(db, once(NAMES_WITH), [tsquery, shortest, longest])
  return rows.map(({ name }) => name)
}

const NAMES_WITH = `
  select product.name
  from (
    select product_id from browse.documents document
    where is_active and words @@ $1::tsquery and length(name_key) between $2 and $3 limit 500
  ) document join catalog.products product on product.id = document.product_id`
