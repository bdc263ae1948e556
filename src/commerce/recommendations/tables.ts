/** The rows of this module's tables as they are read. Written from the database by `npm run tables`; not by hand. */

export type RecommendationsAlgorithm = 'collaborative' | 'content_based' | 'hybrid' | 'popular'

export interface RecommendationsAudiences {
  norm: number
  people: number
  productId: number
}

export interface RecommendationsOfAccounts {
  accountId: number
  algorithm: RecommendationsAlgorithm
  generatedAt: Date
  products: number[]
  scores: number[]
}

export interface RecommendationsOfProducts {
  generatedAt: Date
  productId: number
  products: number[]
  scores: number[]
}

export interface RecommendationsPopular {
  productId: number
  score: number
}

export interface RecommendationsProductRecommendations {
  accountId: number | null
  algorithm: RecommendationsAlgorithm | null
  generatedAt: Date | null
  productId: number | null
  recommendedId: number | null
  score: number | null
}

export interface RecommendationsTastes {
  person: number
  place: number
  productId: number
  weight: number
}
