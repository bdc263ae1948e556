/** Articles and carts for tests, made through the modules' faces. */
import { addToCart } from '#commerce/cart'
import { createProduct } from '#commerce/catalog'
import { receiveStock } from '#commerce/inventory'
import { inTransaction } from '#platform/database'
import type { App } from '../src/commerce/app.ts'

export type Article = { productId: number; variantId: number; sku: string; name: string; priceMinor: number }

let made = 0

/** A product with one variant: 10.00 USD and ten in stock unless said otherwise. */
export async function stockedArticle(
  shop: App,
  {
    priceMinor = 1000,
    quantity = 10,
    currency = 'USD',
  }: { priceMinor?: number; quantity?: number; currency?: string } = {},
): Promise<Article> {
  made += 1
  const name = `Article ${made}`
  const sku = `SKU-${made}`
  return inTransaction(shop.db, async (tx) => {
    const variants = [{ name: '', sku, attributes: {}, priceMinor, compareAtMinor: null, weightGrams: null }]
    const product = { name, description: '', categoryId: null, brandId: null, tags: [], specifications: {}, currency }
    const { productId, variants: created } = await createProduct(
      tx,
      { ...product, isFeatured: false, createdAt: shop.now(), variants, pictures: [] },
      shop.now(),
    )
    const variantId = created[0]!.id
    await receiveStock(tx, [{ productId, variantId, sku, quantity }], { notes: 'test' }, shop.now())
    return { productId, variantId, sku, name, priceMinor }
  })
}

/** Puts articles into an account's cart. */
export async function fillCart(shop: App, accountId: number, ...lines: [Article, number][]): Promise<void> {
  for (const [{ productId }, quantity] of lines) await addToCart(shop, { accountId }, { productId, quantity })
}

export const ADDRESS = {
  full_name: 'Ada Lovelace',
  address_line1: '12 St James Square',
  city: 'London',
  postal_code: 'SW1Y 4JH',
  country: 'GB',
}
