/**
 * The format of products in files, one row a product (storefront.md, section 13): CSV or .xlsx. Five columns must be there;
 * the others carry whatever else there is to say, so that an export can be brought in again.
 */
import type { NewProduct, NewVariant } from '#commerce/catalog'
import type { TableColumns } from '#platform/sheets'

const optional = [
  'slug',
  /** Of each variant, in their order. */
  'sku',
  /** Instead of price weights: what the product costs that has one article, which nobody has to choose. */
  'price',
  'compare_at_price',
  /** Hundredths count: 12.5 is an eighth. The price has it taken off already. */
  'discount_percent',
  'currency',
  'weight_grams',
  'brand',
  'short_description',
  'tags',
  'image_urls',
  /** What each picture shows, in the order of their addresses. */
  'image_texts',
  'specifications',
  'is_active',
  'is_featured',
  'is_best_seller',
  'is_flash_sale',
  'flash_sale_ends_at',
  'low_stock_threshold',
  'created_at',
  /** Instead of price weights: variants that have more than a price and a weight, as JSON. */
  'variants',
] as const
const required = ['name', 'description', 'category_id', 'inventory', 'price_weights'] as const

/** In the order in which an export has them: what may have commas without quotes comes last. */
export const COLUMN_NAMES = [...required.slice(0, -1), ...optional, required.at(-1)!] as const
export type ColumnName = (typeof COLUMN_NAMES)[number]
export const COLUMNS: TableColumns<ColumnName> = { required, optional, rest: 'price_weights' }
export type Values = Record<ColumnName, string>

/** Parts a cell that is a list. A list with it in one of its texts is written as JSON. */
export const LIST_MARK = '|'
/** What stands where a column must be filled, and there is nothing to say. */
export const NONE = '-'

/** A product as a row tells of it: complete and sound, but for what only the shop knows. Its dates are ISO 8601. */
export type RowProduct = Omit<NewProduct, 'variants' | 'categoryId' | 'brandId' | 'createdAt' | 'flashSaleEndsAt'> & {
  createdAt: string | null
  flashSaleEndsAt: string | null
  /** Without a sku, one is made for it. */
  variants: RowVariant[]
  lowStockThreshold: number | null
}
export type RowVariant = Omit<NewVariant, 'sku'> & { sku: string | null; stock: number }

export type RowError = { row: number; field: string; message: string }
