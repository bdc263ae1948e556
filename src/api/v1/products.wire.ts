import { type Static, Type } from 'typebox'
import {
  choicesOf,
  discountOf,
  isLowStock,
  type ProductPage,
  type ProductView,
  type VariantView,
} from '#commerce/browse'
import { toDecimal } from '#platform/money.ts'
import { toFileUrl } from '../http/file-url.ts'
import { PageOf } from '../http/paging.ts'
import { AnyObject, Money, Nullable, Time } from '../http/wire.ts'
import { ImageWire, toImageWire } from './images.wire.ts'

export const HandleInPath = Type.Object({ id: Type.String({ description: 'id or slug', maxLength: 300 }) })

export const RefWire = Type.Object({ id: Type.Integer(), name: Type.String(), slug: Type.String() })

export const VariantWire = Type.Object(
  {
    id: Type.Integer(),
    product: Type.Integer(),
    name: Type.String(),
    sku: Type.String(),
    attributes: Type.Record(Type.String(), Type.String()),
    price: Money,
    stock: Type.Integer(),
    in_stock: Type.Boolean(),
    is_active: Type.Boolean(),
    image: Nullable(Type.String()),
  },
  { title: 'Variant' },
)
export const VariantPageWire = PageOf(VariantWire)

const productFields = {
  id: Type.Integer(),
  name: Type.String(),
  slug: Type.String(),
  sku: Nullable(Type.String({ description: 'null where there are several variants' })),
  description: Type.String(),
  price: Money,
  compare_at_price: Nullable(Type.String({ description: 'the former price' })),
  discount_percentage: Type.String({ description: 'off the former price', examples: ['20.00'] }),
  final_price: Money,
  currency: Type.String(),
  category: Nullable(RefWire),
  brand: Nullable(RefWire),
  tags: Type.Array(Type.String()),
  images: Type.Array(ImageWire),
  image: Nullable(Type.String({ description: 'the primary one' })),
  specifications: AnyObject,
  stock: Type.Integer({ description: 'over all variants and locations' }),
  in_stock: Type.Boolean(),
  is_low_stock: Type.Boolean(),
  is_active: Type.Boolean(),
  is_featured: Type.Boolean(),
  rating_average: Type.Number(),
  rating_count: Type.Integer(),
  created_at: Time,
  updated_at: Time,
}
export const ProductWire = Type.Object(productFields, { title: 'Product' })
export const ProductDetailWire = Type.Object(
  { ...productFields, variants: Type.Array(VariantWire) },
  { title: 'ProductDetail' },
)
export const ProductPageWire = PageOf(ProductWire)
export const RelatedProductsWire = Type.Array(ProductWire)

export function toProductWire(product: ProductView, publicUrl: string): Static<typeof ProductWire> {
  const { currency, categoryId, brandId, pictures } = product
  const price = toDecimal(product.priceMinor, currency)
  const primary = pictures.find((picture) => picture.isPrimary) ?? pictures[0]
  return {
    id: product.id,
    name: product.name,
    slug: product.slug,
    sku: product.sku,
    description: product.description,
    price,
    compare_at_price: product.compareAtMinor === null ? null : toDecimal(product.compareAtMinor, currency),
    discount_percentage: (discountOf(product) / 100).toFixed(2),
    final_price: price,
    currency,
    category: categoryId === null ? null : { id: categoryId, name: product.categoryName!, slug: product.categorySlug! },
    brand: brandId === null ? null : { id: brandId, name: product.brandName!, slug: product.brandSlug! },
    tags: product.tags,
    images: pictures.map((picture) => toImageWire(picture, publicUrl)),
    image: primary ? toFileUrl(publicUrl, primary.url) : null,
    specifications: product.specifications,
    stock: product.stock,
    in_stock: product.stock > 0,
    is_low_stock: isLowStock(product),
    is_active: product.isActive,
    is_featured: product.isFeatured,
    rating_average: product.ratingAverage,
    rating_count: product.ratingCount,
    created_at: product.createdAt.toISOString(),
    updated_at: product.updatedAt.toISOString(),
  }
}

export function toProductDetailWire(product: ProductPage, publicUrl: string): Static<typeof ProductDetailWire> {
  return {
    ...toProductWire(product, publicUrl),
    variants: choicesOf(product).map((variant) => toVariantWire(variant, product, publicUrl)),
  }
}

export function toVariantWire(
  variant: VariantView,
  product: Pick<ProductView, 'id' | 'currency'>,
  publicUrl: string,
): Static<typeof VariantWire> {
  return {
    id: variant.id,
    product: product.id,
    name: variant.name,
    sku: variant.sku,
    attributes: variant.attributes,
    price: toDecimal(variant.priceMinor, product.currency),
    stock: variant.stock,
    in_stock: variant.stock > 0,
    is_active: variant.isActive,
    image: toFileUrl(publicUrl, variant.image),
  }
}
