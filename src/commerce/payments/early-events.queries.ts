/** SQL of events that came before we knew the payment that they are about. */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'
import type { GatewayEvent } from './gateway.ts'

/** Keeps an event until its payment is known. What was kept or worked before stays as it is. */
export async function keepEarlyEvent(tx: Tx, event: GatewayEvent, now: Date): Promise<void> {
  await sql`
    insert into payments.gateway_events (provider, event_id, event_type, provider_reference, outcome, refunded_minor,
      capture_reference, awaits_payment, received_at)
    values (${event.provider}, ${event.id}, ${event.type}, ${event.reference}, ${event.outcome}, ${event.refundedMinor ?? null},
      ${event.captureReference ?? null}, true, ${now})
    on conflict do nothing`.execute(tx)
}

/** Kept events whose payment is known by now, the oldest first: all, or those about one reference. */
export async function findEarlyEvents(
  db: Db,
  { reference = null }: { reference?: string | null },
  limit: number,
): Promise<GatewayEvent[]> {
  type Kept = Omit<GatewayEvent, 'refundedMinor' | 'captureReference'> & {
    refundedMinor: number | null
    captureReference: string | null
  }
  const { rows } = await sql<Kept>`
    select event.provider, event.event_id as id, event.event_type as type, event.provider_reference as reference, event.outcome,
      event.refunded_minor, event.capture_reference
    from payments.gateway_events event
    join payments.payments payment using (provider, provider_reference)
    where event.awaits_payment and (${reference}::text is null or event.provider_reference = ${reference})
    order by event.received_at limit ${limit}`.execute(db)
  return rows.map((kept) => ({
    ...kept,
    refundedMinor: kept.refundedMinor ?? undefined,
    captureReference: kept.captureReference ?? undefined,
  }))
}

/** Events that came before this time, and are about payments of somebody else. */
export async function purgeEarlyEvents(tx: Tx, before: Date): Promise<void> {
  await sql`delete from payments.gateway_events where awaits_payment and received_at < ${before}`.execute(tx)
}
