/** What the database knows about a search before the engine is asked, and about its answer. */
import type { Db } from '#platform/database'
import type { ProductFilter } from '../../product-filter.ts'
import { once, runText } from '../../run-text.ts'
import { idOf } from '../../selection.queries.ts'
import type { FacetRow } from '../facets.queries.ts'
import type { PlacedRule } from '../rules.queries.ts'

export type Asked = PlacedRule & {
  /** Other ways to say what was typed, in plain words. */
  otherwise: string[]
  /** Of the filter; null where there is none, or where it is unknown. */
  categoryId: number | null
  brandId: number | null
}

const SYNONYMS_MAX = 20

/** What was typed in plain words, the rule for it, its synonyms, and whom the filters mean. One statement. */
export async function findAsked(db: Db, text: string, { category, brand }: ProductFilter): Promise<Asked> {
  const values: unknown[] = [text]
  const bind = (value: unknown) => `$${values.push(value)}`
  const statement = `
    with asked as materialized (select browse.plain($1) as plain)
    select asked.plain, coalesce(to_json(rule.pinned_ids), '[]') as "pinnedIds", coalesce(to_json(rule.places), '[]') as places,
      coalesce(to_json(rule.buried_ids), '[]') as "buriedIds",
      (select coalesce(json_agg(distinct btrim(replace(' ' || asked.plain || ' ', ' ' || said.plain || ' ', ' ' || other.plain || ' '))), '[]')
        from (
          select said.* from browse.synonym_words said
          where said.plain = any(array(
            select array_to_string(words[first:last], ' ')
            from (select string_to_array(asked.plain, ' ') as words) typed, generate_series(1, least(cardinality(words), 10)) first,
              generate_series(first, first + 2) last
          ))
          limit ${SYNONYMS_MAX}
        ) said
        join browse.synonyms synonym on synonym.id = said.synonym_id and (said.place = 1 or not synonym.is_one_way)
        join browse.synonym_words other on other.synonym_id = said.synonym_id and other.plain <> said.plain
      ) as otherwise,
      ${category ? `(select ${idOf('categories', category, bind)})` : 'null::bigint'} as "categoryId",
      ${brand ? `(select ${idOf('brands', brand, bind)})` : 'null::bigint'} as "brandId"
    from asked left join browse.rules rule on rule.plain = asked.plain`
  const rows = await runText<Asked>(db, once(statement), values)
  return rows[0]!
}

/** Counted ids of each kind, with the names of those that a shopper may see. One statement. */
export async function nameFacets(
  db: Db,
  counted: Record<'category' | 'brand' | 'seller', Map<number, number>>,
): Promise<FacetRow[]> {
  const kinds = ['category', 'brand', 'seller'] as const
  const rows = await runText<Omit<FacetRow, 'count'>>(
    db,
    NAMES,
    kinds.map((kind) => [...counted[kind].keys()]),
  )
  return rows
    .map((row) => ({ ...row, count: counted[row.kind as 'brand'].get(row.id)! }))
    .toSorted((a, b) => b.count - a.count || a.id - b.id)
}

const NAMES = `
  select 'category' as kind, id, name, slug from catalog.categories where id = any($1::bigint[]) and is_active
  union all select 'brand', id, name, slug from catalog.brands where id = any($2::bigint[]) and is_active
  union all select 'seller', id, btrim(concat_ws(' ', first_name, last_name)), null from identity.accounts where id = any($3::bigint[])`

/** The active ones of these, in this order. One statement. */
export function findNamed(db: Db, ids: number[]): Promise<{ id: number; name: string; slug: string }[]> {
  return runText(db, NAMED, [ids])
}

const NAMED = `
  select product.id, product.name, product.slug
  from unnest($1::bigint[]) with ordinality wanted (id, place) join catalog.products product using (id)
  where product.is_active and product.removed_at is null order by wanted.place`
