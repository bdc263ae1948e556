/** What a row of a file says of a product, checked without the shop: what is wrong is told, all of it. */
import { isCurrency } from '#platform/money.ts'
import type { TableRow } from '#platform/sheets'
import { type Cells, type Note, openCells } from './cells.ts'
import { type ColumnName, NONE, type RowError, type RowProduct } from './columns.ts'
import { readDiscount, readVariants, UNITS_MAX } from './read-variants.ts'

/** `product` is there where nothing is wrong; the others always, since they are looked at beside those of other rows. */
export type ReadRow = {
  row: number
  name: string
  skus: string[]
  /** The code of its category; null: none. */
  category: string | null
  brand: string | null
  product: RowProduct | null
  errors: RowError[]
}

const PICTURES_MAX = 50
const PICTURE_ADDRESS = /^(?:https?:\/\/[^\s/]\S*|\/files\/\S+)$/i

export function readRow({ row, values, extraCells }: TableRow<ColumnName>, usualCurrency: string): ReadRow {
  const errors: RowError[] = []
  const note: Note = (field, message) => {
    errors.push({ row, field, message: `${field} ${message}` })
  }
  const cells = openCells(values, note)
  if (extraCells > 0) note('price_weights', `is followed by ${extraCells} cells without a header`)
  const product = readProduct(cells, usualCurrency, note)
  const skus = product.variants.flatMap(({ sku }) => (sku === null ? [] : [sku]))
  if (new Set(skus.map((sku) => sku.toLowerCase())).size < skus.length) note('sku', 'has an article number twice')
  const category = unlessNone(cells.required('category_id', 200))
  const brand = cells.text('brand', 255) || null
  return { row, name: product.name, skus, category, brand, product: errors.length > 0 ? null : product, errors }
}

function readProduct(cells: Cells, usualCurrency: string, note: Note): RowProduct {
  const name = cells.required('name', 255)
  const isDescribed = unlessNone(cells.required('description', Number.POSITIVE_INFINITY)) !== null
  const currency = readCurrency(cells, usualCurrency, note)
  const variants = readVariants(cells, currency, note)
  const specifications = cells.json('specifications') ?? {}
  if (typeof specifications !== 'object' || Array.isArray(specifications)) note('specifications', 'is no object')
  return {
    name,
    ...(cells.isFilled('slug') ? { slug: cells.text('slug', 200) } : {}),
    description: isDescribed ? cells.prose('description', 50_000) : '',
    shortDescription: cells.prose('short_description', 1000),
    tags: cells.list('tags', { most: 100, length: 100 }),
    specifications: specifications as Record<string, unknown>,
    currency,
    discountBasisPoints: readDiscount(cells, variants, note),
    isActive: cells.flag('is_active', true),
    isFeatured: cells.flag('is_featured', false),
    isBestSeller: cells.flag('is_best_seller', false),
    isFlashSale: cells.flag('is_flash_sale', false),
    flashSaleEndsAt: cells.time('flash_sale_ends_at'),
    createdAt: cells.time('created_at'),
    pictures: readPictures(cells, note),
    variants,
    lowStockThreshold: cells.whole('low_stock_threshold', UNITS_MAX),
  }
}

function readCurrency(cells: Cells, usual: string, note: Note): string {
  const told = cells.text('currency', 100).toUpperCase()
  if (told === '') return usual
  if (isCurrency(told)) return told
  note('currency', `"${told.slice(0, 20)}" is no currency`)
  return usual
}

function readPictures(cells: Cells, note: Note): { url: string; altText: string }[] {
  const urls = cells.list('image_urls', { most: PICTURES_MAX, length: 2000, mark: /[\s|]+/ })
  const texts = cells.list('image_texts', { most: PICTURES_MAX, length: 1000 })
  const wrong = urls.find((url) => !PICTURE_ADDRESS.test(url))
  if (wrong !== undefined) note('image_urls', `"${wrong.slice(0, 100)}" is no address of a picture`)
  if (texts.length > urls.length) note('image_texts', 'has more entries than image_urls')
  return urls.map((url, index) => ({ url, altText: texts[index] ?? '' }))
}

const unlessNone = (text: string): string | null => (text === NONE ? null : text)
