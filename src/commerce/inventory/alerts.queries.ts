/** Alerts open and end by themselves, in the transaction that changes the stock: see `settle_alerts` in the migrations. */
import { type RawBuilder, sql } from 'kysely'
import { productsOfSeller } from '#commerce/catalog'
import type { Db, Tx } from '#platform/database'
import type { Alert, AlertCriteria } from './alerts.ts'
import type { Counted, Window } from './levels.queries.ts'

const columns = sql.raw('id, product_id, variant_id, threshold, available, created_at, resolved_at')

export async function findAlerts(db: Db, criteria: AlertCriteria, { limit, offset }: Window, knownCount?: number) {
  const matching = matchAlerts(criteria)
  const { rows } = await sql<Counted<Alert>>`/* once */
    select ${columns}, coalesce(${knownCount ?? null}::bigint, (select count(*) ${matching})) as count ${matching}
    order by created_at desc, id desc limit ${limit} offset ${offset}`.execute(db)
  return rows
}

export async function countAlerts(db: Db, criteria: AlertCriteria): Promise<number> {
  const { rows } = await sql<{ count: number }>`/* once */ select count(*) as count ${matchAlerts(criteria)}`.execute(
    db,
  )
  return rows[0]!.count
}

function matchAlerts({ isResolved, productId, sellerId }: AlertCriteria): RawBuilder<unknown> {
  const conditions = [sql`true`]
  if (isResolved !== undefined) conditions.push(isResolved ? sql`resolved_at is not null` : sql`resolved_at is null`)
  if (productId !== undefined) conditions.push(sql`product_id = ${productId}`)
  if (sellerId !== undefined) conditions.push(sql`product_id in (${productsOfSeller(sellerId)})`)
  return sql`from inventory.alerts where ${sql.join(conditions, sql` and `)}`
}

/** Undefined where there is no such alert; one that is resolved already stays as it is. */
export async function markResolved(tx: Tx, id: number, resolvedBy: number, now: Date): Promise<Alert | undefined> {
  const { rows } = await sql<Alert>`
    update inventory.alerts set resolved_at = coalesce(resolved_at, ${now}),
      resolved_by = case when resolved_at is null then ${resolvedBy} else resolved_by end
    where id = ${id} returning ${columns}`.execute(tx)
  return rows[0]
}

/** Marks alerts as told, the oldest first, and returns them. What another worker is about to tell is left to it. */
export async function takeUntold(tx: Tx, limit: number, now: Date): Promise<Alert[]> {
  const { rows } = await sql<Alert>`
    update inventory.alerts set told_at = ${now}
    where id in (
      select id from inventory.alerts where told_at is null and resolved_at is null
      order by id limit ${limit} for update skip locked
    )
    returning ${columns}`.execute(tx)
  return rows.sort((a, b) => a.id - b.id)
}

/** The open alerts of these variants count as told. */
export async function markTold(tx: Tx, variantIds: number[]): Promise<void> {
  await sql`
    update inventory.alerts set told_at = created_at
    where variant_id = any(${variantIds}::bigint[]) and ended_at is null and told_at is null`.execute(tx)
}
