import { noteChange } from '#platform/changes'
import { inTransaction, type Tx, violatedConstraint } from '#platform/database'
import { type FieldCodes, invalidFields, missing } from '#platform/refusal.ts'
import type { App } from '../../app.ts'
import {
  deleteRule,
  examineRule,
  findRuleById,
  insertRule,
  type RuleTraits,
  type SearchRule,
  updateRule,
} from './rules.queries.ts'

/**
 * Says which products stand first, or last, where this is asked for. There is one rule for a query in plain words. Refuses
 * `query`: `blank`, `query_taken`; `pinned` and `buried`: `products_unknown`; `buried`: `pinned_and_buried`.
 */
export async function addRule(app: App, rule: RuleTraits): Promise<SearchRule> {
  return inTransaction(app.db, async (tx) => {
    await refuseFaults(tx, rule, null)
    const id = await insertRule(tx, rule, app.now())
    if (id === undefined) throw invalidFields({ query: 'query_taken' })
    noteChange(tx, 'products')
    return (await findRuleById(tx, id))!
  })
}

/** Changes what is given. Refuses as `addRule` does, and `rule_not_found`. */
export async function changeRule(app: App, id: number, changes: Partial<RuleTraits>): Promise<SearchRule> {
  try {
    return await inTransaction(app.db, async (tx) => {
      const rule = await findRuleById(tx, id)
      if (!rule) throw missing('rule')
      const changed = { ...rule, ...changes }
      await refuseFaults(tx, changed, id)
      await updateRule(tx, id, changed)
      noteChange(tx, 'products')
      return (await findRuleById(tx, id))!
    })
  } catch (error) {
    if (violatedConstraint(error) === 'rules_query') throw invalidFields({ query: 'query_taken' })
    throw error
  }
}

/** Refuses `rule_not_found`. */
export async function removeRule(app: App, id: number): Promise<void> {
  await inTransaction(app.db, async (tx) => {
    if (!(await deleteRule(tx, id))) throw missing('rule')
    noteChange(tx, 'products')
  })
}

async function refuseFaults(tx: Tx, { query, pinned, buriedIds }: RuleTraits, id: number | null): Promise<void> {
  const pinnedIds = pinned.map(({ productId }) => productId)
  const { isBlank, isTaken, knownIds } = await examineRule(tx, query, [...pinnedIds, ...buriedIds], id)
  const faults: FieldCodes = {}
  if (isBlank) faults.query = 'blank'
  else if (isTaken) faults.query = 'query_taken'
  const isUnknown = (productId: number) => !knownIds.includes(productId)
  if (pinnedIds.some(isUnknown)) faults.pinned = 'products_unknown'
  if (buriedIds.some(isUnknown)) faults.buried = 'products_unknown'
  else if (buriedIds.some((productId) => pinnedIds.includes(productId))) faults.buried = 'pinned_and_buried'
  if (Object.keys(faults).length > 0) throw invalidFields(faults)
}
