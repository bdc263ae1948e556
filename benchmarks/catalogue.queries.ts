/**
 * A shop to measure with: the same one on every machine, made by a few statements however large it is. Ids run from 1
 * without gaps, so that whatever needs an article or a buyer can work out its id.
 */
import type pg from 'pg'

export type Catalogue = { products: number; activeProducts: number; variants: number; sellableVariants: number }

/** Products with these last ids are hidden, as a few are in any shop. */
const HIDDEN_SHARE = 0.03
/** More than any run can sell: what is measured is the work, not the refusals. */
const UNITS_IN_STOCK = 1_000_000

/** Fills an empty, migrated database. */
export async function insertCatalogue(client: pg.Client, products: number): Promise<Catalogue> {
  const activeProducts = products - Math.floor(products * HIDDEN_SHARE)
  await client.query(CATEGORIES)
  await client.query(BRANDS)
  await client.query(PRODUCTS, [products, activeProducts])
  await client.query(VARIANTS)
  await client.query(PICTURES)
  await client.query(LOCATION)
  await client.query(STOCK, [UNITS_IN_STOCK])
  await client.query(RATINGS)
  await client.query(VIEWS)
  for (const table of ['categories', 'brands', 'products', 'variants', 'pictures']) {
    const name = `catalog.${table}`
    await client.query(`select setval(pg_get_serial_sequence('${name}', 'id'), (select max(id) from ${name}))`)
  }
  const { rows } = await client.query<Pick<Catalogue, 'variants' | 'sellableVariants'>>(
    `select count(*)::int as variants, (count(*) filter (where product_id <= $1))::int as "sellableVariants"
    from catalog.variants`,
    [activeProducts],
  )
  return { products, activeProducts, ...rows[0]! }
}

/** A tree: 8 departments, 5 aisles in each, 5 shelves in each aisle. */
const CATEGORIES = `
  insert into catalog.categories (id, parent_id, path, name, slug, code, description, position)
  select id, parent, case when parent is null then array[id] when parent <= 8 then array[parent, id]
      else array[(parent - 9) / 5 + 1, parent, id] end,
    'Category ' || id, 'category-' || id, 'category-' || id, 'What belongs together on shelf ' || id, id
  from (
    select id, case when id <= 8 then null when id <= 48 then (id - 9) / 5 + 1 else (id - 49) / 5 + 9 end as parent
    from generate_series(1, 248) id
  ) tree order by id`

const BRANDS = `
  insert into catalog.brands (id, name, slug, description)
  select id, 'Brand ' || id, 'brand-' || id, 'A house with a history of ' || id || ' years'
  from generate_series(1, 120) id`

/** Prices of the variants of product p begin here: between 5.00 and 400.00. */
const PRICE = '(500 + (p * 7919) % 7900 * 5)'

const PRODUCTS = `
  insert into catalog.products (id, name, slug, description, category_id, brand_id, tags, specifications, currency,
    price_minor, compare_at_minor, is_active, is_featured, created_at, updated_at)
  select p,
    (array['Plain','Carved','Woven','Glazed','Forged','Painted','Quilted'])[p % 7 + 1] || ' '
      || (array['oak','copper','linen','clay','leather','brass','wool','glass'])[p % 8 + 1] || ' '
      || (array['bowl','lamp','kettle','cushion','tray','stool','basket','frame','jug'])[p % 9 + 1] || ' ' || p,
    'product-' || p,
    repeat('Made by hand in a small workshop, one at a time, to be used every day for years. ', 1 + (p % 5)::int),
    49 + (p * 31) % 200, 1 + (p * 17) % 120,
    array['tag-' || p % 40, (array['gift','kitchen','home','garden'])[p % 4 + 1]],
    jsonb_build_object('material', 'mixed', 'width_cm', p % 90 + 5, 'height_cm', p % 60 + 3, 'origin', 'Anatolia'),
    'USD', ${PRICE}, case when p % 5 = 0 then ${PRICE} + 1500 end, p <= $2::int, p % 20 = 0,
    timestamptz '2026-01-01' - (p * 48271 % 1000003) * interval '1 minute',
    timestamptz '2026-01-01'
  from generate_series(1, $1::int) product(n), lateral (select n::bigint as p) id order by p`

/** One to three of each product; the first is the cheapest. */
const VARIANTS = `
  insert into catalog.variants (id, product_id, position, name, sku, attributes, price_minor, compare_at_minor, weight_grams)
  select row_number() over (order by p, position), p, position,
    case when p % 3 = 0 then '' else (array['Small','Medium','Large'])[position + 1] end,
    'SKU-' || p || '-' || position,
    case when p % 3 = 0 then '{}' else jsonb_build_object('size', (array['S','M','L'])[position + 1]) end,
    ${PRICE} + position * 1000, case when p % 5 = 0 then ${PRICE} + position * 1000 + 1500 end, 200 + p % 900
  from (select id as p from catalog.products) product, lateral generate_series(0, (p % 3)::int) position
  order by p, position`

const PICTURES = `
  insert into catalog.pictures (id, product_id, url, alt_text, is_primary, position)
  select row_number() over (order by p, position), p, '/files/products/' || p || '-' || position || '.webp',
    'Picture ' || position + 1, position = 0, position
  from (select id as p from catalog.products) product, lateral generate_series(0, (p % 4)::int) position`

const LOCATION = `insert into inventory.locations (code, name) values ('SHOP', 'The shop in town')`

/** All in the warehouse, a quarter of it in the town as well, each explained by a line of the ledger. */
const STOCK = `
  with levels as (
    insert into inventory.levels (variant_id, location_id, product_id, sku, on_hand)
    select variant.id, location.id, variant.product_id, variant.sku, $1::int
    from catalog.variants variant join inventory.locations location on location.is_default or variant.id % 4 = 0
    order by variant.id, location.id
    returning variant_id, location_id, product_id, on_hand
  )
  insert into inventory.ledger (variant_id, location_id, product_id, movement, quantity, balance_after, recorded_at)
  select variant_id, location_id, product_id, 'IN', on_hand, on_hand, now() from levels`

const RATINGS = `
  insert into reviews.summaries (product_id, rating_count, rating_sum)
  select id, 1 + id % 30, (1 + id % 30) * (2 + id % 4) from catalog.products where id % 2 = 0`

const VIEWS = `
  insert into browse.product_views (product_id, views) select id, id * 7919 % 5000 from catalog.products where id % 3 > 0`
