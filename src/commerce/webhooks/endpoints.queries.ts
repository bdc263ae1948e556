import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'
import { missing } from '#platform/refusal.ts'
import type { WebhooksEndpoints } from './tables.ts'

export type Endpoint = Omit<WebhooksEndpoints, 'sealedSecret' | 'formerSecret'>
export type EndpointContent = Pick<Endpoint, 'url' | 'description' | 'events' | 'isActive'>

const ENDPOINT = sql`id, url, description, to_json(events) as events, is_active, former_until, created_at, updated_at, failures,
  failing_since, resumes_at, disabled_reason`

/** All of them, the oldest first. */
export async function listEndpoints(db: Db): Promise<Endpoint[]> {
  const { rows } = await sql<Endpoint>`select ${ENDPOINT} from webhooks.endpoints order by id`.execute(db)
  return rows
}

/** Refuses `endpoint_not_found`. */
export async function getEndpoint(db: Db, id: number): Promise<Endpoint> {
  const { rows } = await sql<Endpoint>`select ${ENDPOINT} from webhooks.endpoints where id = ${id}`.execute(db)
  return found(rows)
}

/** Undefined where there are `most` of them already. */
export async function insertEndpoint(
  tx: Tx,
  { url, description, events, isActive }: EndpointContent,
  sealedSecret: string,
  most: number,
  now: Date,
): Promise<Endpoint | undefined> {
  const { rows } = await sql<Endpoint>`
    insert into webhooks.endpoints (url, description, events, is_active, sealed_secret, created_at, updated_at)
    select ${url}, ${description}, ${events}::text[], ${isActive}, ${sealedSecret}, ${now}::timestamptz, ${now}::timestamptz
    where (select count(*) from webhooks.endpoints) < ${most}
    returning ${ENDPOINT}`.execute(tx)
  return rows[0]
}

/** With any change it begins anew: what it failed at before is not held against it. Refuses `endpoint_not_found`. */
export async function updateEndpoint(
  tx: Tx,
  id: number,
  content: Partial<EndpointContent>,
  now: Date,
): Promise<Endpoint> {
  const { url = null, description = null, events = null, isActive = null } = content
  const { rows } = await sql<Endpoint>`
    update webhooks.endpoints set url = coalesce(${url}, url), description = coalesce(${description}, description),
      events = coalesce(${events}::text[], events), is_active = coalesce(${isActive}::boolean, is_active), updated_at = ${now},
      failures = 0, failing_since = null, resumes_at = null,
      disabled_reason = case when ${isActive}::boolean then null else disabled_reason end
    where id = ${id} returning ${ENDPOINT}`.execute(tx)
  return found(rows)
}

/** The one before signs as well, until then. Refuses `endpoint_not_found`. */
export async function replaceSecret(
  tx: Tx,
  id: number,
  sealedSecret: string,
  until: Date,
  now: Date,
): Promise<Endpoint> {
  const { rows } = await sql<Endpoint>`
    update webhooks.endpoints set former_secret = sealed_secret, former_until = ${until}, sealed_secret = ${sealedSecret},
      updated_at = ${now}
    where id = ${id} returning ${ENDPOINT}`.execute(tx)
  return found(rows)
}

/** With all that was to be delivered to it. Refuses `endpoint_not_found`. */
export async function deleteEndpoint(tx: Tx, id: number): Promise<void> {
  const { rows } = await sql`delete from webhooks.endpoints where id = ${id} returning id`.execute(tx)
  found(rows)
}

/** Switched off by the shop itself. */
export async function disableEndpoint(tx: Tx, id: number, reason: string, now: Date): Promise<void> {
  await sql`
    update webhooks.endpoints set is_active = false, disabled_reason = ${reason}, updated_at = ${now}
    where id = ${id} and is_active`.execute(tx)
}

/** It took something: nothing is held against it. */
export async function noteWell(tx: Tx, id: number): Promise<void> {
  await sql`
    update webhooks.endpoints set failures = 0, failing_since = null, resumes_at = null
    where id = ${id} and failures > 0`.execute(tx)
}

/** It took something not: how often in a row by now, and since when. */
export async function noteFailure(
  tx: Tx,
  id: number,
  now: Date,
): Promise<{ failures: number; failingSince: Date } | undefined> {
  const { rows } = await sql<{ failures: number; failingSince: Date }>`
    update webhooks.endpoints set failures = failures + 1, failing_since = coalesce(failing_since, ${now})
    where id = ${id} returning failures, failing_since`.execute(tx)
  return rows[0]
}

export async function letRest(tx: Tx, id: number, until: Date): Promise<void> {
  await sql`update webhooks.endpoints set resumes_at = ${until} where id = ${id}`.execute(tx)
}

function found<Row>(rows: Row[]): Row {
  if (!rows[0]) throw missing('endpoint')
  return rows[0]
}
