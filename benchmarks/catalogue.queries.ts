/**
 * A shop to measure with: the same one on every machine, ten thousand products or a million. Ids run from 1 without
 * gaps, so that whatever needs an article or a buyer can work out its id.
 */
import type pg from 'pg'
import { withoutUpkeep } from './bulk.queries.ts'
import { MATERIALS, QUALITIES, RARE_WORDS, SYLLABLES, THINGS, writeSentences } from './vocabulary.ts'

export type Catalogue = { products: number; activeProducts: number; variants: number; sellableVariants: number }

/** Products with the last ids are hidden, as a few are in any shop. */
const HIDDEN_SHARE = 0.03
/** More than any run can sell: what is measured is the work, not the refusals. */
const UNITS_IN_STOCK = 1_000_000
/** So many in a statement, whatever the size of the shop. */
const BATCH = 20_000

export const activeOf = (products: number): number => products - Math.floor(products * HIDDEN_SHARE)

/** Fills an empty, migrated database. What triggers keep is written set by set; counts and marks want folding. */
export async function insertCatalogue(client: pg.Client, products: number): Promise<Catalogue> {
  const activeProducts = activeOf(products)
  await client.query(CATEGORIES, [THINGS, MATERIALS])
  await client.query(BRANDS, [SYLLABLES])
  await client.query(LOCATION)
  await client.query('create temp table sentences (place int primary key, sentence text not null)')
  await client.query(SENTENCES, [writeSentences()])
  await client.query('analyze sentences')
  await withoutUpkeep(client, ['catalog', 'inventory', 'browse', 'reviews'], async () => {
    for (let first = 1; first <= products; first += BATCH) {
      const batch = [first, Math.min(products, first + BATCH - 1)]
      await client.query(PRODUCTS, [...batch, activeProducts, QUALITIES, MATERIALS, THINGS, SYLLABLES])
      for (const text of [VARIANTS, PICTURES, RATINGS, VIEWS, DOCUMENTS, RATED]) await client.query(text, batch)
      await client.query(STOCK, [...batch, UNITS_IN_STOCK])
    }
    // An index over rows that were just replaced is not used while older transactions run anywhere on the server.
    await client.query('vacuum browse.documents')
  })
  for (const text of [PER_CATEGORY, PER_BRAND, IN_MARKS]) await client.query(text)
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

/** A roll of dice for product p: from 0 to below n; and a place from 1 to n, the first ones more often. */
const roll = (seed: number, n: number) => `((hashint8extended(p, ${seed}) & 1073741823) % ${n})::int`
const place = (seed: number, n: number) =>
  `(1 + floor(${n} * power((hashint8extended(p, ${seed}) & 1073741823) / 1073741824::float8, 2)))::int`
/** The rare word of this number. */
const rareWord = (number: string, syllables: string) =>
  `${syllables}[${number} % 16 + 1] || ${syllables}[${number} / 16 % 16 + 1] || ${syllables}[${number} / 256 % 16 + 1]`

/** A tree: 8 departments, 5 aisles in each, 5 shelves in each aisle. Two shelves are for the same things. */
const CATEGORIES = `
  insert into catalog.categories (id, parent_id, path, name, slug, code, description, position)
  select id, parent, case when parent is null then array[id] when parent <= 8 then array[parent, id]
      else array[(parent - 9) / 5 + 1, parent, id] end,
    case when parent is null then (array['Kitchen','Home','Garden','Fashion','Office','Travel','Children','Workshop'])[id]
      when parent <= 8 then initcap(($2::text[])[id - 8]) || ' Goods'
      else initcap(($1::text[])[(id - 49) / 2 % cardinality($1::text[]) + 1]) || 's' end,
    'category-' || id, 'category-' || id, 'What belongs together on shelf ' || id, id
  from (
    select id, case when id <= 8 then null when id <= 48 then (id - 9) / 5 + 1 else (id - 49) / 5 + 9 end as parent
    from generate_series(1, 248) id
  ) tree order by id`

const BRAND_COUNT = 400
const BRANDS = `
  insert into catalog.brands (id, name, slug, description)
  select id, initcap(${rareWord('(id * 37 % 4096)', '($1::text[])')}), 'brand-' || id, 'A house with a history of ' || id || ' years'
  from generate_series(1, ${BRAND_COUNT}) id`

const SENTENCES = `
  insert into sentences select place - 1, sentence from unnest($1::text[]) with ordinality as written (sentence, place)`

/** Prices of the variants of product p begin here: between 5.00 and 400.00. */
const PRICE = '(500 + (p * 7919) % 7900 * 5)'

const PRODUCTS = `
  insert into catalog.products (id, name, slug, description, category_id, brand_id, tags, specifications, currency,
    price_minor, compare_at_minor, is_active, is_featured, created_at, updated_at)
  select p,
    initcap(case p % 4
      when 0 then quality || ' ' || material || ' ' || thing
      when 1 then rare || ' ' || quality || ' ' || thing
      when 2 then quality || ' ' || material || ' ' || thing || ' ' || rare
      else material || ' ' || thing || ' ' || upper(left(rare, 2)) || p % 1000 end),
    'product-' || p, description, 49 + (kind * 2 - 2 + p % 2) % 200, ${place(5, BRAND_COUNT)},
    array['edit' || p % 40, (array['gift','kitchen','home','garden'])[p % 4 + 1], material],
    jsonb_build_object('material', material, 'width_cm', p % 90 + 5, 'height_cm', p % 60 + 3, 'origin', 'Anatolia'),
    'USD', ${PRICE}, case when p % 5 = 0 then ${PRICE} + 1500 end, p <= $3::int, p % 20 = 0,
    timestamptz '2026-01-01' - (p * 48271 % 1000003) * interval '1 minute',
    timestamptz '2026-01-01'
  from generate_series($1::bigint, $2::bigint) p,
    lateral (
      select ${place(3, THINGS.length)} as kind, ($4::text[])[${place(1, QUALITIES.length)}] as quality,
        ($5::text[])[${place(2, MATERIALS.length)}] as material, ($6::text[])[${place(3, THINGS.length)}] as thing,
        ${rareWord(roll(4, RARE_WORDS), '($7::text[])')} as rare
    ) said,
    lateral (
      select string_agg(sentence, ' ') as description
      from generate_series(0, ${roll(6, 3)}) n
        join sentences on place = ((hashint8extended(p, 100 + n) & 1073741823) % 4000)::int
    ) told
  order by p`

/** One to three of each product, so that there are as many before product p; the first is the cheapest. */
const VARIANTS = `
  insert into catalog.variants (id, product_id, position, name, sku, attributes, price_minor, compare_at_minor, weight_grams)
  select (p - 1) / 3 * 6 + (array[0, 2, 5])[(p - 1) % 3 + 1] + position + 1, p, position,
    case when p % 3 = 0 then '' else (array['Small','Medium','Large'])[position + 1] end,
    'SKU-' || p || '-' || position,
    case when p % 3 = 0 then '{}' else jsonb_build_object('size', (array['S','M','L'])[position + 1]) end,
    ${PRICE} + position * 1000, case when p % 5 = 0 then ${PRICE} + position * 1000 + 1500 end, 200 + p % 900
  from generate_series($1::bigint, $2::bigint) p, lateral generate_series(0, (p % 3)::int) position
  order by p, position`

const PICTURES = `
  insert into catalog.pictures (id, product_id, url, alt_text, is_primary, position)
  select (p - 1) / 4 * 10 + (array[0, 2, 5, 9])[(p - 1) % 4 + 1] + position + 1, p,
    '/files/products/' || p || '-' || position || '.webp', 'Picture ' || position + 1, position = 0, position
  from generate_series($1::bigint, $2::bigint) p, lateral generate_series(0, (p % 4)::int) position
  order by p, position`

const LOCATION = `insert into inventory.locations (code, name) values ('SHOP', 'The shop in town')`

/** All in the warehouse, a quarter of it in the town as well, each explained by a line of the ledger. */
const STOCK = `
  with levels as (
    insert into inventory.levels (variant_id, location_id, product_id, sku, on_hand)
    select variant.id, location.id, variant.product_id, variant.sku, $3::int
    from catalog.variants variant join inventory.locations location on location.is_default or variant.id % 4 = 0
    where variant.id > ($1::bigint - 1) / 3 * 6 + (array[0, 2, 5])[($1::bigint - 1) % 3 + 1]
      and variant.id <= $2::bigint / 3 * 6 + (array[0, 2, 5])[$2::bigint % 3 + 1]
    order by variant.id, location.id
    returning variant_id, location_id, product_id, on_hand
  )
  insert into inventory.ledger (variant_id, location_id, product_id, movement, quantity, balance_after, recorded_at)
  select variant_id, location_id, product_id, 'IN', on_hand, on_hand, now() from levels`

const RATINGS = `
  insert into reviews.summaries (product_id, rating_count, rating_sum)
  select p, 1 + p % 30, (1 + p % 30) * (2 + p % 4) from generate_series($1::bigint, $2::bigint) p where p % 2 = 0`

const VIEWS = `
  insert into browse.product_views (product_id, views)
  select p, p * 7919 % 5000 from generate_series($1::bigint, $2::bigint) p where p % 3 > 0`

const DOCUMENTS = `select browse.write_documents(array(select generate_series($1::bigint, $2::bigint)))`
const RATED = `
  update browse.documents document set rating_average = summary.rating_average,
    merit = document.is_featured::int + summary.rating_average * ln(1 + summary.rating_count)
  from reviews.summaries summary
  where document.product_id = summary.product_id and summary.product_id between $1 and $2`

const PER_CATEGORY = `
  insert into catalog.products_per_category (category_id, products)
  select category_id, count(*) from catalog.products where is_active group by category_id`
const PER_BRAND = `
  insert into catalog.products_per_brand (brand_id, products)
  select brand_id, count(*) from catalog.products where is_active group by brand_id`
const IN_MARKS = `
  insert into browse.mark_moves (mark_id, documents)
  select id, (select count(*) from browse.documents where is_active) from browse.marks`
