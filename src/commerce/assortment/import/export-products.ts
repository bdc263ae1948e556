import { countProductRecords, findProductRecords, type ProductRecord, type VariantRecord } from '#commerce/browse'
import type { Db } from '#platform/database'
import { toDecimal } from '#platform/money.ts'
import type { Cell } from '#platform/sheets'
import { splitEvenly } from '../offer.ts'
import { COLUMN_NAMES, type ColumnName, LIST_MARK, NONE } from './columns.ts'

const BATCH = 500
/** What stock begins with, so that it need not be said. */
const USUAL_THRESHOLD = 5

/**
 * The rows of a file with all products of the house, in the format that importProducts reads, its header first. Read by
 * the batch: no transaction is held, and memory does not grow with them. `onRows` is told how many of how many there are.
 */
export async function* exportProducts(
  db: Db,
  onRows: (written: number) => void = () => {},
): AsyncGenerator<readonly Cell[]> {
  yield COLUMN_NAMES
  let written = 0
  for (let after = 0; ; ) {
    const products = await findProductRecords(db, after, BATCH)
    for (const product of products) yield toCells(product)
    written += products.length
    onRows(written)
    if (products.length < BATCH) return
    after = products.at(-1)!.id
  }
}

export const countExported = (db: Db): Promise<number> => countProductRecords(db)

function toCells(product: ProductRecord): Cell[] {
  const { pictures, variants } = product
  const stock = variants.reduce((sum, variant) => sum + variant.stock, 0)
  const told: Partial<Record<ColumnName, Cell>> = {
    name: product.name,
    description: product.description.trim() === '' ? { plain: NONE } : product.description,
    category_id: product.categoryCode ?? { plain: NONE },
    inventory: stock,
    slug: product.slug,
    discount_percent: product.discountBasisPoints === null ? '' : product.discountBasisPoints / 100,
    currency: product.currency,
    brand: product.brandName ?? '',
    short_description: product.shortDescription,
    tags: joinList(product.tags),
    image_urls: joinList(pictures.map(({ url }) => url)),
    image_texts: pictures.some(({ altText }) => altText !== '') ? joinList(pictures.map(({ altText }) => altText)) : '',
    specifications: Object.keys(product.specifications).length > 0 ? JSON.stringify(product.specifications) : '',
    is_active: yesNo(product.isActive),
    is_featured: yesNo(product.isFeatured),
    is_best_seller: yesNo(product.isBestSeller),
    is_flash_sale: yesNo(product.isFlashSale),
    flash_sale_ends_at: product.flashSaleEndsAt?.toISOString() ?? '',
    low_stock_threshold: product.lowStockThreshold === USUAL_THRESHOLD ? '' : (product.lowStockThreshold ?? ''),
    created_at: product.createdAt.toISOString(),
    ...variantCells(variants, product.currency, stock),
  }
  return COLUMN_NAMES.map((column) => told[column] ?? '')
}

/** As simply as it can be said. */
function variantCells(variants: VariantRecord[], currency: string, stock: number): Partial<Record<ColumnName, Cell>> {
  const [first] = variants
  const former = first!.compareAtMinor
  const skus = joinList(variants.map(({ sku }) => sku))
  const same = { sku: skus, compare_at_price: former === null ? '' : toDecimal(former, currency) }
  if (variants.length === 1 && isArticle(first!))
    return { ...same, price: toDecimal(first!.priceMinor, currency), weight_grams: first!.weightGrams ?? '' }
  const shares = splitEvenly(stock, variants.length)
  const isSimple = (variant: VariantRecord, index: number) =>
    isWeight(variant) && variant.compareAtMinor === former && variant.stock === shares[index]
  const pairs = variants.map(({ priceMinor, weightLabel }) => `${toDecimal(priceMinor, currency)}-${weightLabel}`)
  if (variants.every(isSimple) && new Set(pairs).size === pairs.length)
    return { ...same, price_weights: pairs.join(',') }
  return { variants: JSON.stringify(variants.map((variant) => toJson(variant, currency))) }
}

const isPlain = ({ isActive, image, attributes }: VariantRecord): boolean =>
  isActive && image === null && Object.keys(attributes).length === 0

const isArticle = (variant: VariantRecord): boolean =>
  variant.isImplicit && variant.name === '' && variant.weightLabel === '' && isPlain(variant)

const isWeight = (variant: VariantRecord): boolean =>
  !variant.isImplicit &&
  variant.weightGrams === null &&
  variant.name === variant.weightLabel &&
  /^[^\s,](?:[^,]*[^\s,])?$/.test(variant.weightLabel) &&
  isPlain(variant)

const toJson = (variant: VariantRecord, currency: string) => ({
  sku: variant.sku,
  name: variant.name,
  price: toDecimal(variant.priceMinor, currency),
  compare_at_price: variant.compareAtMinor === null ? undefined : toDecimal(variant.compareAtMinor, currency),
  weight: variant.weightLabel || undefined,
  weight_grams: variant.weightGrams ?? undefined,
  attributes: Object.keys(variant.attributes).length > 0 ? variant.attributes : undefined,
  image: variant.image ?? undefined,
  is_active: variant.isActive ? undefined : false,
  is_implicit: variant.isImplicit || undefined,
  inventory: variant.stock,
})

/** As JSON where one of them would be taken for something else. */
function joinList(texts: string[]): string {
  const isPlainList = texts.every((text) => text !== '' && text === text.trim() && !text.includes(LIST_MARK))
  return isPlainList && !texts[0]?.startsWith('[') ? texts.join(LIST_MARK) : JSON.stringify(texts)
}

const yesNo = (value: boolean): string => (value ? 'TRUE' : 'FALSE')
