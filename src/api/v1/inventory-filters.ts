/** What lists of stock may be asked for (V1-351, V1-354, V1-355). */
import { Type } from 'typebox'
import { readHandle } from '#commerce/browse'
import { Nullable, sent } from '../http/wire.ts'

export const ProductInQuery = Type.Optional(Type.String({ description: 'id or slug', maxLength: 200 }))

export const StockQuery = {
  product: ProductInQuery,
  variant: Type.Optional(Type.Integer({ description: 'id' })),
  location: Type.Optional(Type.String({ description: 'id or code', maxLength: 200 })),
}
type Asked = { product?: string; variant?: number; location?: string }

/** An empty filter is none. */
export function readStockFilter({ product, variant, location }: Asked) {
  const where = location?.trim() || undefined
  return { ...readProductFilter(product), ...sent({ variantId: variant, location: where }) }
}

export function readProductFilter(product: string | undefined) {
  const handle = product?.trim()
  return handle ? { product: readHandle(handle) } : {}
}

/** In a body: which article is meant. */
export const ArticleWire = {
  product_id: Type.Integer(),
  variant_id: Type.Optional(Nullable(Type.Integer({ description: 'needed where the product has several' }))),
}
