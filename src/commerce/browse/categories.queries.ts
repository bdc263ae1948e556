/** Categories and brands as they are shown, each with the number of its active products. */
import { sql } from 'kysely'
import type { Db } from '#platform/database'
import { type CategoryNode, toTree } from './category-tree.ts'
import type { Handle } from './product-view.ts'
import { escapeLike, type Window } from './selection.queries.ts'

export type CategoryView = {
  id: number
  name: string
  slug: string
  description: string
  /** As stored, perhaps relative. */
  image: string | null
  /** What the storefront calls it by. */
  code: string
  tags: string[]
  /** 1 to 8: its place on the storefront's front page. */
  displayOrder: number | null
  parentId: number | null
  /** 0 for a root. */
  level: number
  isActive: boolean
  /** Active products of this category and of those below it. */
  productCount: number
}

export type BrandView = {
  id: number
  name: string
  slug: string
  description: string
  logo: string | null
  website: string | null
  isActive: boolean
  productCount: number
}

/** A category with all below it, and what it lies below, from the root. */
export type CategoryBranch = { category: CategoryNode; ancestors: Pick<CategoryView, 'id' | 'name' | 'slug'>[] }

/** What is left out does not matter. */
export type MenuFilter = { search?: string; includesInactive?: boolean }
type Counted<Row> = { rows: Row[]; count: number }

/** A page of categories in the order of the shop (V1-220). One statement; a second one for a page past the end. */
export async function listCategories(
  db: Db,
  filter: MenuFilter,
  { limit, offset }: Window,
): Promise<Counted<CategoryView>> {
  const matching = sql`where ${shown(filter.includesInactive)} and ${named(sql`category.name`, filter.search)}`
  const number = sql<{ count: number }>`select count(*) as count from catalog.categories category ${matching}`
  const { rows } = await sql<CategoryView & { count: number }>`
    select ${categoryColumns}, (${number}) as count from catalog.categories category ${totals} ${matching}
    order by category.position, category.name, category.id limit ${limit} offset ${offset}`.execute(db)
  if (rows[0] || offset === 0) return { rows, count: rows[0]?.count ?? 0 }
  const counted = await number.execute(db)
  return { rows, count: counted.rows[0]!.count }
}

/** How siblings follow each other: as the shop placed them, or by name. */
export type SiblingOrder = 'place' | 'name'

/** All categories that are shown, parents before their children (V1-220, NX-080). One statement. */
export async function findAllCategories(
  db: Db,
  includesInactive = false,
  order: SiblingOrder = 'place',
): Promise<CategoryView[]> {
  const { rows } = await sql<CategoryView>`
    select ${categoryColumns} from catalog.categories category ${totals} where ${shown(includesInactive)}
    order by cardinality(category.path), ${siblings[order]}, category.id`.execute(db)
  return rows
}

/**
 * A category with those that it lies below, from the root, and all below it that are shown, by name (NX-081). A hidden one,
 * and one below a hidden one, is found with `seesAll` only. One statement, along the index of the paths: only the branch is
 * read and counted.
 */
export async function findBranch(db: Db, { id, slug }: Handle, seesAll = false): Promise<CategoryBranch | undefined> {
  const { rows } = await sql<CategoryView & { depth: number }>`
    with asked as materialized (
      select id, path from catalog.categories where id = ${id} or slug = ${slug}
      order by id = ${id} desc nulls last limit 1
    ), total as materialized (
      select above.id, sum(counted.products)::bigint as products
      from asked
      join catalog.categories home on home.path @> array[asked.id]
      join catalog.products_per_category counted on counted.category_id = home.id
      cross join unnest(home.path) as above (id)
      group by above.id
    )
    select ${categoryColumns}, cardinality(category.path) - cardinality(asked.path) as depth
    from asked
    join catalog.categories category on category.path @> array[asked.id] or category.id = any(asked.path)
    left join total on total.id = category.id
    where ${shown(seesAll)}
    order by cardinality(category.path), ${siblings.name}, category.id`.execute(db)
  const above = rows.filter(({ depth }) => depth < 0)
  const [category] = toTree(rows.slice(above.length).map(({ depth: _, ...row }) => row))
  if (!category) return undefined
  return { category, ancestors: above.map(({ id, name, slug }) => ({ id, name, slug })) }
}

