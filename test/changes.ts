/** Changes made past the deeds, for tests of what keeps copies. */
import { sql } from 'kysely'
import { noteChange } from '#platform/changes'
import { type Db, inTransaction } from '#platform/database'

/** Runs a statement in a transaction of its own, which notes these changes. */
export function change(db: Db, statement: ReturnType<typeof sql>, ...tags: string[]): Promise<void> {
  return inTransaction(db, async (tx) => {
    await statement.execute(tx)
    noteChange(tx, ...tags)
  })
}

export const renameProduct = (db: Db, id: number, name: string) =>
  change(db, sql`update catalog.products set name = ${name} where id = ${id}`, 'products')

export const setStock = (db: Db, variantId: number, units: number, productId: number) =>
  change(
    db,
    sql`update inventory.levels set on_hand = ${units} where variant_id = ${variantId}`,
    'stock',
    `product:${productId}`,
  )
