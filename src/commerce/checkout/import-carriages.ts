import { getOrder, type LockedOrder, lockOrder } from '#commerce/orders'
import { inTransaction, type Tx } from '#platform/database'
import { type FieldCodes, Refusal } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import { type By, type Carriage, carryLockedOrder } from './carry-order.ts'
import { type Aftermath, tellGateways } from './tell-gateways.ts'

/** `faults` are what was wrong with the row before the order was looked at. */
export type CarriageRow = { row: number; orderNumber: string; carriage: Carriage; faults: FieldCodes }
export type CarriageResult = {
  row: number
  orderNumber: string
  action: 'update' | 'skip' | 'error'
  faults: FieldCodes
}
export type CarriageImport = { isDone: boolean; rows: CarriageResult[] }

/** What a dry run, or an import with faults, is undone by. */
class Undone extends Error {}

/**
 * Carries many orders on, as the rows of a sheet say: all of them or, where a row is at fault, none (SF-488). A row that says nothing
 * new is skipped. A dry run says what would happen, and leaves everything as it is.
 */
export async function importCarriages(
  app: App,
  rows: CarriageRow[],
  { isDryRun, by }: { isDryRun: boolean; by: By },
): Promise<CarriageImport> {
  const results: CarriageResult[] = []
  const aftermath: Aftermath = { intents: [], refundIds: [] }
  const isDone = await inTransaction(app.db, async (tx) => {
    // In one order for all, so that two imports wait for each other instead of deadlocking.
    for (const row of rows.toSorted(byOrder)) results.push(await carryRow(tx, row, by, aftermath, app.now()))
    if (isDryRun || results.some(({ action }) => action === 'error')) throw new Undone()
    return true
  }).catch((error) => {
    if (error instanceof Undone) return false
    throw error
  })
  if (isDone) await tellGateways(app, aftermath)
  return { isDone, rows: results.toSorted((one, other) => one.row - other.row) }
}

const byOrder = (one: CarriageRow, other: CarriageRow) =>
  one.orderNumber < other.orderNumber ? -1 : one.orderNumber > other.orderNumber ? 1 : one.row - other.row

async function carryRow(
  tx: Tx,
  { row, orderNumber, carriage, faults }: CarriageRow,
  by: By,
  aftermath: Aftermath,
  now: Date,
): Promise<CarriageResult> {
  const result = { row, orderNumber }
  if (Object.keys(faults).length > 0) return { ...result, action: 'error', faults }
  try {
    const order: LockedOrder = await lockOrder(tx, { number: orderNumber })
    const news = await newsOf(tx, order, carriage)
    if (Object.keys(news).length === 0) return { ...result, action: 'skip', faults }
    const { intents, refundIds } = await carryLockedOrder(tx, order, news, by, now)
    aftermath.intents.push(...intents)
    aftermath.refundIds.push(...refundIds)
    return { ...result, action: 'update', faults }
  } catch (error) {
    // Both refuse before they write anything.
    if (!(error instanceof Refusal)) throw error
    return { ...result, action: 'error', faults: error.details.fields ?? { order_number: error.code } }
  }
}

/** A sheet that was exported says again what the order knows, also of one that does not travel any more. */
async function newsOf(tx: Tx, { id }: LockedOrder, carriage: Carriage): Promise<Carriage> {
  if (Object.keys(carriage).length === 0) return {}
  const { status, carrier, trackingNumber, estimatedDelivery } = await getOrder(tx, id)
  const known: Carriage = { status, carrier, trackingNumber, estimatedDelivery }
  return Object.fromEntries(Object.entries(carriage).filter(([name, value]) => value !== known[name as keyof Carriage]))
}
