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
  shortDescription: string
  currency: string
  /** What is asked: for the article without a choice, or else for the cheapest active variant. */
  priceMinor: number
  /** Its former price, if it was higher. */
  compareAtMinor: number | null
  /** Hundredths of a percent off, where the discount was given so. */
  discountBasisPoints: number | null
  tags: string[]
  specifications: Record<string, unknown>
  isActive: boolean
  /** Taken out of the catalogue, though orders still know it. */
  isRemoved: boolean
  isFeatured: boolean
  isBestSeller: boolean
  isFlashSale: boolean
  /** After this the flag means nothing. */
  flashSaleEndsAt: Date | null
  createdAt: Date
  updatedAt: Date
  categoryId: number | null
  categoryName: string | null
  categorySlug: string | null
  brandId: number | null
  brandName: string | null
  brandSlug: string | null
  /** Null for the shop's own. */
  sellerId: number | null
  sellerName: string | null
  categoryCode: string | null
  /** 0 without approved reviews. */
  ratingAverage: number
  ratingCount: number
  /** Of the article without a choice, or of the only active variant; null where there are several. */
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
  /** As the storefront words it. */
  weightLabel: string
  image: string | null
  isActive: boolean
  /** The article without a choice: it is what is sold, but nobody chooses it. */
  isImplicit: boolean
  stock: number
}

export type ProductWithVariants = ProductView & { variants: VariantView[] }
/** `views` may be a second behind. */
export type ProductPage = ProductWithVariants & { views: number }

/** What names a product, category or brand in an address: an id or a slug. Digits are an id if there is such a row. */
export type Handle = { id: number | null; slug: string }

export function readHandle(text: string): Handle {
  return { id: /^\d{1,15}$/.test(text) ? Number(text) : null, slug: text }
}

/** Low, but not gone. */
export function isLowStock(product: Pick<ProductView, 'stock' | 'lowStockThreshold'>): boolean {
  return product.stock > 0 && product.stock <= product.lowStockThreshold
}

/** Whether it is a flash sale at this moment (MP-073). */
export function isOnFlashSale({ isFlashSale, flashSaleEndsAt }: ProductView, now: Date): boolean {
  return isFlashSale && (flashSaleEndsAt === null || flashSaleEndsAt > now)
}

/** The variants that can be chosen. */
export const choicesOf = ({ variants }: ProductWithVariants): VariantView[] =>
  variants.filter(({ isImplicit }) => !isImplicit)

/** By how many hundredths of a percent the price is below the former one; 0 without one. */
export function discountOf({
  priceMinor,
  compareAtMinor,
  discountBasisPoints,
}: Pick<ProductView, 'priceMinor' | 'compareAtMinor' | 'discountBasisPoints'>): number {
  if (compareAtMinor === null || compareAtMinor <= priceMinor) return 0
  return discountBasisPoints ?? Math.round(((compareAtMinor - priceMinor) / compareAtMinor) * 10_000)
}

/** The same in whole percent, rounded once (NX-115). */
export function wholePercentOff(
  product: Pick<ProductView, 'priceMinor' | 'compareAtMinor' | 'discountBasisPoints'>,
): number {
  const { priceMinor, compareAtMinor, discountBasisPoints } = product
  if (discountBasisPoints !== null || compareAtMinor === null) return Math.round(discountOf(product) / 100)
  return Math.round((100 * (compareAtMinor - priceMinor)) / compareAtMinor)
}

/** How much of it a variant is: as it was worded, or else its grams, or its name (C-25). */
export function weightOf({
  weightLabel,
  weightGrams,
  name,
}: Pick<VariantView, 'weightLabel' | 'weightGrams' | 'name'>): string {
  return weightLabel || (weightGrams === null ? name : `${weightGrams}g`)
}
