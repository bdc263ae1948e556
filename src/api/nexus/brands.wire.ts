import { type Static, Type } from 'typebox'
import type { BrandView } from '#commerce/browse'
import { toFileUrl } from '../http/file-url.ts'
import { Nullable } from '../http/wire.ts'

export const BrandWire = Type.Object(
  {
    id: Type.Integer(),
    name: Type.String(),
    slug: Type.String(),
    description: Type.String(),
    logo: Nullable(Type.String()),
    website: Nullable(Type.String()),
    is_active: Type.Boolean(),
    product_count: Type.Integer({ description: 'active products' }),
  },
  { title: 'NexusBrand' },
)
export const BrandsWire = Type.Array(BrandWire)

export function toBrandWire(brand: BrandView, publicUrl: string): Static<typeof BrandWire> {
  return {
    id: brand.id,
    name: brand.name,
    slug: brand.slug,
    description: brand.description,
    logo: toFileUrl(publicUrl, brand.logo),
    website: brand.website,
    is_active: brand.isActive,
    product_count: brand.productCount,
  }
}
