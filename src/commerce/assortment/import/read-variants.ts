/** The variants of a row, and what they cost: as price weights, as one price, or as JSON. */
import { discounted } from '#commerce/catalog'
import { splitEvenly } from '../offer.ts'
import { type Cells, type Note, problemOfWhole, readAmount } from './cells.ts'
import type { RowVariant } from './columns.ts'

export const UNITS_MAX = 1_000_000_000
const VARIANTS_MAX = 100
const WEIGHT_LENGTH_MAX = 100
const SKU_LENGTH_MAX = 100

/** What is wrong is noted. The stock is split evenly over variants that have none of their own (SF-227, C-20). */
export function readVariants(cells: Cells, currency: string, note: Note): RowVariant[] {
  const ways = (['price_weights', 'price', 'variants'] as const).filter((way) => cells.isFilled(way))
  if (ways.length > 1) note(ways[1]!, `cannot be given together with ${ways[0]}`)
  const way = ways[0] ?? 'price_weights'
  const variants = way === 'variants' ? fromJson(cells, currency, note) : priced(way, cells, currency, note)
  return spread(variants, cells, note)
}

function priced(way: 'price' | 'price_weights', cells: Cells, currency: string, note: Note): RowVariant[] {
  const former = cells.amount('compare_at_price', currency)
  const variants = way === 'price' ? [toArticle(cells, currency)] : fromWeights(cells, currency, note)
  const skus = cells.list('sku', { most: VARIANTS_MAX, length: SKU_LENGTH_MAX })
  if (skus.length > 0 && skus.length !== variants.length && variants.length > 0)
    note('sku', `has ${skus.length} entries for ${variants.length} variants`)
  if (way === 'price_weights' && cells.isFilled('weight_grams'))
    note('weight_grams', 'is for a product with a price alone')
  return variants.map((variant, index) => {
    if (former !== null && former <= variant.priceMinor) note('compare_at_price', 'is not above the price')
    return { ...variant, sku: skus[index] ?? null, compareAtMinor: former }
  })
}

const toArticle = (cells: Cells, currency: string): RowVariant => ({
  sku: null,
  priceMinor: cells.amount('price', currency) ?? 0,
  weightGrams: cells.whole('weight_grams', UNITS_MAX),
  isImplicit: true,
  stock: 0,
})

/** "2500-100gms,3500-200gms": the first dash separates price and weight (C-24). */
function fromWeights(cells: Cells, currency: string, note: Note): RowVariant[] {
  const text = cells.required('price_weights', Number.POSITIVE_INFINITY)
  if (text === '') return []
  const wrong = (pair: string, problem: string) => note('price_weights', `"${pair.slice(0, 100)}" ${problem}`)
  const pairs = text.split(',').map((pair) => pair.trim())
  if (pairs.length > VARIANTS_MAX) note('price_weights', `has more than ${VARIANTS_MAX} entries`)
  const known = new Set<string>()
  return pairs.slice(0, VARIANTS_MAX).map((pair) => {
    const dash = pair.indexOf('-')
    const [price, weight] = [pair.slice(0, dash).trim(), pair.slice(dash + 1).trim()]
    if (dash < 1 || weight === '') wrong(pair, 'is not a price and a weight like 2500-100gms')
    else if (weight.length > WEIGHT_LENGTH_MAX) wrong(pair, `has a weight of more than ${WEIGHT_LENGTH_MAX} characters`)
    const priceMinor =
      dash < 1 ? 0 : readAmount(price, currency, (problem) => wrong(pair, `has a price that ${problem}`))
    if (known.has(`${priceMinor} ${weight}`)) wrong(pair, 'is there twice')
    known.add(`${priceMinor} ${weight}`)
    return { sku: null, name: weight, weightLabel: weight, priceMinor, stock: 0 }
  })
}

type Told = Record<string, unknown>

