/** A small shelf of products for tests of lists and pages. */
import { createBrand, createCategory } from '#commerce/catalog'
import { takeStock } from '#commerce/inventory'
import { addReview } from '#commerce/reviews'
import { inTransaction } from '#platform/database'
import { signedUp } from './accounts.ts'
import { type StockedProduct, stockedProduct } from './products.ts'
import type { TestShop } from './shop.ts'

export type Shelf = Awaited<ReturnType<typeof fillShelf>>

/** Tea, in a category below another; coffee beside it; a hidden one. Made a minute apart, tea first. */
export async function fillShelf({ shop }: { shop: TestShop }) {
  const { drinks, teas, coffees, leaf } = await inTransaction(shop.db, async (tx) => {
    const drinks = await createCategory(tx, { name: 'Drinks' })
    const teas = await createCategory(tx, { name: 'Teas', parentId: drinks.id })
    const coffees = await createCategory(tx, { name: 'Coffees', parentId: drinks.id })
    return { drinks, teas, coffees, leaf: await createBrand(tx, { name: 'Leaf' }) }
  })
  let minute = 0
  const createdAt = () => new Date(Date.UTC(2026, 0, 1, 0, minute++))
  const tea = await stockedProduct(
    { shop },
    {
      name: 'Assam tea',
      description: 'Strong, 100% leaf_tips',
      priceMinor: 900,
      categoryId: teas.id,
      brandId: leaf.id,
      tags: ['black', 'loose'],
      specifications: { Origin: 'India', Weight: { grams: 250 } },
      variants: [{ sku: 'ASSAM', priceMinor: 900, compareAtMinor: 1200, attributes: { size: '250 g' } }],
      pictures: [{ url: '/files/products/assam.webp', altText: 'A tin' }, { url: 'https://pictures.example/2.png' }],
      stock: 4,
      createdAt: createdAt(),
    },
  )
  const green = await stockedProduct(
    { shop },
    {
      name: 'green tea',
      categoryId: teas.id,
      priceMinor: 700,
      stock: 1,
      createdAt: createdAt(),
    },
  )
  const last = { ...green, productId: green.id, quantity: 1 }
  await inTransaction(shop.db, (tx) => takeStock(tx, [last], 'SOLD-OUT', shop.now()))
  const coffee = await stockedProduct(
    { shop },
    {
      name: 'Coffee',
      description: 'Not tea at all',
      categoryId: coffees.id,
      brandId: leaf.id,
      isFeatured: true,
      variants: [
        { sku: 'COF-1', name: '1 kg', priceMinor: 3000 },
        { sku: 'COF-2', name: '250 g', priceMinor: 1000, image: '/files/small.webp' },
        { sku: 'COF-3', name: 'gone', priceMinor: 1, isActive: false },
      ],
      createdAt: createdAt(),
    },
  )
  const mug = await stockedProduct({ shop }, { name: 'Mug', priceMinor: 1500, createdAt: createdAt() })
  const hidden = await stockedProduct({ shop }, { name: 'Hidden', isActive: false, createdAt: createdAt() })
  await rate(shop, tea, [5, 4, 4])
  await rate(shop, mug, [2])
  return { drinks, teas, leaf, tea, green, coffee, mug, hidden }
}

async function rate(shop: TestShop, product: StockedProduct, ratings: number[]): Promise<void> {
  for (const rating of ratings) {
    const { accountId } = await signedUp({ shop })
    const review = { productId: product.id, accountId, rating, status: 'approved', createdAt: shop.now() } as const
    await inTransaction(shop.db, (tx) => addReview(tx, review))
  }
}
