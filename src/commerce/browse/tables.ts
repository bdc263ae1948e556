/** The rows of this module's tables as they are read. Written from the database by `npm run tables`; not by hand. */

export type BrowseOrdering = 'created_at' | 'name' | 'price'

export interface BrowseAskers {
  accountId: number
  plain: string
}

export interface BrowseChanges {
  isOfMeaning: boolean
  names: string[]
  notedAt: Date
  productIds: number[]
  xid: string
}

export interface BrowseDailyQueries {
  day: string
  plain: string
  query: string
  results: number
  times: number
}

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
  shelf: number
  tags: string[]
  words: string
}

export interface BrowseFollowers {
  indexName: string
  seen: string
  seenAt: Date
  version: number
  writtenAt: Date
}

export interface BrowseMarkMoves {
  documents: number
  markId: number
}

export interface BrowseMarks {
  before: number
  documents: number
  id: number
  keyNumber: number
  keyText: string
  ordering: BrowseOrdering
  productId: number
}

export interface BrowseNameWords {
  lexeme: string
  stem: string
  word: string
  words: number
}

export interface BrowseProductViews {
  productId: number
  views: number
}

export interface BrowseQueries {
  lastAt: Date
  plain: string
  query: string
  results: number
  times: number
  users: number
}

export interface BrowseRules {
  buriedIds: number[]
  createdAt: Date
  id: number
  pinnedIds: number[]
  places: number[]
  plain: string
  query: string
}

export interface BrowseSearches {
  accountId: number | null
  filters: unknown
  id: number
  kind: string
  query: string
  results: number
  searchedAt: Date
  sessionId: string | null
}

export interface BrowseSoldOut {
  productId: number
}

export interface BrowseSynonyms {
  createdAt: Date
  id: number
  isOneWay: boolean
  words: string[]
}

export interface BrowseSynonymWords {
  place: number
  plain: string
  stem: string
  synonymId: number
}

export interface BrowseTerms {
  stem: string
  term: string
}
