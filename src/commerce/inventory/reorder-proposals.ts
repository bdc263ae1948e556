/**
 * Proposals to order again (MP-286): one for each variant and location since the units there fell to the reorder point. What was
 * decided about it stands until they rise above the point; only after that there is another one.
 */
import { type Db, inTransaction } from '#platform/database'
import { missing, Refusal } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import { findNamed, listCounted, type StockCriteria, type StockFilter } from './criteria.ts'
import type { Window } from './levels.queries.ts'
import * as queries from './reorder-proposals.queries.ts'
import type { InventoryReorderProposals } from './tables.ts'

export const PROPOSAL_STATUSES = ['open', 'ordered', 'dismissed', 'restocked'] as const
/** Units and point are those of the moment when it was made. */
export type ReorderProposal = Omit<InventoryReorderProposals, 'endedAt'>
export type ProposalFilter = StockFilter & { status?: ReorderProposal['status'] }
export type ProposalCriteria = StockCriteria & { status?: ReorderProposal['status'] }

/** Writes the proposals that are due. May run at any time and twice. */
export async function proposeReorders(app: App): Promise<void> {
  await inTransaction(app.db, (tx) => queries.insertProposals(tx, app.now()))
}

/** A page of proposals, the newest first. */
export async function listReorderProposals(db: Db, { product, location, ...rest }: ProposalFilter, window: Window) {
  const named = await findNamed(db, { product, location })
  if (!named) return { rows: [], count: 0 }
  const criteria: ProposalCriteria = { ...rest, ...named }
  return listCounted<ReorderProposal>(db, criteria, window, {
    name: 'proposals',
    rows: (known) => queries.findProposals(db, criteria, window, known),
    count: () => queries.countProposals(db, criteria),
  })
}

/**
 * Decides about an open proposal: `ordered` says that somebody has ordered; stock comes with the delivery. Refuses
 * `proposal_not_found`, and one that is no longer open (`proposal_decided`, {status}).
 */
export async function decideReorder(
  app: App,
  id: number,
  decision: 'ordered' | 'dismissed',
  decidedBy: number,
): Promise<ReorderProposal> {
  return inTransaction(app.db, async (tx) => {
    const decided = await queries.decideProposal(tx, id, decision, decidedBy, app.now())
    if (decided) return decided
    const status = await queries.findProposalStatus(tx, id)
    if (!status) throw missing('proposal')
    throw new Refusal('conflict', 'proposal_decided', `The proposal is ${status} already`, { status })
  })
}
