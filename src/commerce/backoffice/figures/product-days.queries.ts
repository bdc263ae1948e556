/** Products by day: looked at, put into carts, bought (SF-435, SF-459). */
import { sql } from 'kysely'
import { type Listing, partPattern } from '../listing.ts'
import { dayFilters, type TimeFilters } from './shared-columns.queries.ts'

export type ProductDayRow = {
  id: number
  day: string
  productId: number
  productName: string | null
  views: number
  cartAdditions: number
  purchases: number
  currency: string
  revenueMinor: number
}
export type ProductDayFilters = { productId: number; category: string } & TimeFilters

const id = sql`((daily.day - date '2000-01-01')::bigint * 100000000 + daily.product_id)`

export const productDayListing: Listing<ProductDayRow, ProductDayFilters> = {
  source: sql`analytics.product_days daily
    left join catalog.products product on product.id = daily.product_id`,
  columns: sql<ProductDayRow>`${id} as id, daily.day, daily.product_id, product.name as product_name, daily.views, daily.cart_additions,
    daily.purchases, coalesce(daily.currency, product.currency, 'INR') as currency, daily.revenue_minor`,
  id,
  date: sql`(daily.day::timestamp at time zone 'UTC')`,
  rowsAtOnce: 50_000,
  search: (words) =>
    sql`daily.product_id in (select id from catalog.products where lower(name) like ${partPattern(words)})`,
  filters: {
    productId: (productId) => sql`daily.product_id = ${productId}`,
    category: (category) => sql`daily.product_id in (
      select product.id from catalog.products product join catalog.categories category on category.id = product.category_id
      where category.code = ${category} or category.id::text = ${category} or category.slug = ${category} or lower(category.name) = lower(${category}))`,
    ...dayFilters(sql`daily.day`),
  },
  orderings: {
    date: sql`daily.day`,
    views: sql`daily.views`,
    purchases: sql`daily.purchases`,
    revenue: sql`daily.revenue_minor`,
  },
}
