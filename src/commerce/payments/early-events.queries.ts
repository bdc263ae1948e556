/** SQL of events that came before we knew the payment that they are about. */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'
import type { GatewayEvent } from './gateway.ts'

/** Keeps an event until its payment is known. What was kept or worked before stays as it is. */
export async function keepEarlyEvent(tx: Tx, event: GatewayEvent, now: Date): Promise<void> {
  await sql`
    insert into payments.gateway_events
      (provider, event_id, event_type, provider_reference, outcome, refunded_minor, awaits_payment, received_at)
    values (${event.provider}, ${event.id}, ${event.type}, ${event.reference}, ${event.outcome}, ${event.refundedMinor ?? null},
      true, ${now})
    on conflict do nothing`.execute(tx)
}

export type EarlyEvent = { event: GatewayEvent; orderId: number }

/** Kept events whose payment is known by now, the oldest first: all, or those about one reference. */
export async function findEarlyEvents(
  db: Db,
  { reference = null }: { reference?: string | null },
  limit: number,
): Promise<EarlyEvent[]> {
  const { rows } = await sql<Omit<GatewayEvent, 'refundedMinor'> & { refundedMinor: number | null; orderId: number }>`
    select event.provider, event.event_id as id, event.event_type as type, event.provider_reference as reference, event.outcome,
      event.refunded_minor, payment.order_id
    from payments.gateway_events event
    join payments.payments payment using (provider, provider_reference)
    where event.awaits_payment and (${reference}::text is null or event.provider_reference = ${reference})
    order by event.received_at limit ${limit}`.execute(db)
  return rows.map(({ orderId, refundedMinor, ...event }) => ({
    orderId,
    event: { ...event, ...(refundedMinor !== null && { refundedMinor }) },
  }))
}

/** Events that came before this time, and are about payments of somebody else. */
export async function purgeEarlyEvents(tx: Tx, before: Date): Promise<void> {
  await sql`delete from payments.gateway_events where awaits_payment and received_at < ${before}`.execute(tx)
}
