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
  const first = order.descending ? `greatest(all_in.documents - ${offset} - ${limit}, 0)` : offset
  const size = order.descending ? `greatest(least(${limit}, all_in.documents - ${offset}), 0)` : limit
  const way = order.descending ? 'desc' : 'asc'
  return `array(
    with stretch as materialized (
      select mark.*, sum(mark.standing) over (order by key_number, key_text, product_id) - mark.standing as before
      from (
        select mark.id, key_number, key_text, product_id, mark.documents + coalesce(moved.documents, 0) as standing
        from browse.marks mark
        left join (select mark_id, sum(documents) as documents from browse.mark_moves group by mark_id) moved on moved.mark_id = mark.id
        where ordering = '${by}'
      ) mark
    ), all_in as (select coalesce(sum(standing), 0)::bigint as documents from stretch),
    place as (
      select stretch.*, ${first} - before as skip, ${size} as size from stretch, all_in
      where before <= ${first} order by before desc, standing desc limit 1
    )
    select found.product_id from place cross join lateral (
      select document.product_id, ${key} as key from browse.documents document
      where document.is_active and (${key}, document.product_id) >= (${value}, place.product_id)
      order by ${key}, document.product_id offset place.skip limit place.size
    ) found
    order by found.key ${way}, found.product_id ${way})`
}
