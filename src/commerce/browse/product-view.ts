/** What a shopper is shown of a product. Amounts are minor units of `currency`; pictures are as stored, perhaps relative. */
export type Picture = {
  id: number
  url: string
  altText: string
  isPrimary: boolean
  position: number
  /** How wide the smaller copies are that there are of it, in pixels. */
  sizes: number[]
}

export type ProductView = {
  id: number
  name: string
  slug: string
  description: string
  currency: string
  /** Of the cheapest active variant. */
  priceMinor: number
  /** Its former price, if it was higher. */
  compareAtMinor: number | null
  tags: string[]
  specifications: Record<string, unknown>
  isActive: boolean
  isFeatured: boolean
  createdAt: Date
  updatedAt: Date
  categoryId: number | null
  categoryName: string | null
  categorySlug: string | null
  brandId: number | null
  brandName: string | null
  brandSlug: string | null
  /** 0 without approved reviews. */
  ratingAverage: number
  ratingCount: number
  /** Of the only active variant; null where there are several. */
  sku: string | null
  /** Units of active variants at active locations. */
  stock: number
  /** The highest one of those levels. */
  lowStockThreshold: number
  pictures: Picture[]
}

export type VariantView = {
  id: number
  name: string
  sku: string
  attributes: Record<string, string>
  priceMinor: number
  compareAtMinor: number | null
  weightGrams: number | null
  image: string | null
  isActive: boolean
  stock: number
}

export type ProductPage = ProductView & { variants: VariantView[] }

/** What names a product, category or brand in an address: an id or a slug. Digits are an id if there is such a row. */
export type Handle = { id: number | null; slug: string }

export function readHandle(text: string): Handle {
  return { id: /^\d{1,15}$/.test(text) ? Number(text) : null, slug: text }
}

/** Low, but not gone. */
export function isLowStock(product: Pick<ProductView, 'stock' | 'lowStockThreshold'>): boolean {
  return product.stock > 0 && product.stock <= product.lowStockThreshold
}

/** By how many hundredths of a percent the price is below the former one; 0 without one. */
export function discountOf(priceMinor: number, compareAtMinor: number | null): number {
  if (compareAtMinor === null || compareAtMinor <= priceMinor) return 0
  return Math.round(((compareAtMinor - priceMinor) / compareAtMinor) * 10_000)
}
