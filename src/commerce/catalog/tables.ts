/** The rows of this module's tables as they are read. Written from the database by `npm run tables`; not by hand. */

export interface CatalogBrands {
  description: string
  id: number
  isActive: boolean
  logo: string | null
  name: string
  slug: string
  website: string | null
}

export interface CatalogCategories {
  code: string
  description: string
  displayOrder: number | null
  id: number
  image: string | null
  isActive: boolean
  name: string
  parentId: number | null
  path: number[]
  position: number
  slug: string
  tags: string[]
}

export interface CatalogPictures {
  altText: string
  height: number | null
  id: number
  isPrimary: boolean
  position: number
  productId: number
  sizes: number[]
  url: string
  width: number | null
}

export interface CatalogProducts {
  brandId: number | null
  categoryId: number | null
  compareAtMinor: number | null
  createdAt: Date
  currency: string
  description: string
  discountBasisPoints: number | null
  flashSaleEndsAt: Date | null
  id: number
  isActive: boolean
  isBestSeller: boolean
  isFeatured: boolean
  isFlashSale: boolean
  name: string
  priceMinor: number
  removedAt: Date | null
  sellerId: number | null
  shortDescription: string
  slug: string
  specifications: unknown
  tags: string[]
  updatedAt: Date
}

export interface CatalogProductsPerBrand {
  brandId: number | null
  products: number
}

export interface CatalogProductsPerCategory {
  categoryId: number | null
  products: number
}

export interface CatalogVariants {
  attributes: unknown
  compareAtMinor: number | null
  id: number
  image: string | null
  isActive: boolean
  isImplicit: boolean
  name: string
  position: number
  priceMinor: number
  productId: number
  removedAt: Date | null
  sku: string
  weightGrams: number | null
  weightLabel: string
}
