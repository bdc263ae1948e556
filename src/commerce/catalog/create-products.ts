import assert from 'node:assert/strict'
import { noteChange } from '#platform/changes'
import type { Tx } from '#platform/database'
import { Refusal } from '#platform/refusal.ts'
import {
  findFreeNumbers,
  findTakenAmong,
  insertPicturesOfAll,
  insertProducts,
  insertVariantsOfAll,
  type VariantLine,
} from './create-products.queries.ts'
import { type CreatedProduct, type NewProduct, priceOf, RESERVED_SLUGS } from './products.ts'
import { slugify } from './slug.ts'

const ATTEMPTS_MAX = 20

/**
 * Adds some hundred products at once, each as `createProduct` does: what comes back, and the ids, are in the order given.
 * Refuses skus that are taken, or come twice (`sku_taken`, details {skus}).
 */
export async function createProducts(tx: Tx, products: NewProduct[], now: Date): Promise<CreatedProduct[]> {
  const placed = await insertUnderFreeSlugs(tx, products, now)
  const lines = products.flatMap(({ variants }, index): VariantLine[] =>
    variants.map((variant, position) => ({ ...variant, productId: placed[index]!.productId, position })),
  )
  const variantIds = await insertVariantsOfAll(tx, lines)
  if (variantIds.size < lines.length) {
    const skus = lines.map(({ sku }) => sku).filter((sku) => !variantIds.has(sku))
    throw new Refusal('conflict', 'sku_taken', 'A variant with this sku exists', { skus })
  }
  const pictures = products.flatMap(({ pictures: shown = [] }, index) =>
    shown.map(({ url, altText = '' }, position) => ({ productId: placed[index]!.productId, position, url, altText })),
  )
  if (pictures.length > 0) await insertPicturesOfAll(tx, pictures)
  noteChange(tx, 'products')
  return products.map(({ variants }, index) => ({
    ...placed[index]!,
    variants: variants.map(({ sku }) => ({ id: variantIds.get(sku)!, sku })),
  }))
}

type Placed = { productId: number; slug: string }

/** Whoever takes one of the slugs at the same moment is made room for. */
async function insertUnderFreeSlugs(tx: Tx, products: NewProduct[], now: Date): Promise<Placed[]> {
  const placed: Placed[] = []
  let left = products.map((product, index) => ({ product, index }))
  for (let attempt = 1; left.length > 0; attempt += 1) {
    assert(attempt <= ATTEMPTS_MAX, 'no free slugs found')
    const slugs = await chooseSlugs(
      tx,
      left.map(({ product }) => slugify(product.slug ?? product.name, 'product')),
    )
    const ids = await insertProducts(
      tx,
      left.map(({ product }, place) => ({ ...product, ...priceOf(product.variants), slug: slugs[place]! })),
      now,
    )
    for (const [place, { index }] of left.entries()) {
      const productId = ids.get(slugs[place]!)
      if (productId !== undefined) placed[index] = { productId, slug: slugs[place]! }
    }
    left = left.filter(({ index }) => !placed[index])
  }
  return placed
}

/** A free slug for each, all different: itself, or the first of slug-2, slug-3 … that nobody has. */
async function chooseSlugs(tx: Tx, wanted: string[]): Promise<string[]> {
  const used = new Set([...RESERVED_SLUGS, ...(await findTakenAmong(tx, [...new Set(wanted)]))])
  const first = wanted.map((slug) => {
    const isFree = !used.has(slug)
    used.add(slug)
    return isFree
  })
  const crowded = wanted.filter((_, index) => !first[index])
  if (crowded.length === 0) return wanted
  const free = await findFreeNumbers(
    tx,
    [...new Set(crowded)].map((slug) => ({ slug, count: needed(slug, wanted) })),
  )
  return wanted.map((slug, index) => {
    if (first[index]) return slug
    const chosen = free.get(slug)!.find((candidate) => !used.has(candidate))
    assert(chosen !== undefined, `no free slug found for "${slug}"`)
    used.add(chosen)
    return chosen
  })
}

/** How many free numbers are enough: one for each that wants the slug, and one for each that may take a number of it. */
const needed = (slug: string, wanted: string[]): number =>
  wanted.filter((other) => other === slug || other.startsWith(`${slug}-`)).length
