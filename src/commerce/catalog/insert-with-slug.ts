import assert from 'node:assert/strict'
import { freeSlug, slugify } from './slug.ts'

const ATTEMPTS_MAX = 20

type Attempt = {
  name: string
  /** What was asked for; without it the slug comes from the name. */
  wanted?: string | undefined
  /** The slug of a name without letters or digits. */
  fallback: string
  findTaken: (slug: string) => Promise<string[]>
  /** Inserts under this slug; undefined when somebody else took it meanwhile. */
  insert: (slug: string) => Promise<number | undefined>
}

/** Inserts a row under the first free slug of its name, also when others insert the same name at the same moment. */
export async function insertWithSlug({
  name,
  wanted,
  fallback,
  findTaken,
  insert,
}: Attempt): Promise<{ id: number; slug: string }> {
  const base = slugify(wanted ?? name, fallback)
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt += 1) {
    const slug = freeSlug(base, new Set(await findTaken(base)))
    const id = await insert(slug)
    if (id !== undefined) return { id, slug }
  }
  assert.fail(`no free slug found for "${base}"`)
}
