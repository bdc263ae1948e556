/** What may be asked of the list of products (V1-008, V1-200). */
import { type Static, Type } from 'typebox'
import { PRODUCT_ORDERS, type ProductFilter, type ProductOrder, readHandle } from '#commerce/browse'

import { openFilters, readOrdering } from '../http/filters.ts'
import { PageQuery } from '../http/paging.ts'
import { sent } from '../http/wire.ts'

const Word = (description: string) => Type.Optional(Type.String({ description, maxLength: 200 }))
const YesNo = (description: string) => Word(`${description}: true or false`)

export const ProductQuery = Type.Object({
  ...PageQuery,
  search: Word('words that all stand in name or description'),
  category: Word('id or slug; those below it count'),
  brand: Word('id or slug'),
  min_price: Word('decimal'),
  max_price: Word('decimal'),
  in_stock: YesNo('in stock'),
  featured: YesNo('featured'),
  on_sale: YesNo('with a former price'),
  tag: Word('has this tag'),
  min_rating: Word('1 to 5'),
  ordering: Word(`${PRODUCT_ORDERS.join(', ')}; with - the other way round. Default: -created_at`),
  include_inactive: YesNo('hidden ones, too (staff)'),
})
type Query = Static<typeof ProductQuery>

/** Refuses filters of the wrong type, all together. An empty one is none; `include_inactive` is heard from staff only. */
export function readProductFilter(query: Query, currency: string, isStaff: boolean): ProductFilter {
  const { read, text, yesNo, number, amount, refuseFaults } = openFilters(query)
  const filter = {
    search: text('search'),
    category: read('category', readHandle),
    brand: read('brand', readHandle),
    minPriceMinor: amount('min_price', currency),
    maxPriceMinor: amount('max_price', currency),
    inStock: yesNo('in_stock'),
    isFeatured: yesNo('featured'),
    isOnSale: yesNo('on_sale'),
    tag: text('tag'),
    minRating: number('min_rating'),
    includesInactive: (isStaff && yesNo('include_inactive')) || undefined,
  }
  refuseFaults()
  return sent(filter)
}

const columns = Object.fromEntries(PRODUCT_ORDERS.map((name) => [name, name])) as Record<string, ProductOrder['by']>

export const readProductOrder = (text: string | undefined): ProductOrder => readOrdering(text, columns, '-created_at')