/** One statement. A hidden category, and one below a hidden one, is found with `seesAll` only. */
export async function findCategory(db: Db, { id, slug }: Handle, seesAll = false): Promise<CategoryView | undefined> {
  const { rows } = await sql<CategoryView>`
    select ${categoryColumns} from catalog.categories category ${ownTotal}
    where ${shown(seesAll)} and (category.id = ${id} or category.slug = ${slug})
    order by category.id = ${id} desc nulls last limit 1`.execute(db)
  return rows[0]
}

/** One statement. By the code that the storefront uses; a hidden one is found with `seesAll` only. */
export async function findCategoryByCode(db: Db, code: string, seesAll = false): Promise<CategoryView | undefined> {
  const { rows } = await sql<CategoryView>`
    select ${categoryColumns} from catalog.categories category ${totals}
    where ${shown(seesAll)} and category.code = ${code}`.execute(db)
  return rows[0]
}

/** The places of the storefront's front page that no category has, ascending (SF-179, SF-180). One statement. */
export async function findFreePlaces(db: Db): Promise<number[]> {
  const { rows } = await sql<{ place: number }>`
    select place from generate_series(1, ${PLACES}::int) place
    where not exists (select from catalog.categories where display_order = place) order by place`.execute(db)
  return rows.map(({ place }) => place)
}

/** Eight categories at most stand on the front page (SF-181). */
export const PLACES = 8

/** A page of brands by name (V1-230). One statement; a second one for a page past the end. */
export async function listBrands(db: Db, filter: MenuFilter, { limit, offset }: Window): Promise<Counted<BrandView>> {
  const matching = sql`${shownBrands(filter.includesInactive)} and ${named(sql`brand.name`, filter.search)}`
  const { rows } = await sql<BrandView & { count: number }>`
    select ${brandColumns}, (select count(*) ${matching}) as count ${matching}
    order by lower(brand.name), brand.id limit ${limit} offset ${offset}`.execute(db)
  if (rows[0] || offset === 0) return { rows, count: rows[0]?.count ?? 0 }
  const counted = await sql<{ count: number }>`select count(*) as count ${matching}`.execute(db)
  return { rows, count: counted.rows[0]!.count }
}

/** All active brands by name (NX-084). One statement. */
export async function findAllBrands(db: Db): Promise<BrandView[]> {
  const { rows } = await sql<BrandView>`
    select ${brandColumns} ${shownBrands()} order by lower(brand.name), brand.id`.execute(db)
  return rows
}

/** One statement. A hidden brand is found with `seesAll` only. */
export async function findBrand(db: Db, { id, slug }: Handle, seesAll = false): Promise<BrandView | undefined> {
  const { rows } = await sql<BrandView>`
    select ${brandColumns} ${shownBrands(seesAll)} and (brand.id = ${id} or brand.slug = ${slug})
    order by brand.id = ${id} desc nulls last limit 1`.execute(db)
  return rows[0]
}

const categoryColumns = sql`category.id, category.name, category.slug, category.description, category.image,
  category.code, category.tags, category.display_order, category.parent_id, cardinality(category.path) - 1 as level, category.is_active, coalesce(total.products, 0) as product_count`

const siblings = {
  place: sql`category.position, category.name`,
  name: sql`lower(category.name)`,
}

/** Each category counts for all that it is below: in one pass, not in one search per category. */
const totals = sql`left join (
  select above.id, sum(counted.products)::bigint as products
  from catalog.products_per_category counted
  join catalog.categories home on home.id = counted.category_id
  cross join unnest(home.path) as above (id)
  group by above.id
) total on total.id = category.id`

/** The same of a single category: only what lies below it is counted. */
const ownTotal = sql`cross join lateral (
  select sum(counted.products)::bigint as products
  from catalog.categories home join catalog.products_per_category counted on counted.category_id = home.id
  where home.path @> array[category.id]
) total`

/** A hidden category hides those below it. */
const shown = (seesAll = false) =>
  sql`(${seesAll}::boolean or not category.path && array(select id from catalog.categories where not is_active))`

const brandColumns = sql`brand.id, brand.name, brand.slug, brand.description, brand.logo, brand.website, brand.is_active,
  (
    select coalesce(sum(counted.products), 0)::bigint
    from catalog.products_per_brand counted where counted.brand_id = brand.id
  ) as product_count`

const shownBrands = (seesAll = false) => sql`from catalog.brands brand where (brand.is_active or ${seesAll}::boolean)`

const named = (column: ReturnType<typeof sql>, search = '') => sql`${column} ilike ${`%${escapeLike(search)}%`}`
