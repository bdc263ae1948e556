/** What is to be ordered again. A proposal ends by itself with the restocking: see `levels_changed` in the migrations. */
import { type RawBuilder, sql } from 'kysely'
import type { Db, Tx } from '#platform/database'
import type { Counted, Window } from './levels.queries.ts'
import type { ProposalCriteria, ReorderProposal } from './reorder-proposals.ts'

const columns = sql.raw(`id, product_id, variant_id, location_id, sku, on_hand, reorder_point, quantity, status,
  created_at, decided_at, decided_by`)

/** Proposes for every level at or below its reorder point that has no proposal since it fell there. Returns how many it made. */
export async function insertProposals(tx: Tx, now: Date): Promise<number> {
  const { rows } = await sql`
    insert into inventory.reorder_proposals
      (product_id, variant_id, location_id, sku, on_hand, reorder_point, quantity, created_at)
    select level.product_id, level.variant_id, level.location_id, level.sku, level.on_hand, level.reorder_point,
      level.reorder_quantity, ${now}
    from inventory.levels level join inventory.locations location on location.id = level.location_id
    where level.reorder_point is not null and level.on_hand <= level.reorder_point and location.is_active
    order by level.sku, level.location_id
    on conflict (variant_id, location_id) where ended_at is null do nothing
    returning id`.execute(tx)
  return rows.length
}

export async function findProposals(
  db: Db,
  criteria: ProposalCriteria,
  { limit, offset }: Window,
  knownCount?: number,
) {
  const matching = matchProposals(criteria)
  const { rows } = await sql<Counted<ReorderProposal>>`/* once */
    select ${columns}, coalesce(${knownCount ?? null}::bigint, (select count(*) ${matching})) as count ${matching}
    order by created_at desc, id desc limit ${limit} offset ${offset}`.execute(db)
  return rows
}

export async function countProposals(db: Db, criteria: ProposalCriteria): Promise<number> {
  const { rows } = await sql<{
    count: number
  }>`/* once */ select count(*) as count ${matchProposals(criteria)}`.execute(db)
  return rows[0]!.count
}

function matchProposals({ status, productId, variantId, locationId }: ProposalCriteria): RawBuilder<unknown> {
  const conditions = [sql`true`]
  // Written out, so that the index of the open ones is found.
  if (status === 'open') conditions.push(sql`status = 'open'`)
  else if (status !== undefined) conditions.push(sql`status = ${status}::inventory.proposal_status`)
  if (productId !== undefined) conditions.push(sql`product_id = ${productId}`)
  if (variantId !== undefined) conditions.push(sql`variant_id = ${variantId}`)
  if (locationId !== undefined) conditions.push(sql`location_id = ${locationId}`)
  return sql`from inventory.reorder_proposals where ${sql.join(conditions, sql` and `)}`
}

/** Undefined where it is not open. */
export async function decideProposal(tx: Tx, id: number, status: 'ordered' | 'dismissed', by: number, now: Date) {
  const { rows } = await sql<ReorderProposal>`
    update inventory.reorder_proposals set status = ${status}::inventory.proposal_status, decided_at = ${now}, decided_by = ${by}
    where id = ${id} and status = 'open' returning ${columns}`.execute(tx)
  return rows[0]
}

export async function findProposalStatus(db: Db, id: number) {
  const { rows } = await sql<Pick<ReorderProposal, 'status'>>`
    select status from inventory.reorder_proposals where id = ${id}`.execute(db)
  return rows[0]?.status
}
