import { type Static, Type } from 'typebox'
import type { ProductView } from '#commerce/browse'
import type { Recommendation } from '#commerce/recommendations'
import { ProductWire, toProductWire } from './products.wire.ts'

export const RecommendationsWire = Type.Object(
  {
    results: Type.Array(
      Type.Object({
        product: ProductWire,
        score: Type.Number({ description: '0…1, falling' }),
        algorithm: Type.String({ description: 'hybrid; popular for what fills the list' }),
      }),
    ),
  },
  { title: 'Recommendations' },
)

/** A product that went this moment is left out. */
export function toRecommendationsWire(
  recommended: Recommendation[],
  products: ProductView[],
  publicUrl: string,
): Static<typeof RecommendationsWire> {
  const shown = new Map(products.map((product) => [product.id, product]))
  const results = recommended.flatMap(({ productId, score, algorithm }) => {
    const product = shown.get(productId)
    return product ? [{ product: toProductWire(product, publicUrl), score, algorithm }] : []
  })
  return { results }
}
