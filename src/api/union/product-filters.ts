/** What may be asked of the shared list of products (MP-061…MP-066). */
import { type Static, Type } from 'typebox'
import type { ProductFilter, ProductOrder } from '#commerce/browse'
import type { Viewer } from '#commerce/identity'
import { digitsOf, fromDecimal } from '#platform/money.ts'
import { type FieldCodes, invalidFields } from '#platform/refusal.ts'
import { openFilters } from '../http/filters.ts'
import { PageQuery } from '../http/paging.ts'
import { sent } from '../http/wire.ts'

const Word = (description: string) => Type.Optional(Type.String({ description, maxLength: 200 }))
const YesNo = (description: string) => Word(`${description}: true, false, 1 or 0`)

const orders: Record<string, ProductOrder> = {
  price_low: { by: 'price', descending: false },
  price_high: { by: 'price', descending: true },
  newest: { by: 'created_at', descending: true },
  oldest: { by: 'created_at', descending: false },
  popularity: { by: 'popularity', descending: true },
  rating: { by: 'rating', descending: true },
  name: { by: 'name', descending: false },
}

export const ProductQuery = Type.Object({
  ...PageQuery,
  flash_sale: YesNo('a flash sale at this moment'),
  best_seller_product: YesNo('a best seller'),
  featured_product: YesNo('featured'),
  category: Word('name, slug, category_id or id; those below it count'),
  min_price: Word('decimal; of discounted_price'),
  max_price: Word('decimal; of discounted_price'),
  seller: Word('id'),
  in_stock: YesNo('in stock'),
  min_rating: Word('1 to 5'),
  search: Word('words that all stand in title, description or tags'),
  sort_by: Word(`${Object.keys(orders).join(', ')}. Default: newest`),
  include_inactive: YesNo('hidden ones, too: of a seller his own, for administrators all'),
})
type Query = Static<typeof ProductQuery>
/** `called` is what the category was called by; whether there is one is not looked at. */
export type ReadFilter = { filter: Omit<ProductFilter, 'category'>; called: string | undefined }

/** Refuses filters of the wrong type, together with what is at fault already. An empty one is none. */
export function readProductFilter(
  query: Query,
  currency: string,
  viewer: Viewer | undefined,
  now: Date,
  faults: FieldCodes = {},
): ReadFilter {
  const { read, text, yesNo, number } = openFilters(query, faults)
  const flashSale = yesNo('flash_sale')
  const includesInactive = yesNo('include_inactive')
  const called = text('category')
  const filter = sent({
    isFlashSale: flashSale === undefined ? undefined : { wanted: flashSale, at: now },
    isBestSeller: yesNo('best_seller_product'),
    isFeatured: yesNo('featured_product'),
    minPriceMinor: read('min_price', (amount) => toBound(amount, currency, 'up'), 'not_number'),
    maxPriceMinor: read('max_price', (amount) => toBound(amount, currency, 'down'), 'not_number'),
    sellerId: read('seller', toId, 'not_integer'),
    inStock: yesNo('in_stock'),
    minRating: number('min_rating'),
    search: text('search'),
    alsoHidden: includesInactive ? hiddenFor(viewer) : undefined,
  })
  if (Object.keys(faults).length > 0) throw invalidFields(faults)
  return { filter, called }
}

/** Words that are not known mean the usual order (MP-064). */
export const readProductOrder = (text = ''): ProductOrder => readKnownOrder(text) ?? orders.newest!

export const readKnownOrder = (text = ''): ProductOrder | undefined =>
  Object.hasOwn(orders, text) ? orders[text] : undefined

/** Which hidden products somebody may see in lists (MP-060). */
function hiddenFor(viewer: Viewer | undefined): ProductFilter['alsoHidden'] {
  if (viewer?.isStaff) return {}
  return viewer?.isSeller ? { sellerId: viewer.accountId } : undefined
}

const toId = (text: string): number | undefined => (/^\d{1,15}$/.test(text) ? Number(text) : undefined)

/** A bound in minor units. With more decimals than there are minor units, the next amount that lies within. */
function toBound(text: string, currency: string, way: 'up' | 'down'): number | undefined {
  const [, whole, fraction = ''] = /^0*(\d+)(?:\.(\d+))?$/.exec(text) ?? []
  if (whole === undefined) return undefined
  const digits = digitsOf(currency)
  const kept = fraction.slice(0, digits)
  const minor = fromDecimal(kept === '' ? whole : `${whole}.${kept}`, currency)
  // Dearer than anything can be.
  if (minor === undefined) return Number.MAX_SAFE_INTEGER
  return way === 'up' && /[1-9]/.test(fraction.slice(digits)) ? minor + 1 : minor
}
