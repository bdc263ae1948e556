/** Sheets of products for tests, and how they are sent. */
import { createCategory } from '#commerce/catalog'
import { inTransaction } from '#platform/database'
import { form } from './forms.ts'
import type { TestShop } from './shop.ts'

export const HEADER = 'name,description,category_id,inventory,price_weights'

/** A category that products can be brought into. */
export async function openCategory(shop: TestShop, code = 'C-1'): Promise<number> {
  const { id } = await inTransaction(shop.db, (tx) => createCategory(tx, { name: `Category ${code}`, code }))
  return id
}

export const csv = (...rows: string[]): string => [HEADER, ...rows].join('\n')

/** What `call` takes: a form with this file. */
export const sheetForm = (content: string | Uint8Array, fileName = 'products.csv') =>
  form({}, { name: 'file', fileName, content })

/** A sheet of so many products, each of them a name of its own. */
export function* manyRows(count: number, name = 'Bulk product', category = 'C-1'): Generator<string> {
  yield `${HEADER}\n`
  for (let row = 1; row <= count; row += 1)
    yield `${name} ${row},"Made by hand, number ${row}, to be used every day for years",${category},${row % 50},${100 + (row % 900)}.50-100gms,${1000 + (row % 900)}-250gms\n`
}
