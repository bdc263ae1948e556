import { noteChange } from '#platform/changes'
import { inTransaction, type Tx } from '#platform/database'
import { invalidFields, missing } from '#platform/refusal.ts'
import type { App } from '../../app.ts'
import {
  deleteSynonyms,
  findSynonyms,
  insertSynonyms,
  replaceSynonymWords,
  type Synonyms,
  type SynonymTraits,
  toPlainWords,
  updateSynonyms,
} from './synonyms.queries.ts'

/** How many words one of a group may be. */
const PHRASE_MAX = 3

/**
 * Adds words that mean the same, each of one to three words. Refuses `words`: `too_few_words` (fewer than two different ones),
 * `blank` (one without a letter or digit), `too_many_words` (one of more than three).
 */
export async function addSynonyms(app: App, traits: SynonymTraits): Promise<Synonyms> {
  return inTransaction(app.db, async (tx) => {
    await refuseFaults(tx, traits)
    const id = await insertSynonyms(tx, traits, app.now())
    await replaceSynonymWords(tx, id)
    noteChange(tx, 'products')
    return (await findSynonyms(tx, id))!
  })
}

/** Changes what is given. Refuses as `addSynonyms` does, and `synonyms_not_found`. */
export async function changeSynonyms(app: App, id: number, changes: Partial<SynonymTraits>): Promise<Synonyms> {
  return inTransaction(app.db, async (tx) => {
    const group = await findSynonyms(tx, id)
    if (!group) throw missing('synonyms')
    const changed = { ...group, ...changes }
    await refuseFaults(tx, changed)
    await updateSynonyms(tx, id, changed)
    await replaceSynonymWords(tx, id)
    noteChange(tx, 'products')
    return (await findSynonyms(tx, id))!
  })
}

/** Refuses `synonyms_not_found`. */
export async function removeSynonyms(app: App, id: number): Promise<void> {
  await inTransaction(app.db, async (tx) => {
    if (!(await deleteSynonyms(tx, id))) throw missing('synonyms')
    noteChange(tx, 'products')
  })
}

async function refuseFaults(tx: Tx, { words }: SynonymTraits): Promise<void> {
  const plain = await toPlainWords(tx, words)
  if (plain.includes('')) throw invalidFields({ words: 'blank' })
  if (plain.some((word) => word.split(' ').length > PHRASE_MAX)) throw invalidFields({ words: 'too_many_words' })
  if (new Set(plain).size < 2) throw invalidFields({ words: 'too_few_words' })
}
