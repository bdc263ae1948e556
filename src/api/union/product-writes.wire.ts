import { type Static, Type } from 'typebox'
import type { OfferChanges, ProductOffer, Reference } from '#commerce/assortment'
import type { CategoryName, PriceChange } from '#commerce/catalog'
import { isCurrency } from '#platform/money.ts'
import type { FieldCodes } from '#platform/refusal.ts'
import { Amount, openAmounts } from '../http/amounts.ts'
import { readMoment } from '../http/moments.ts'
import { readWhole, UNITS_MAX, Whole } from '../http/numbers.ts'
import { Filled, Nullable, PictureUrl, PictureUrls, sent, Tags } from '../http/wire.ts'
import { readPriceWeights } from './price-weights.wire.ts'
import { CATEGORY_NAMES } from './products.ts'

const Optional = Type.Optional
const Name = Filled({ maxLength: 255 })
const CategoryKey = Type.Union(
  [Type.Integer(), Type.String({ maxLength: 255 }), Nullable(Type.Object({ id: Type.Integer() }))],
  {
    description: 'id as a number; code, id, slug or name as a text; or an object with the id',
  },
)
const NewImage = Type.Object({ image_url: PictureUrl, description: Optional(Type.String({ maxLength: 500 })) })

/**
 * A body of POST in the form of either document, and of PUT and PATCH (MP-067, SF-195). What POST needs depends on the
 * form, so the schema asks for nothing.
 */
export const ProductBodyWire = Type.Object(
  {
    name: Optional(Name),
    title: Optional(Name),
    description: Optional(Type.String({ maxLength: 50_000 })),
    price: Optional(Amount),
    discount_percentage: Optional(
      Type.Union([Type.Number(), Type.String({ maxLength: 30 })], { description: '0 to 100' }),
    ),
    currency: Optional(Type.String({ description: 'ISO 4217; of a new product', maxLength: 10 })),
    category: Optional(CategoryKey),
    category_id: Optional(CategoryKey),
    price_weights: Optional(
      Type.Unsafe<unknown>({
        description: 'a list of {id?, price, weight, inventory?}, or a text',
        example: '2500-100gms,3500-200gms',
      }),
    ),
    stock: Optional(Whole),
    inventory: Optional(Whole),
    tags: Optional(Tags),
    image_urls: Optional(PictureUrls),
    images: Optional(Type.Array(NewImage, { maxItems: 50 })),
    is_active: Optional(Type.Boolean()),
    flash_sale: Optional(Type.Boolean()),
    flash_sale_ends_at: Optional(Nullable(Type.String({ description: 'ISO 8601', maxLength: 40 }))),
    best_seller_product: Optional(Type.Boolean()),
    featured_product: Optional(Type.Boolean()),
  },
  { title: 'SharedProductBody' },
)
type Body = Static<typeof ProductBodyWire>

/** The storefront sells in rupees (SF-004). */
const STOREFRONT_CURRENCY = 'INR'
const STOREFRONT_CATEGORY_NAMES: CategoryName[] = ['code', 'id']

/** A body with one of these keys is in the form of the marketplace, any other in that of the storefront (MP-067). */
export const isOfMarketplace = (body: object): boolean => 'title' in body || 'price' in body

/** What POST offers. `body` holds the sound fields; `keys` is all that was sent. Faults are noted, also for what is missing. */
export function toNewOffer(body: Body, keys: object, marketplaceCurrency: string, faults: FieldCodes): ProductOffer {
  const isTitled = isOfMarketplace(keys)
  noteMissing(keys, isTitled, faults)
  const currency = body.currency ?? (isTitled ? marketplaceCurrency : STOREFRONT_CURRENCY)
  const isKnown = isCurrency(currency)
  if (!isKnown) faults.currency ??= { code: 'not_currency', value: currency }
  const categoryNames = isTitled ? CATEGORY_NAMES : STOREFRONT_CATEGORY_NAMES
  const changes = toOfferChanges(body, isKnown ? currency : STOREFRONT_CURRENCY, faults, categoryNames)
  // Without a name, or a currency, there are faults, and nothing is made.
  return { name: '', ...changes, currency }
}

function noteMissing(keys: object, isTitled: boolean, faults: FieldCodes): void {
  const has = (...names: string[]) => names.some((name) => name in keys)
  const need = (...names: string[]) => {
    if (!has(...names)) faults[names[0]!] = 'required'
  }
  if (isTitled) {
    need('title', 'name')
    need('price', 'price_weights')
    return
  }
  need('name')
  need('description')
  need('category', 'category_id')
  need('price_weights')
  const { description, category } = keys as { description?: unknown; category?: unknown }
  if (typeof description === 'string' && description.trim() === '') faults.description ??= 'blank'
  if (category === null && !has('category_id')) faults.category ??= 'null'
}

/** What a body says of a product whose amounts are in this currency; what is wrong with it goes to `faults`. */
export function toOfferChanges(
  body: Body,
  currency: string,
  faults: FieldCodes,
  categoryNames = CATEGORY_NAMES,
): OfferChanges {
  const priceWeights = readPriceWeights(body.price_weights, currency, faults)
  const pictures = body.images?.map(({ image_url, description }) => ({
    url: image_url,
    ...sent({ altText: description }),
  }))
  return sent({
    name: (body.title ?? body.name)?.trim(),
    isNameUnique: true,
    description: body.description,
    price: toPriceChange(openAmounts(currency, faults).amount('price', body.price), readPercentage(body, faults)),
    category: toReference(body, categoryNames),
    priceWeights,
    stock: readStock(
      body,
      priceWeights?.every(({ inventory }) => inventory !== undefined),
      faults,
    ),
    tags: body.tags,
    pictures: pictures ?? body.image_urls?.map((url) => ({ url })),
    isActive: body.is_active,
    isFlashSale: body.flash_sale,
    flashSaleEndsAt: readMoment('flash_sale_ends_at', body.flash_sale_ends_at, faults),
    isBestSeller: body.best_seller_product,
    isFeatured: body.featured_product,
  })
}

function toPriceChange(listMinor?: number, basisPoints?: number): PriceChange | undefined {
  if (listMinor === undefined && basisPoints === undefined) return undefined
  return sent({ listMinor, discount: basisPoints === undefined ? undefined : { basisPoints } })
}

/** A percentage has two decimals, as rupees have, so that its hundredths are read like paise. */
function readPercentage({ discount_percentage }: Body, faults: FieldCodes): number | undefined {
  const basisPoints = openAmounts('INR', faults).amount('discount_percentage', discount_percentage)
  if (basisPoints === undefined || basisPoints <= 10_000) return basisPoints
  faults.discount_percentage = { code: 'maximum', limit: 100 }
  return undefined
}

/** A number of the whole product counts where not each variant has its own (C-20). */
function readStock(body: Body, hasOwn: boolean | undefined, faults: FieldCodes): number | undefined {
  const field = body.stock === undefined ? 'inventory' : 'stock'
  const told = body[field]
  if (told === undefined) return undefined
  const units = readWhole(told, UNITS_MAX)
  if (typeof units === 'number') return hasOwn ? undefined : units
  faults[field] ??= units
  return undefined
}

/** A number is an id, whatever else is called so (C-17). */
function toReference({ category, category_id }: Body, names: CategoryName[]): Reference | null | undefined {
  const field = category === undefined ? 'category_id' : 'category'
  const told = category === undefined ? category_id : category
  if (told === undefined || told === null) return told
  if (typeof told === 'string') return { field, called: told.trim(), by: names }
  return { field, called: String(typeof told === 'number' ? told : told.id), by: ['id'] }
}
