import { createBrand, createCategory, createProduct } from '#commerce/catalog'
import { receiveStock } from '#commerce/inventory'
import type { Tx } from '#platform/database'
import { addressOf } from '#platform/files'
import { brands, categories } from './goods.ts'
import type { DrawnPicture } from './pictures/draw-picture.ts'
import { DELIVERIES_DAYS_AGO } from './plan-shelves.ts'
import { products, type Stocked } from './products/index.ts'
import { skuOf } from './sku.ts'

/** What was stored under which id: products and variants by sku. */
export type Stored = { products: Map<string, number>; variants: Map<string, { productId: number; variantId: number }> }
type Ids = Map<string, number>

const DAY_MS = 86_400_000
/** What is left of more than this came in part with the following delivery. */
const SECOND_DELIVERY = 10

type CatalogPlan = {
  pictures: DrawnPicture[]
  /** Units of each sku that were sold. */
  sold: Map<string, number>
  /** How many days ago each product was listed, the oldest first. */
  listed: Map<string, number>
}

/**
 * Stores categories, brands, products and their stock. Of each variant there were once as many as are left now and
 * those that were sold.
 */
export async function loadCatalog(tx: Tx, { pictures, sold, listed }: CatalogPlan, now: Date): Promise<Stored> {
  const addresses = new Map(products.map((product, index) => [product.sku, addressOf(pictures[index]!.fileName)]))
  const categoryIds = await storeCategories(tx, addresses)
  const brandIds: Ids = new Map()
  for (const [key, brand] of Object.entries(brands)) brandIds.set(key, (await createBrand(tx, brand)).id)
  const stored: Stored = { products: new Map(), variants: new Map() }
  for (const [sku, daysAgo] of listed) {
    const product = products.find((each) => each.sku === sku)!
    const createdAt = new Date(now.getTime() - daysAgo * DAY_MS)
    await storeProduct(tx, product, { createdAt, categoryIds, brandIds, url: addresses.get(sku)! }, stored)
  }
  await storeStock(tx, stored, sold, listed, now)
  return stored
}

/** A category shows the picture of the first product in it, or below it. */
async function storeCategories(tx: Tx, addresses: Map<string, string>): Promise<Ids> {
  const ids: Ids = new Map()
  for (const [position, [slug, category]] of Object.entries(categories).entries()) {
    const shown = products.find((product) => isWithin(product.category, slug))
    const parent = 'parent' in category ? { parentId: ids.get(category.parent)! } : {}
    const { name, description } = category
    const image = addresses.get(shown?.sku ?? '') ?? null
    const { id } = await createCategory(tx, { name, slug, description, image, position, ...parent })
    ids.set(slug, id)
  }
  return ids
}

function isWithin(category: keyof typeof categories, slug: string): boolean {
  if (category === slug) return true
  const found = categories[category]
  return 'parent' in found && isWithin(found.parent, slug)
}

type Place = { createdAt: Date; categoryIds: Ids; brandIds: Ids; url: string }

async function storeProduct(tx: Tx, product: Stocked, place: Place, stored: Stored): Promise<void> {
  const { name, description, tags, specifications, featured = false, picture } = product
  const variants = product.variants.map(([attributes, priceMinor, weightGrams, , compareAtMinor = null]) => ({
    name: Object.values(attributes).join(', '),
    sku: skuOf(product.sku, attributes),
    attributes,
    priceMinor,
    weightGrams,
    compareAtMinor,
  }))
  const created = await createProduct(
    tx,
    {
      name,
      description,
      tags,
      specifications,
      variants,
      currency: 'USD',
      isFeatured: featured,
      categoryId: place.categoryIds.get(product.category)!,
      brandId: place.brandIds.get(product.brand)!,
      createdAt: place.createdAt,
      pictures: [{ url: place.url, altText: picture.alt }],
    },
    place.createdAt,
  )
  const { productId } = created
  stored.products.set(product.sku, productId)
  for (const { id: variantId, sku } of created.variants) stored.variants.set(sku, { productId, variantId })
}

/** Goods arrive before they are listed; what came with a second delivery is what is left, so that none was sold too early. */
async function storeStock(
  tx: Tx,
  stored: Stored,
  sold: Map<string, number>,
  listed: Map<string, number>,
  now: Date,
): Promise<void> {
  const deliveries = DELIVERIES_DAYS_AGO.map(
    (): { productId: number; variantId: number; sku: string; quantity: number }[] => [],
  )
  for (const product of products) {
    const first = DELIVERIES_DAYS_AGO.findLastIndex((daysAgo) => daysAgo > listed.get(product.sku)!)
    for (const [options, , , left] of product.variants) {
      const sku = skuOf(product.sku, options)
      const { productId, variantId } = stored.variants.get(sku)!
      const second = left > SECOND_DELIVERY && first + 1 < deliveries.length ? SECOND_DELIVERY : 0
      deliveries[first]!.push({ productId, variantId, sku, quantity: left + (sold.get(sku) ?? 0) - second })
      if (second > 0) deliveries[first + 1]!.push({ productId, variantId, sku, quantity: second })
    }
  }
  for (const [index, lines] of deliveries.entries()) {
    const arrivedAt = new Date(now.getTime() - DELIVERIES_DAYS_AGO[index]! * DAY_MS)
    await receiveStock(tx, lines, { reference: `PO-${1001 + index}`, notes: 'Delivery from the makers' }, arrivedAt)
  }
}
