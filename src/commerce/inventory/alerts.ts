/**
 * Alerts: a variant of which little is left (V1-355, MP-106, NX-116). One opens when the units at active locations are at the
 * variant's threshold or below, and there is no other until they were above it again.
 */
import { findVariants } from '#commerce/catalog'
import { type Db, inTransaction, type Tx } from '#platform/database'
import { missing } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import * as queries from './alerts.queries.ts'
import { findNamed, listCounted, type StockFilter } from './criteria.ts'
import type { Window } from './levels.queries.ts'
import type { InventoryAlerts } from './tables.ts'

/** Threshold and units are those of the moment when it opened. */
export type Alert = Pick<
  InventoryAlerts,
  'id' | 'productId' | 'variantId' | 'threshold' | 'available' | 'createdAt' | 'resolvedAt'
>
export type AlertFilter = Pick<StockFilter, 'product' | 'sellerId'> & { isResolved?: boolean }
export type AlertCriteria = { productId?: number; sellerId?: number; isResolved?: boolean }

/** A page of alerts, the newest first. */
export async function listAlerts(db: Db, { product, ...rest }: AlertFilter, window: Window) {
  const named = await findNamed(db, { product })
  if (!named) return { rows: [], count: 0 }
  const criteria: AlertCriteria = { ...rest, ...named }
  return listCounted<Alert>(db, criteria, window, {
    name: 'alerts',
    rows: (known) => queries.findAlerts(db, criteria, window, known),
    count: () => queries.countAlerts(db, criteria),
  })
}

/** Notes that somebody has seen to an alert. The same fall opens no other. Refuses `alert_not_found`. */
export async function resolveAlert(app: App, id: number, resolvedBy: number): Promise<Alert> {
  const alert = await inTransaction(app.db, (tx) => queries.markResolved(tx, id, resolvedBy, app.now()))
  if (!alert) throw missing('alert')
  return alert
}

/** An alert for those who are to know of it: what the article is called, and whose it is. */
export type UntoldAlert = Alert & { sku: string; name: string; sellerId: number | null }

/**
 * The alerts that nobody was told of yet, at most `limit`, the oldest first; once the transaction is committed they count as
 * told. What was resolved meanwhile, or whose variant is no longer offered, is told to nobody. Two statements.
 */
export async function takeUntoldAlerts(tx: Tx, limit: number, now: Date): Promise<UntoldAlert[]> {
  const alerts = await queries.takeUntold(tx, limit, now)
  if (alerts.length === 0) return []
  const variants = await findVariants(
    tx,
    alerts.map(({ variantId }) => variantId),
  )
  const named = new Map(variants.map((variant) => [variant.variantId, variant]))
  return alerts.flatMap((alert) => {
    const variant = named.get(alert.variantId)
    if (!variant) return []
    const { sku, name, sellerId } = variant
    return [{ ...alert, sku, name, sellerId }]
  })
}

/** What came in low has not fallen: these variants have their alerts, but no letter says so. */
export async function keepAlertsQuiet(tx: Tx, variantIds: number[]): Promise<void> {
  await queries.markTold(tx, variantIds)
}
