/** Hot questions: their texts are put together once per shape, so that running them costs no query builder. */
import { CompiledQuery } from 'kysely'
import type { Db } from '#platform/database'

const bare = new WeakMap<Db, Db>()

/** Runs a text with $1, $2 … The text names its columns in quoted camelCase: nothing is renamed afterwards. */
export async function runText<Row>(db: Db, text: string, values: readonly unknown[]): Promise<Row[]> {
  const { rows } = await withoutPlugins(db).executeQuery<Row>(CompiledQuery.raw(text, values as unknown[]))
  return rows
}

function withoutPlugins(db: Db): Db {
  const known = bare.get(db)
  if (known) return known
  const plain = db.withoutPlugins()
  bare.set(db, plain)
  return plain
}

/** A text of which there are too many shapes to keep a plan for each. */
export const once = (text: string): string => `/* once */ ${text}`
