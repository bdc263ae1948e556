import { findTakenNames, findTakenSkus, holdBrands, holdCategories } from '#commerce/catalog'
import { inTransaction, type Tx } from '#platform/database'
import type { App } from '../../app.ts'
import type { RowError } from './columns.ts'
import { type ImportStatus, insertErrors, updateStatus } from './imports.queries.ts'
import { findNamesTwice, findRows, findSkusTwice, type KeptRow } from './rows.queries.ts'

const BATCH = 1000
type Fault = Omit<RowError, 'row'>

/**
 * Notes what is wrong with the rows of an import beside each other and beside the catalogue: a name or an article number
 * that is taken or comes twice (the later row is at fault), a category or a brand that there is not (SF-231). All in one
 * transaction with the new status of the import, so that nothing is noted twice.
 */
export function checkRows(app: App, importId: number, then: ImportStatus): Promise<void> {
  return inTransaction(app.db, async (tx) => {
    await updateStatus(tx, importId, then, app.now())
    await insertErrors(tx, importId, [
      ...(await findNamesTwice(tx, importId)).map(({ row, firstRow }) => ({
        row,
        field: 'name',
        message: `name is in row ${firstRow} already`,
      })),
      ...(await findSkusTwice(tx, importId)).map(({ row, firstRow }) => ({
        row,
        field: 'sku',
        message: `sku is in row ${firstRow} already`,
      })),
    ])
    for (let after = 0; ; ) {
      const rows = await findRows(tx, importId, after, BATCH)
      if (rows.length === 0) return
      after = rows.at(-1)!.row
      await insertErrors(tx, importId, await checkBatch(tx, rows))
    }
  })
}

async function checkBatch(tx: Tx, rows: KeptRow[]): Promise<RowError[]> {
  const names = await findTakenNames(tx, distinct(rows.map(({ name }) => name)))
  const skus = await findTakenSkus(tx, distinct(rows.flatMap((row) => row.skus)))
  const categories = await holdCategories(tx, distinct(rows.map(({ category }) => category)))
  const brands = await holdBrands(tx, distinct(rows.map(({ brand }) => brand)))
  return rows.flatMap(({ row, name, skus: own, category, brand }) => {
    const faults: Fault[] = []
    if (names.has(name)) faults.push({ field: 'name', message: 'name is that of a product in the catalogue' })
    if (category && !categories.has(category))
      faults.push({ field: 'category_id', message: `category_id "${category}" is not that of a category` })
    if (brand && !brands.has(brand)) faults.push({ field: 'brand', message: `brand "${brand}" is not known` })
    for (const sku of own.filter((each) => skus.has(each)))
      faults.push({ field: 'sku', message: `sku "${sku}" is that of another article` })
    return faults.map((fault) => ({ row, ...fault }))
  })
}

const distinct = (values: (string | null)[]): string[] => [...new Set(values.filter((value) => value !== null))]
