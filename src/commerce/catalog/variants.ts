import type { Tx } from '#platform/database'
import { invalidFields, missing } from '#platform/refusal.ts'
import { noteProduct, pricingOf } from './change-product.ts'
import { discounted, listPrice, type Price, type Pricing, shownPrice } from './prices.ts'
import type { LockedProduct, LockedVariant } from './products.queries.ts'
import { findLockedProduct, updateShownPrice } from './products.queries.ts'
import type { NewVariant } from './products.ts'
import {
  deleteVariants,
  hideVariants,
  insertVariants,
  isSkuTaken,
  updateVariant,
  type VariantColumns,
} from './variants.queries.ts'

/** What is asked for a variant, or how far its list price is from the product's; by default it costs what the product does. */
export type VariantPrice = { askedMinor: number } | { modifierMinor: number }

/**
 * Adds a variant to a locked product, behind the others. The article without a choice is no longer sold once there is one.
 * Refuses a taken sku (`sku`), and a price below zero (`price_modifier`).
 */
export async function addVariant(
  tx: Tx,
  product: LockedProduct,
  variant: Omit<NewVariant, 'priceMinor' | 'compareAtMinor'>,
  price: VariantPrice | undefined,
  now: Date,
): Promise<{ id: number; sku: string }> {
  await refuseTakenSku(tx, variant.sku, null)
  const priced = { ...variant, ...priceOf(pricingOf(product), price ?? { modifierMinor: 0 }) }
  const [added] = await insertVariants(tx, product.id, [priced])
  await offerChoice(tx, product)
  await settle(tx, product.id, now)
  return added!
}

export type VariantChanges = Omit<VariantColumns, keyof Price> & { price?: VariantPrice }

/** Changes a variant of a locked product. Refuses as `addVariant` does, and one that is not the product's (`variant_not_found`). */
export async function changeVariant(
  tx: Tx,
  product: LockedProduct,
  variantId: number,
  { price, ...columns }: VariantChanges,
  now: Date,
): Promise<void> {
  getVariant(product, variantId)
  if (columns.sku !== undefined) await refuseTakenSku(tx, columns.sku, variantId)
  const priced = price ? priceOf(pricingOf(product), price) : {}
  await updateVariant(tx, variantId, { ...columns, ...priced })
  await settle(tx, product.id, now)
}

/**
 * Takes variants out of a locked product; those of `ordered` are hidden, since orders know them. With the last of them the
 * article without a choice is sold again, where there was one.
 */
export async function removeVariants(
  tx: Tx,
  product: LockedProduct,
  variantIds: number[],
  ordered: ReadonlySet<number>,
  now: Date,
): Promise<void> {
  const gone = variantIds.map((id) => getVariant(product, id).id)
  const left = product.variants.filter(({ id }) => !gone.includes(id))
  if (left.length === 0) throw invalidFields({ non_field_errors: 'last_variant' })
  await dropVariants(tx, gone, ordered, now)
  const [only] = left
  if (left.length === 1 && only!.isImplicit) await updateVariant(tx, only!.id, { isActive: true })
  await settle(tx, product.id, now)
}

/** The article of a product that offers no choice; undefined where there are several. */
export function onlyArticle({ variants }: LockedProduct): LockedVariant | undefined {
  const active = variants.filter(({ isActive }) => isActive)
  return variants.length === 1 ? variants[0] : active.length === 1 && active[0]!.isImplicit ? active[0] : undefined
}

/** Changes what a product without a choice says of its only article. */
export async function changeArticle(
  tx: Tx,
  article: LockedVariant,
  columns: { sku: string | undefined; weightGrams: number | null | undefined },
): Promise<void> {
  await updateVariant(tx, article.id, columns)
}

/** Takes variants out for good; those of `ordered` are hidden, since orders know them. */
export async function dropVariants(tx: Tx, ids: number[], ordered: ReadonlySet<number>, now: Date): Promise<void> {
  const known = ids.filter((id) => ordered.has(id))
  const unknown = ids.filter((id) => !ordered.has(id))
  if (known.length > 0) await hideVariants(tx, known, now)
  if (unknown.length > 0) await deleteVariants(tx, unknown)
}

/** A variant that can be chosen. The article without a choice is none (`variant_not_found`). */
export function getVariant(product: LockedProduct, variantId: number): LockedVariant {
  const variant = product.variants.find(({ id, isImplicit }) => id === variantId && !isImplicit)
  if (!variant) throw missing('variant')
  return variant
}

async function refuseTakenSku(tx: Tx, sku: string, except: number | null): Promise<void> {
  if (await isSkuTaken(tx, sku, except)) throw invalidFields({ sku: 'sku_taken' })
}

async function offerChoice(tx: Tx, { variants }: LockedProduct): Promise<void> {
  const implicit = variants.find(({ isImplicit }) => isImplicit)
  if (implicit?.isActive) await updateVariant(tx, implicit.id, { isActive: false })
}

function priceOf(product: Pricing, price: VariantPrice): Price {
  if ('askedMinor' in price) return { priceMinor: price.askedMinor, compareAtMinor: null }
  const list = listPrice(product) + price.modifierMinor
  if (list < 0) throw invalidFields({ price_modifier: 'variant_below_zero' })
  const off = listPrice(product) - product.priceMinor
  const { discountBasisPoints } = product
  const priceMinor = discountBasisPoints === null ? Math.max(0, list - off) : discounted(list, discountBasisPoints)
  return { priceMinor, compareAtMinor: priceMinor < list ? list : null }
}

/** The product shows the price of its variants as they are now. */
export async function settle(tx: Tx, productId: number, now: Date): Promise<void> {
  const product = await findLockedProduct(tx, productId)
  await updateShownPrice(tx, productId, shownPrice(product!.variants), now)
  noteProduct(tx, productId)
}
