/** The rows of this module's tables as they are read. Written from the database by `npm run tables`; not by hand. */

export type BrowseOrdering = 'created_at' | 'name' | 'price'

export interface BrowseDocuments {
  brandId: number | null
  categoryId: number | null
  createdAt: Date
  flashSaleUntil: Date | null
  isActive: boolean
  isBestSeller: boolean
  isFeatured: boolean
  isOnSale: boolean
  merit: number
  nameKey: string
  priceMinor: number
  productId: number
  ratingAverage: number
  sellerId: number | null
  tags: string[]
  words: string
}

export interface BrowseMarkMoves {
  documents: number
  markId: number
}

export interface BrowseMarks {
  documents: number
  id: number
  keyNumber: number
  keyText: string
  ordering: BrowseOrdering
  productId: number
}

export interface BrowseProductViews {
  productId: number
  views: number
}

export interface BrowseSoldOut {
  productId: number
}

export interface BrowseTerms {
  stem: string
  term: string
}