function fromJson(cells: Cells, currency: string, note: Note): (RowVariant & { ownStock?: number })[] {
  for (const other of ['sku', 'compare_at_price', 'weight_grams'] as const)
    if (cells.isFilled(other)) note(other, 'is said in variants, for each of them')
  const list = cells.json('variants')
  if (list === undefined) return []
  if (!Array.isArray(list) || list.length === 0 || list.length > VARIANTS_MAX || !list.every(isObject)) {
    note('variants', `is no list of 1 to ${VARIANTS_MAX} variants`)
    return []
  }
  const variants = list.map((told: Told, index) =>
    readTold(told, currency, (name, problem) => note('variants', `${index + 1}: ${name} ${problem}`)),
  )
  if (variants.filter(({ isImplicit }) => isImplicit).length > 1) note('variants', 'has two articles without a choice')
  return variants
}

function readTold(told: Told, currency: string, wrong: Note): RowVariant & { ownStock?: number } {
  const text = (name: string, most: number): string => {
    const value = told[name] ?? ''
    if (typeof value === 'string' && value.length <= most) return value
    wrong(name, `is no text of at most ${most} characters`)
    return ''
  }
  const whole = (name: string): number | null => {
    if (told[name] === undefined || told[name] === null) return null
    const problem = problemOfWhole(String(told[name]), UNITS_MAX)
    if (problem) wrong(name, problem)
    return problem ? 0 : Number(told[name])
  }
  const flag = (name: string, usual: boolean): boolean => {
    const value = told[name] ?? usual
    if (typeof value !== 'boolean') wrong(name, 'is neither true nor false')
    return value === true
  }
  const amount = (name: string) => readAmount(String(told[name] ?? ''), currency, (problem) => wrong(name, problem))
  const priceMinor = amount('price')
  const compareAtMinor =
    told.compare_at_price === undefined || told.compare_at_price === null ? null : amount('compare_at_price')
  if (compareAtMinor !== null && compareAtMinor <= priceMinor) wrong('compare_at_price', 'is not above the price')
  const attributes = told.attributes ?? {}
  if (!isObject(attributes) || !Object.values(attributes).every((value) => typeof value === 'string'))
    wrong('attributes', 'are no texts by name')
  const stock = whole('inventory')
  return {
    sku: text('sku', SKU_LENGTH_MAX).trim() || null,
    name: text('name', 255),
    weightLabel: text('weight', WEIGHT_LENGTH_MAX),
    weightGrams: whole('weight_grams'),
    image: text('image', 2000) || null,
    isActive: flag('is_active', true),
    isImplicit: flag('is_implicit', false),
    attributes: attributes as Record<string, string>,
    priceMinor,
    compareAtMinor,
    stock: stock ?? 0,
    ...(stock === null ? {} : { ownStock: stock }),
  }
}

const isObject = (value: unknown): value is Told => typeof value === 'object' && value !== null && !Array.isArray(value)

function spread(variants: (RowVariant & { ownStock?: number })[], cells: Cells, note: Note): RowVariant[] {
  cells.required('inventory', 100)
  const units = cells.whole('inventory', UNITS_MAX) ?? 0
  if (variants.length === 0) return []
  const own = variants.map(({ ownStock }) => ownStock).filter((stock) => stock !== undefined)
  if (own.length === 0) {
    const shares = splitEvenly(units, variants.length)
    return variants.map((variant, index) => ({ ...variant, stock: shares[index]! }))
  }
  if (own.length < variants.length) note('variants', 'gives some an inventory, and others none')
  else if (own.reduce((sum, stock) => sum + stock, 0) !== units)
    note('inventory', 'is not the sum of that of the variants')
  return variants.map(({ ownStock: _, ...variant }) => variant)
}

/** Notes a discount that does not lead to the prices. Returns it in hundredths of a percent. */
export function readDiscount(cells: Cells, variants: RowVariant[], note: Note): number | null {
  if (!cells.isFilled('discount_percent')) return null
  const told = cells.text('discount_percent', 20)
  const isSound = /^\d{1,3}(?:\.\d{1,2})?$/.test(told) && Number(told) > 0 && Number(told) <= 100
  if (!isSound) note('discount_percent', 'is no percentage like 12.5')
  const basisPoints = Math.round(Number(told) * 100)
  const follows = ({ priceMinor, compareAtMinor }: RowVariant) =>
    priceMinor === discounted(compareAtMinor ?? priceMinor, basisPoints)
  if (isSound && !variants.every(follows)) note('discount_percent', 'does not lead from compare_at_price to the price')
  return isSound ? basisPoints : null
}
