/** Products for tests, made through the faces of catalog and inventory. */
import { createProduct, type NewProduct } from '#commerce/catalog'
import { receiveStock } from '#commerce/inventory'
import { inTransaction } from '#platform/database'
import type { TestShop } from './shop.ts'

export type StockedProduct = {
  id: number
  name: string
  slug: string
  variantId: number
  sku: string
  variantIds: number[]
}
export type ProductWishes = Partial<NewProduct> & {
  /** Price of the only variant in minor units, where no variants are given. */
  priceMinor?: number
  /** Units of each variant at the default location. */
  stock?: number
}

let count = 0

/** A product that can be bought: one variant at 10.00 USD with ten in stock, unless it is said otherwise. */
export async function stockedProduct(
  { shop }: { shop: TestShop },
  wishes: ProductWishes = {},
): Promise<StockedProduct> {
  count += 1
  const { priceMinor = 1000, stock = 10, name = `Product ${count}`, currency = 'USD', ...rest } = wishes
  const variants = wishes.variants ?? [{ sku: `SKU-${process.pid}-${count}`, priceMinor }]
  const now = shop.now()
  return inTransaction(shop.db, async (tx) => {
    const product = await createProduct(tx, { ...rest, name, currency, variants }, now)
    const received = product.variants.map(({ id, sku }) => ({
      productId: product.productId,
      variantId: id,
      sku,
      quantity: stock,
    }))
    if (stock > 0) await receiveStock(tx, received, {}, now)
    const [first] = product.variants
    const variantIds = product.variants.map(({ id }) => id)
    return { id: product.productId, name, slug: product.slug, variantId: first!.id, sku: first!.sku, variantIds }
  })
}
