import { type Static, Type } from 'typebox'
import { PROPOSAL_STATUSES, type ReorderProposal } from '#commerce/inventory'
import { PageOf, PageQuery } from '../http/paging.ts'
import { Choice, Nullable, Time } from '../http/wire.ts'
import { StockQuery } from './inventory-filters.ts'

export const ProposalQuery = Type.Object({
  ...PageQuery,
  ...StockQuery,
  status: Type.Optional(Choice(PROPOSAL_STATUSES)),
})

export const ProposalWire = Type.Object(
  {
    id: Type.Integer(),
    product: Type.Integer(),
    variant: Type.Integer(),
    sku: Type.String(),
    location: Type.Integer(),
    on_hand: Type.Integer({ description: 'when it was proposed, as the point' }),
    reorder_point: Type.Integer(),
    quantity: Type.Integer({ description: 'how many to order' }),
    status: Choice(PROPOSAL_STATUSES),
    created_at: Time,
    decided_at: Nullable(Time),
    decided_by: Nullable(Type.Integer({ description: 'a user' })),
  },
  { title: 'ReorderProposal' },
)
export const ProposalPageWire = PageOf(ProposalWire)

export function toProposalWire(proposal: ReorderProposal): Static<typeof ProposalWire> {
  return {
    id: proposal.id,
    product: proposal.productId,
    variant: proposal.variantId,
    sku: proposal.sku,
    location: proposal.locationId,
    on_hand: proposal.onHand,
    reorder_point: proposal.reorderPoint,
    quantity: proposal.quantity,
    status: proposal.status,
    created_at: proposal.createdAt.toISOString(),
    decided_at: proposal.decidedAt?.toISOString() ?? null,
    decided_by: proposal.decidedBy,
  }
}
