import type { Db } from '#platform/database'
import { once, runText } from '../run-text.ts'
import type { Selection } from '../selection.queries.ts'

/** The ids of a page, in its order. */
export async function findPage(db: Db, { ids, values }: Selection): Promise<number[]> {
  const text = `select page.id from unnest(${ids}) with ordinality as page (id, place) order by page.place`
  const rows = await runText<{ id: number }>(db, once(text), values)
  return rows.map(({ id }) => id)
}
