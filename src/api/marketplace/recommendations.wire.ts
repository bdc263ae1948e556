import { type Static, Type } from 'typebox'
import type { ProductWithVariants } from '#commerce/browse'
import type { Recommendation } from '#commerce/recommendations'
import type { App } from '../../commerce/app.ts'
import { Ok } from '../http/envelope.ts'
import { Choice, Nullable, Time } from '../http/wire.ts'
import { ProductWire, toProductWire } from '../union/products.wire.ts'

const NAMES = {
  collaborative: 'collaborative_filtering',
  content_based: 'content_based',
  hybrid: 'hybrid',
  popular: 'popular',
} as const

const RecommendationWire = Type.Object(
  {
    recommended_product: ProductWire,
    product: Nullable(Type.Integer({ description: 'what it is like; null where it is for somebody' })),
    score: Type.Number({ description: '0…1, falling' }),
    algorithm: Choice(Object.values(NAMES)),
    generated_at: Time,
  },
  { title: 'ProductRecommendation' },
)
export const RecommendationListWire = Ok(Type.Array(RecommendationWire, { title: 'ProductRecommendations' }))

export const NewInteractionWire = Type.Object({
  product_id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
  interaction_type: Type.String({ description: 'VIEW or WISHLIST: the shop notes itself what else is done in it' }),
  value: Type.Optional(Nullable(Type.Integer({ minimum: 1, maximum: 1_000_000 }))),
})

/** `productId` is what they are like. A product that went this moment is left out. */
export function toRecommendations(
  app: App,
  recommended: Recommendation[],
  products: ProductWithVariants[],
  productId: number | null,
): Static<typeof RecommendationWire>[] {
  const shown = new Map(products.map((product) => [product.id, product]))
  return recommended.flatMap(({ productId: id, score, algorithm, generatedAt }) => {
    const product = shown.get(id)
    if (!product) return []
    const recommended_product = toProductWire(product, app)
    const generated_at = generatedAt.toISOString()
    return [{ recommended_product, product: productId, score, algorithm: NAMES[algorithm], generated_at }]
  })
}
