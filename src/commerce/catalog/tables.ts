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
  description: string
  id: number
  image: string | null
  isActive: boolean
  name: string
  parentId: number | null
  path: number[]
  position: number
  slug: string
}

export interface CatalogPictures {
  altText: string
  id: number
  isPrimary: boolean
  position: number
  productId: number
  url: string
}

export interface CatalogProducts {
  brandId: number | null
  categoryId: number | null
  compareAtMinor: number | null
  createdAt: Date
  currency: string
  description: string
  id: number
  isActive: boolean
  isFeatured: boolean
  name: string
  priceMinor: number
  searchText: string
  sellerId: number | null
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
  name: string
  position: number
  priceMinor: number
  productId: number
  sku: string
  weightGrams: number | null
}
