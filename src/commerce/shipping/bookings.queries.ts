/** SQL of asking carriers: who asks, and what was not answered. */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'

/** A carrier that was asked so long ago has not answered, each step of it counted: somebody else may ask. */
const ANSWERED_WITHIN_S = 60

/** Takes it on to ask for an unanswered parcel. False where somebody else does that right now, or it is answered. */
export async function claimBooking(tx: Tx, id: number, now: Date): Promise<boolean> {
  const { rows } = await sql`
    update shipping.shipments set attempts = attempts + 1, updated_at = ${now}
    where id = ${id} and tracking_number is null and status = 'pending'
      and (attempts = 0 or updated_at < ${before(now, ANSWERED_WITHIN_S)})
    returning id`.execute(tx)
  return rows.length > 0
}

/** It was answered that there is no answer: who asks next need not wait. */
export async function releaseBooking(tx: Tx, id: number): Promise<void> {
  await sql`
    update shipping.shipments set updated_at = updated_at - make_interval(secs => ${ANSWERED_WITHIN_S})
    where id = ${id} and tracking_number is null`.execute(tx)
}

/**
 * Parcels whose asking was interrupted: not answered a minute after they were written down, and then after two, four, … up to
 * 64 minutes since they were last asked for. Oldest first.
 */
export async function findUnbooked(db: Db, now: Date, limit: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from shipping.shipments
    where tracking_number is null and status = 'pending'
      and updated_at < ${now}::timestamptz - make_interval(secs => 60 * power(2, least(attempts, 6)))
    order by created_at limit ${limit}`.execute(db)
  return rows.map(({ id }) => id)
}

/** Whether somebody is asking for it right now, as far as can be seen. */
export const isBeingAsked = ({ attempts, updatedAt }: { attempts: number; updatedAt: Date }, now: Date): boolean =>
  attempts > 0 && updatedAt >= before(now, ANSWERED_WITHIN_S)

const before = (now: Date, seconds: number) => new Date(now.getTime() - seconds * 1000)

/** Parcels under way with one of these carriers of which nothing was heard since then, the longest silent first. */
export async function findQuietShipments(db: Db, carriers: string[], before: Date, limit: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from shipping.shipments
    where carrier = any(${carriers}::text[]) and tracking_number is not null and updated_at < ${before}
      and status in ('label_created', 'in_transit', 'out_for_delivery')
    order by updated_at limit ${limit}`.execute(db)
  return rows.map(({ id }) => id)
}

/** It was asked for, and there is nothing new. */
export async function markHeard(tx: Tx, id: number, now: Date): Promise<void> {
  await sql`update shipping.shipments set updated_at = ${now} where id = ${id}`.execute(tx)
}
