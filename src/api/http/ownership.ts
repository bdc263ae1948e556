/** Who may change what is offered: the shop's staff, and a seller what is his own. */
import type { FastifyRequest } from 'fastify'
import { Refusal } from '#platform/refusal.ts'
import { viewerOf } from './access.ts'

type Owned = { sellerId: number | null }

/** Throws where the viewer of a `seller` route may not change this (`not_owner`). */
export function permitFor(request: FastifyRequest): (owned: Owned) => void {
  const viewer = viewerOf(request)
  return ({ sellerId }) => {
    if (!viewer.isStaff && sellerId !== viewer.accountId)
      throw new Refusal('forbidden', 'not_owner', 'Another one offers this')
  }
}

/** Whose a new product is: a seller's own, or the shop's. */
export function sellerOf(request: FastifyRequest): { sellerId?: number } {
  const viewer = viewerOf(request)
  return viewer.isStaff ? {} : { sellerId: viewer.accountId }
}
