import { type Static, Type } from 'typebox'
import { isLowStock, type Picture, type ProductPage, type ProductView, wholePercentOff } from '#commerce/browse'
import type { Review } from '#commerce/reviews'
import { toDecimal } from '#platform/money.ts'
import { toFileUrl } from '../http/file-url.ts'
import { PageOf } from '../http/paging.ts'
import { AnyObject, Money, Nullable, Time } from '../http/wire.ts'
import { RefWire } from './categories.wire.ts'
import { ReviewWire, toReviewWire } from './reviews.wire.ts'

export const ImageWire = Type.Object(
  {
    id: Type.Integer(),
    image: Type.String(),
    alt_text: Type.String(),
    is_primary: Type.Boolean(),
    order: Type.Integer(),
  },
  { title: 'NexusImage' },
)

const productFields = {
  id: Type.Integer(),
  name: Type.String(),
  slug: Type.String(),
  sku: Nullable(Type.String({ description: 'null where there are several variants' })),
  short_description: Type.String(),
  price: Type.String({ description: 'the list price', examples: ['12.50'] }),
  discount_price: Nullable(Type.String({ description: 'what is asked, where that is less', examples: ['10.00'] })),
  final_price: Money,
  discount_percentage: Type.Integer({ description: 'off the list price' }),
  currency: Type.String(),
  category: Nullable(RefWire),
  brand: Nullable(RefWire),
  primary_image: Nullable(Type.String()),
  stock: Type.Integer({ description: 'over all variants and locations' }),
  in_stock: Type.Boolean(),
  is_low_stock: Type.Boolean(),
  is_active: Type.Boolean(),
  is_featured: Type.Boolean(),
  average_rating: Type.Number(),
  review_count: Type.Integer(),
  created_at: Time,
  updated_at: Time,
}
export const ProductWire = Type.Object(productFields, { title: 'NexusProduct' })
export const ProductPageWire = PageOf(ProductWire)
export const ProductDetailWire = Type.Object(
  {
    ...productFields,
    description: Type.String(),
    images: Type.Array(ImageWire),
    specifications: AnyObject,
    reviews: Type.Array(ReviewWire, { description: 'the newest approved ones' }),
    view_count: Type.Integer({ description: 'may lag by a few seconds' }),
    low_stock_threshold: Type.Integer(),
  },
  { title: 'NexusProductDetail' },
)

export function toProductWire(product: ProductView, publicUrl: string): Static<typeof ProductWire> {
  const { currency, priceMinor, compareAtMinor, categoryId, brandId, pictures } = product
  const asked = toDecimal(priceMinor, currency)
  const primary = pictures.find((picture) => picture.isPrimary) ?? pictures[0]
  return {
    id: product.id,
    name: product.name,
    slug: product.slug,
    sku: product.sku,
    short_description: product.shortDescription,
    price: compareAtMinor === null ? asked : toDecimal(compareAtMinor, currency),
    discount_price: compareAtMinor === null ? null : asked,
    final_price: asked,
    discount_percentage: wholePercentOff(product),
    currency,
    category: categoryId === null ? null : { id: categoryId, name: product.categoryName!, slug: product.categorySlug! },
    brand: brandId === null ? null : { id: brandId, name: product.brandName!, slug: product.brandSlug! },
    primary_image: primary ? toFileUrl(publicUrl, primary.url) : null,
    stock: product.stock,
    in_stock: product.stock > 0,
    is_low_stock: isLowStock(product),
    is_active: product.isActive,
    is_featured: product.isFeatured,
    average_rating: product.ratingAverage,
    review_count: product.ratingCount,
    created_at: product.createdAt.toISOString(),
    updated_at: product.updatedAt.toISOString(),
  }
}

export const toImageWire = (picture: Picture, publicUrl: string): Static<typeof ImageWire> => ({
  id: picture.id,
  image: toFileUrl(publicUrl, picture.url),
  alt_text: picture.altText,
  is_primary: picture.isPrimary,
  order: picture.position,
})

/** A product, and what is thought of it. */
export type Reviewed = { product: ProductPage; reviews: Review[] }

export function toProductDetailWire(
  { product, reviews }: Reviewed,
  publicUrl: string,
): Static<typeof ProductDetailWire> {
  return {
    ...toProductWire(product, publicUrl),
    description: product.description,
    images: product.pictures.map((picture) => toImageWire(picture, publicUrl)),
    specifications: product.specifications,
    reviews: reviews.map(toReviewWire),
    view_count: product.views,
    low_stock_threshold: product.lowStockThreshold,
  }
}
