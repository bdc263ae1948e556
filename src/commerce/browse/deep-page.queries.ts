/**
 * Deep pages of the whole catalogue: marks tell how many products stand before each stretch of a list, so that only the
 * stretch itself is counted through, wherever the page is.
 */
import type { ProductOrder } from './product-filter.ts'
import type { Window } from './selection.queries.ts'

/** Up to here counting along the index costs less than asking the marks. */
const DEEP = 2000

/**
 * The orders that have marks: what documents are sorted by, how a mark keeps it as a number or a text, and how it is read
 * from a mark called `place`. Below the first mark there is nothing.
 */
export const ORDERINGS = {
  created_at: {
    key: 'document.created_at',
    number: '(extract(epoch from key) * 1000000)::bigint',
    text: `''`,
    value: `case when place.product_id = 0 then '-infinity' else 'epoch'::timestamptz + place.key_number * interval '1 microsecond' end`,
  },
  price: { key: 'document.price_minor', number: 'key', text: `''`, value: 'place.key_number' },
  name: { key: 'document.name_key', number: '0', text: 'key', value: 'place.key_text' },
} as const
export type MarkedOrder = keyof typeof ORDERINGS

export const hasMarks = (order: ProductOrder, { offset }: Window): boolean => offset >= DEEP && order.by in ORDERINGS

/** The ids of a page of all active products, as an expression. */
export function idsOfDeepPage(order: ProductOrder, window: Window, bind: (value: unknown) => string): string {
  const by = order.by as MarkedOrder
  const { key, value } = ORDERINGS[by]
  const [limit, offset] = [`${bind(window.limit)}::bigint`, `${bind(window.offset)}::bigint`]
  // Counted from the lower end, whichever way the list goes.
  const first = order.descending ? `greatest(documents - ${offset} - ${limit}, 0)` : offset
  const size = order.descending ? `greatest(least(${limit}, documents - ${offset}), 0)` : limit
  const way = order.descending ? 'desc' : 'asc'
  const isOfOrder = `mark.ordering = '${by}'`
  // Marks are looked at downwards from where the place may be at most, with all that came and went since they were counted.
  return `array(
    with moved as materialized (
      select mark.key_number, mark.key_text, mark.product_id, sum(move.documents) as documents
      from browse.mark_moves move join browse.marks mark on mark.id = move.mark_id where ${isOfOrder} group by mark.id
    ), all_in as (
      select last.before + last.documents + (select coalesce(sum(documents), 0) from moved)::bigint as documents
      from (
        select before, documents from browse.marks mark where ${isOfOrder}
        order by key_number desc, key_text desc, product_id desc limit 1
      ) last
    ), wanted as (select ${first} as first, ${size} as size from all_in), place as (
      select mark.key_number, mark.key_text, mark.product_id, wanted.first - mark.before - gained as skip, wanted.size
      from wanted, browse.marks mark cross join lateral (
        select coalesce(sum(documents), 0)::bigint as gained from moved
        where (moved.key_number, moved.key_text, moved.product_id) < (mark.key_number, mark.key_text, mark.product_id)
      ) earlier
      where ${isOfOrder} and mark.before + gained <= wanted.first
        and mark.before <= (select (first + (select coalesce(sum(abs(documents)), 0) from moved))::bigint from wanted)
      order by mark.before desc, mark.key_number desc, mark.key_text desc, mark.product_id desc limit 1
    )
    select found.product_id from place cross join lateral (
      select document.product_id, ${key} as key from browse.documents document
      where document.is_active and (${key}, document.product_id) >= (${value}, place.product_id)
      order by ${key}, document.product_id offset place.skip limit place.size
    ) found
    order by found.key ${way}, found.product_id ${way})`
}
