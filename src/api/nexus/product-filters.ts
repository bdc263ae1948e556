/** What may be asked of the list of products (NX-101…NX-105). */
import { type Static, Type } from 'typebox'
import { type ProductFilter, type ProductOrder, readHandle } from '#commerce/browse'
import { openFilters, readOrdering } from '../http/filters.ts'
import { PageQuery } from '../http/paging.ts'
import { sent } from '../http/wire.ts'

const columns = {
  price: 'price',
  created_at: 'created_at',
  name: 'name',
  view_count: 'popularity',
  average_rating: 'rating',
} as const

const Word = (description: string) => Type.Optional(Type.String({ description, maxLength: 200 }))

export const ProductQuery = Type.Object({
  ...PageQuery,
  search: Word('words that are all in name, description, brand, category or SKU'),
  category: Word('id or slug; those below it count'),
  brand: Word('id or slug'),
  min_price: Word('decimal; of what is asked'),
  max_price: Word('decimal; of what is asked'),
  in_stock: Word('true or false'),
  ordering: Word(`${Object.keys(columns).join(', ')}; with - the other way round. Default: -created_at`),
})
type Query = Static<typeof ProductQuery>

/** Refuses filters of the wrong type, all together. An empty one is none. */
export function readProductFilter(query: Query, currency: string): ProductFilter {
  const { read, text, yesNo, amount, refuseFaults } = openFilters(query)
  const filter = {
    search: text('search'),
    category: read('category', readHandle),
    brand: read('brand', readHandle),
    minPriceMinor: amount('min_price', currency),
    maxPriceMinor: amount('max_price', currency),
    inStock: yesNo('in_stock'),
  }
  refuseFaults()
  return sent(filter)
}

export const readProductOrder = (text: string | undefined): ProductOrder => readOrdering(text, columns, '-created_at')
