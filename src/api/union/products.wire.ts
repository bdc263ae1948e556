import { type Static, Type } from 'typebox'
import {
  choicesOf,
  discountOf,
  isOnFlashSale,
  type Picture,
  type ProductView,
  type ProductWithVariants,
  type VariantView,
  weightOf,
} from '#commerce/browse'
import { toDecimal } from '#platform/money.ts'
import type { App } from '../../commerce/app.ts'
import { toFileUrl } from '../http/file-url.ts'
import { PageOf } from '../http/paging.ts'
import { Choice, Money, Nullable, Time } from '../http/wire.ts'

export const HandleInPath = Type.Object({ id: Type.String({ description: 'id or slug', maxLength: 300 }) })

const StockStatus = Choice(['In stock', 'Out of stock'])

const PriceWeightWire = Type.Object(
  {
    id: Type.Integer({ description: 'of the variant' }),
    price: Type.String({ description: 'what is asked' }),
    weight: Type.String(),
    inventory: Type.Integer(),
    status: StockStatus,
  },
  { title: 'SharedPriceWeight' },
)
export const ImageWire = Type.Object(
  {
    id: Type.Integer(),
    image_url: Type.String(),
    url: Type.String(),
    description: Type.String(),
    is_primary: Type.Boolean(),
  },
  { title: 'SharedImage' },
)
const CategoryRef = Type.Object({
  id: Type.Integer(),
  category_id: Type.String({ description: 'the code' }),
  name: Type.String(),
  slug: Type.String(),
})

export const productFields = {
  id: Type.Integer(),
  name: Type.String(),
  title: Type.String({ description: 'the same as name' }),
  slug: Type.String(),
  description: Type.String(),
  price: Type.String({ description: 'without the discount; of several price weights the lowest' }),
  discount_percentage: Type.String({ examples: ['10.00'] }),
  discounted_price: Money,
  currency: Type.String(),
  category: Nullable(CategoryRef),
  category_name: Nullable(Type.String()),
  seller: Nullable(Type.Object({ id: Type.Integer(), name: Type.String() })),
  flash_sale: Type.Boolean(),
  flash_sale_ends_at: Nullable(Time),
  best_seller_product: Type.Boolean(),
  featured_product: Type.Boolean(),
  stock: Type.Integer({ description: 'over all variants' }),
  inventory: Type.Integer({ description: 'the same as stock' }),
  in_stock: Type.Boolean(),
  is_active: Type.Boolean(),
  status: StockStatus,
  price_weights: Type.Array(PriceWeightWire),
  price_weights_display: Type.String({ examples: ['2000-100gms, 599.99-200g'] }),
  tags: Type.Array(Type.String()),
  image_urls: Type.Array(Type.String()),
  images: Type.Array(ImageWire),
  image: Nullable(Type.String({ description: 'the primary one' })),
  average_rating: Type.Number(),
  review_count: Type.Integer(),
  has_variants: Type.Boolean(),
  created_at: Time,
  updated_at: Time,
}
export const ProductWire = Type.Object(productFields, { title: 'SharedProduct' })
export const ProductPageWire = PageOf(ProductWire)
/** A product at the top level, and again in `data`; its `status` is that of the stock (MP-051). */
export const ProductAnswerWire = Type.Object(
  { ...productFields, data: ProductWire, message: Type.String(), timestamp: Time },
  { title: 'SharedProductAnswer' },
)
export const ProductChangedWire = Type.Object(
  { message: Type.String(), data: ProductWire, status: Type.Integer(), timestamp: Time },
  { title: 'SharedProductChanged' },
)
export type SharedProduct = Static<typeof ProductWire>

export function toProductWire(product: ProductWithVariants, { config, now }: App): SharedProduct {
  const { currency } = product
  const money = (minor: number) => toDecimal(minor, currency)
  const weights = product.variants
    .filter(({ isActive }) => isActive)
    .map((variant) => toPriceWeightWire(variant, currency))
  return {
    id: product.id,
    name: product.name,
    title: product.name,
    slug: product.slug,
    description: product.description,
    price: money(product.compareAtMinor ?? product.priceMinor),
    discount_percentage: (discountOf(product) / 100).toFixed(2),
    discounted_price: money(product.priceMinor),
    currency,
    ...toCategoryKeys(product),
    seller: product.sellerId === null ? null : { id: product.sellerId, name: product.sellerName ?? '' },
    flash_sale: isOnFlashSale(product, now()),
    flash_sale_ends_at: product.flashSaleEndsAt?.toISOString() ?? null,
    best_seller_product: product.isBestSeller,
    featured_product: product.isFeatured,
    stock: product.stock,
    inventory: product.stock,
    in_stock: product.stock > 0,
    is_active: product.isActive,
    status: toStatus(product.stock),
    price_weights: weights,
    price_weights_display: weights.map(displayed).join(', '),
    tags: product.tags,
    ...toImageKeys(product, config.PUBLIC_URL),
    average_rating: product.ratingAverage,
    review_count: product.ratingCount,
    has_variants: choicesOf(product).some(({ isActive }) => isActive),
    created_at: product.createdAt.toISOString(),
    updated_at: product.updatedAt.toISOString(),
  }
}

/** The answer of a route that shows, or has made, this product. */
export function toProductAnswerWire(
  product: ProductWithVariants,
  message: string,
  app: App,
): Static<typeof ProductAnswerWire> {
  const data = toProductWire(product, app)
  return { ...data, data, message, timestamp: app.now().toISOString() }
}

const toStatus = (stock: number) => (stock > 0 ? 'In stock' : 'Out of stock')

function toCategoryKeys({ categoryId, categoryCode, categoryName, categorySlug }: ProductView) {
  if (categoryId === null) return { category: null, category_name: null }
  const category = { id: categoryId, category_id: categoryCode!, name: categoryName!, slug: categorySlug! }
  return { category, category_name: categoryName }
}

function toImageKeys({ pictures }: ProductView, publicUrl: string) {
  const images = pictures.map((picture) => toImageWire(picture, publicUrl))
  const primary = images.find((image) => image.is_primary) ?? images[0]
  return { image_urls: images.map(({ url }) => url), images, image: primary?.url ?? null }
}

export function toImageWire(picture: Picture, publicUrl: string): Static<typeof ImageWire> {
  const url = toFileUrl(publicUrl, picture.url)
  return { id: picture.id, image_url: url, url, description: picture.altText, is_primary: picture.isPrimary }
}

/** What was never given a weight is told by its grams, or else by its name. */
function toPriceWeightWire(variant: VariantView, currency: string): Static<typeof PriceWeightWire> {
  return {
    id: variant.id,
    price: toDecimal(variant.priceMinor, currency),
    weight: weightOf(variant),
    inventory: variant.stock,
    status: toStatus(variant.stock),
  }
}

/** SF-205; the article of a product without a choice may have no weight at all. */
function displayed({ price, weight }: Static<typeof PriceWeightWire>): string {
  const short = price.replace(/\.0+$/, '')
  return weight ? `${short}-${weight}` : short
}
