import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'
import { missing } from '#platform/refusal.ts'
import type { WebhooksDeliveries, WebhooksDeliveryStatus } from './tables.ts'

export type Delivery = WebhooksDeliveries
export type DeliveryStatus = WebhooksDeliveryStatus

/**
 * One for each active endpoint that wants to know, or for `endpointId` alone; told again it makes no difference. Returns what is new.
 */
export async function insertDeliveries(
  tx: Tx,
  message: { id: string; type: string; body: string },
  endpointId: number | null,
  now: Date,
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    insert into webhooks.deliveries (endpoint_id, message_id, event_type, body, created_at, next_attempt_at)
    select id, ${message.id}, ${message.type}, ${message.body}, ${now}::timestamptz, ${now}::timestamptz
    from webhooks.endpoints
    where case when ${endpointId}::bigint is null then is_active and ${message.type} = any(events) else id = ${endpointId} end
    order by id
    on conflict (endpoint_id, message_id) do nothing
    returning id`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Whether anybody wants to know of it. */
export async function isWanted(db: Db, type: string): Promise<boolean> {
  const { rows } = await sql`
    select from webhooks.endpoints where is_active and ${type} = any(events) limit 1`.execute(db)
  return rows.length > 0
}

export type Claimed = Pick<Delivery, 'id' | 'endpointId' | 'messageId' | 'body' | 'attempts'> & {
  url: string
  sealedSecret: string
  formerSecret: string | null
}

/**
 * Takes a delivery for a try, which counts from here on: it is believed to be under way until `until`, and is tried again then if
 * nobody has said what became of it. Undefined for what is done, under way, or waits; for an endpoint that rests it waits as long.
 */
export async function claimDelivery(tx: Tx, id: number, until: Date, now: Date): Promise<Claimed | undefined> {
  const { rows } = await sql<Claimed & { isResting: boolean }>`
    update webhooks.deliveries delivery set
      next_attempt_at = case when endpoint.resumes_at > ${now} then endpoint.resumes_at else ${until} end,
      attempts = attempts + case when endpoint.resumes_at > ${now} then 0 else 1 end,
      attempted_at = case when endpoint.resumes_at > ${now} then attempted_at else ${now} end
    from webhooks.endpoints endpoint
    where delivery.id = ${id} and delivery.status = 'pending' and delivery.next_attempt_at <= ${now}
      and endpoint.id = delivery.endpoint_id and (endpoint.is_active or delivery.event_type = 'ping')
    returning delivery.id, delivery.endpoint_id, delivery.message_id, delivery.body, delivery.attempts, endpoint.url,
      endpoint.sealed_secret, case when endpoint.former_until > ${now} then endpoint.former_secret end as former_secret,
      coalesce(endpoint.resumes_at > ${now}, false) as is_resting`.execute(tx)
  const [claimed] = rows
  return claimed && !claimed.isResting ? claimed : undefined
}

export type Outcome = {
  status: DeliveryStatus
  nextAttemptAt: Date | null
  responseStatus: number | null
  responseBody: string | null
  failure: string | null
  durationMs: number
}

/** What became of a try, unless another one was begun since. */
export async function noteOutcome(tx: Tx, { id, attempts }: Claimed, outcome: Outcome, now: Date): Promise<void> {
  await sql`
    update webhooks.deliveries set status = ${outcome.status}, next_attempt_at = ${outcome.nextAttemptAt},
      response_status = ${outcome.responseStatus}, response_body = ${outcome.responseBody}, failure = ${outcome.failure},
      duration_ms = ${outcome.durationMs}, delivered_at = case when ${outcome.status} = 'delivered' then ${now}::timestamptz end
    where id = ${id} and status = 'pending' and attempts = ${attempts}`.execute(tx)
}

/** What is to be tried now, the longest due first; whose endpoint was switched off waits until it is on again. */
export async function findDue(db: Db, now: Date, limit: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select delivery.id from webhooks.deliveries delivery join webhooks.endpoints endpoint on endpoint.id = endpoint_id
    where status = 'pending' and next_attempt_at <= ${now} and (is_active or event_type = 'ping')
    order by next_attempt_at limit ${limit}`.execute(db)
  return rows.map(({ id }) => id)
}

/** Tries begin anew. Refuses `delivery_not_found`. */
export async function resetDelivery(tx: Tx, id: number, now: Date): Promise<Delivery> {
  const { rows } = await sql<Delivery>`
    update webhooks.deliveries set status = 'pending', attempts = 0, next_attempt_at = ${now}, delivered_at = null
    where id = ${id} returning *`.execute(tx)
  if (!rows[0]) throw missing('delivery')
  return rows[0]
}

/** The same of all that an endpoint was not able to take since then; at most `limit`, the oldest first. */
export async function resetFailed(
  tx: Tx,
  endpointId: number,
  since: Date,
  limit: number,
  now: Date,
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    update webhooks.deliveries set status = 'pending', attempts = 0, next_attempt_at = ${now}
    where id in (
      select id from webhooks.deliveries where endpoint_id = ${endpointId} and status = 'failed' and created_at >= ${since}
      order by id limit ${limit}
    ) returning id`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Refuses `delivery_not_found`. */
export async function getDelivery(db: Db, id: number): Promise<Delivery> {
  const { rows } = await sql<Delivery>`select * from webhooks.deliveries where id = ${id}`.execute(db)
  if (!rows[0]) throw missing('delivery')
  return rows[0]
}

/** A page of what was and is to be delivered to an endpoint, the newest first. */
export async function listDeliveries(
  db: Db,
  { endpointId, status }: { endpointId: number; status: DeliveryStatus | null },
  { limit, offset }: { limit: number; offset: number },
): Promise<{ rows: Delivery[]; count: number }> {
  const matching = sql`from webhooks.deliveries
    where endpoint_id = ${endpointId} and (${status}::webhooks.delivery_status is null or status = ${status})`
  const { rows } = await sql<Delivery & { count: number }>`
    select *, (select count(*) ${matching}) as count ${matching} order by id desc limit ${limit} offset ${offset}`.execute(
    db,
  )
  if (rows[0]) return { rows, count: rows[0].count }
  const counted = await sql<{ count: number }>`select count(*) as count ${matching}`.execute(db)
  return { rows: [], count: counted.rows[0]!.count }
}

/** What is over and older than that. */
export async function purgeDeliveries(tx: Tx, before: Date): Promise<void> {
  await sql`delete from webhooks.deliveries where created_at < ${before} and status <> 'pending'`.execute(tx)
}

/** How many wait, and how many were given up. */
export async function countUndelivered(db: Db): Promise<{ pending: number; failed: number }> {
  const { rows } = await sql<{ pending: number; failed: number }>`
    select count(*) filter (where status = 'pending') as pending, count(*) filter (where status = 'failed') as failed
    from webhooks.deliveries where status <> 'delivered'`.execute(db)
  return rows[0]!
}
