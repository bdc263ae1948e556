import { learnWords } from '#commerce/browse'
import {
  createProducts,
  holdAllNames,
  holdBrands,
  holdCategories,
  isNameHeldTwice,
  makeSku,
  type NewProduct,
} from '#commerce/catalog'
import { keepAlertsQuiet, receiveStock, setThresholds } from '#commerce/inventory'
import { noteChange } from '#platform/changes'
import { type Db, inTransaction, type Tx } from '#platform/database'
import { Refusal } from '#platform/refusal.ts'
import type { App } from '../../app.ts'
import type { RowProduct } from './columns.ts'
import { holdWriting, noteDone, type ProductImport } from './imports.queries.ts'
import { openProgress, type Progress } from './progress.ts'
import { deleteRows, findRows, type KeptRow } from './rows.queries.ts'

/** A statement's worth: the triggers of the catalogue run once for all of them. */
const BATCH = 1000

/** `moved`: the catalogue is no longer as it was when the rows were checked. */
export type Written = 'done' | 'busy' | 'moved'

/**
 * Writes the checked rows of an import as products with their stock, in one transaction: all of them or none (SF-225, SF-230).
 * Others wait for it only where they want what a row has: its name, its address, its article number.
 */
export async function writeRows(app: App, order: ProductImport): Promise<Written> {
  const progress = openProgress(app, order.id)
  try {
    return await inTransaction(app.db, (tx) => writeAll(app, tx, order, progress))
  } catch (error) {
    if (error instanceof CatalogueMoved || (error instanceof Refusal && error.code === 'sku_taken')) return 'moved'
    throw error
  } finally {
    await progress.close()
  }
}

class CatalogueMoved extends Error {}

/** Before the long transaction, and whatever comes of it. */
export async function learnWordsOfRows(app: App, importId: number): Promise<void> {
  const learned = new Set<string>()
  await eachBatch(app.db, importId, async (rows) => {
    if (learned.size > LEARNED_MAX) learned.clear()
    const words = new Set<string>()
    for (const word of rows.flatMap(wordsOf)) if (!learned.has(word)) words.add(word)
    for (const word of words) learned.add(word)
    if (words.size > 0) await inTransaction(app.db, (tx) => learnWords(tx, [[...words].join(' ')]))
  })
}

/** Remembered, so that a word is not learned for each product again. */
const LEARNED_MAX = 100_000

function wordsOf({ product }: KeptRow): string[] {
  if (!product) return []
  const { name, tags = [], shortDescription, description } = product
  return [name, ...tags, shortDescription, description]
    .join(' ')
    .toLowerCase()
    .split(/[^\p{L}\p{N}\p{M}]+/u)
}

async function writeAll(app: App, tx: Tx, order: ProductImport, progress: Progress): Promise<Written> {
  if (!(await holdWriting(tx))) return 'busy'
  const now = app.now()
  const known: Known = { categories: new Map(), brands: new Map() }
  let written = 0
  await eachBatch(tx, order.id, async (rows) => {
    await writeBatch(tx, rows, known, order.startedBy, now)
    written += rows.length
    progress.tell(written)
  })
  await refuseNamesHeldTwice(tx, order.id)
  noteChange(tx, 'products', 'stock')
  await deleteRows(tx, order.id)
  // Given up meanwhile, it is not to have been done after all.
  if (!(await noteDone(tx, order.id, written, app.now())))
    throw new Refusal('conflict', 'import_ended', 'The import was given up')
  return 'done'
}

async function eachBatch(db: Db, importId: number, work: (rows: KeptRow[]) => Promise<void>): Promise<void> {
  for (let after = 0; ; ) {
    const rows = await findRows(db, importId, after, BATCH)
    if (rows.length === 0) return
    after = rows.at(-1)!.row
    await work(rows)
  }
}

type Known = { categories: Map<string, number>; brands: Map<string, number> }

async function writeBatch(tx: Tx, rows: KeptRow[], known: Known, recordedBy: number | null, now: Date): Promise<void> {
  await learn(
    known.categories,
    rows.map(({ category }) => category),
    (codes) => holdCategories(tx, codes),
  )
  await learn(
    known.brands,
    rows.map(({ brand }) => brand),
    (names) => holdBrands(tx, names),
  )
  const created = await createProducts(
    tx,
    rows.map((row) => toNewProduct(row, known)),
    now,
  )
  const lines = created.flatMap(({ productId, variants }, index) => {
    const told = rows[index]!.product!
    return variants.map(({ id, sku }, place) => ({
      productId,
      variantId: id,
      sku,
      quantity: told.variants[place]!.stock,
      threshold: told.lowStockThreshold,
    }))
  })
  const cause = { notes: 'Import', ...(recordedBy === null ? {} : { recordedBy }) }
  await receiveStock(tx, lines, cause, now)
  for (const [threshold, ids] of groupByThreshold(lines)) await setThresholds(tx, ids, threshold)
  await keepAlertsQuiet(
    tx,
    lines.map(({ variantId }) => variantId),
  )
}

/** What is not known yet is asked for; what there is not any more was there at the check. */
async function learn(
  known: Map<string, number>,
  wanted: (string | null)[],
  ask: (names: string[]) => Promise<Map<string, number>>,
) {
  const unknown = [...new Set(wanted.filter((name) => name !== null && !known.has(name)))] as string[]
  if (unknown.length === 0) return
  for (const [name, id] of await ask(unknown)) known.set(name, id)
  if (unknown.some((name) => !known.has(name))) throw new CatalogueMoved()
}

function toNewProduct({ product, category, brand }: KeptRow, known: Known): NewProduct {
  const { variants, lowStockThreshold: _, createdAt, flashSaleEndsAt, ...told } = product as RowProduct
  return {
    ...told,
    categoryId: category === null ? null : known.categories.get(category)!,
    brandId: brand === null ? null : known.brands.get(brand)!,
    ...(createdAt === null ? {} : { createdAt: new Date(createdAt) }),
    flashSaleEndsAt: flashSaleEndsAt === null ? null : new Date(flashSaleEndsAt),
    variants: variants.map(({ stock: __, sku, ...variant }) => ({ ...variant, sku: sku ?? makeSku() })),
  }
}

type Line = { variantId: number; threshold: number | null }

function groupByThreshold(lines: Line[]): Map<number, number[]> {
  const groups = new Map<number, number[]>()
  for (const { variantId, threshold } of lines) {
    if (threshold === null) continue
    const group = groups.get(threshold)
    if (group) group.push(variantId)
    else groups.set(threshold, [variantId])
  }
  return groups
}

/** Whoever gave one of the names to a product while this was under way was there first. */
async function refuseNamesHeldTwice(tx: Tx, importId: number): Promise<void> {
  await holdAllNames(tx)
  await eachBatch(tx, importId, async (rows) => {
    if (
      await isNameHeldTwice(
        tx,
        rows.map(({ name }) => name),
      )
    )
      throw new CatalogueMoved()
  })
}
