import { randomUUID } from 'node:crypto'
import { inTransaction, type Tx } from '#platform/database'
import type { After, Published } from '#platform/events'
import type { App } from '../app.ts'
import { deliveryAttempts } from './deliver.ts'
import { type Delivery, insertDeliveries, isWanted, resetDelivery, resetFailed } from './deliveries.queries.ts'
import { getEndpoint } from './endpoints.queries.ts'
import { describeEvent, type EventType, PING, type Subject } from './event-types.ts'

/** A subscriber that tells all endpoints of a kind of event. May run twice: the event's number names the message. */
export const tellEndpoints =
  <Payload extends Subject>(type: EventType): After<App, Payload> =>
  async (app: App, event: Published<Payload>) => {
    if (!(await isWanted(app.db, type))) return
    const data = await describeEvent(app.db, event.payload)
    await inTransaction(app.db, (tx) => queueMessage(app, tx, { id: `evt_${event.id}`, type, data }))
  }

/** Sends an endpoint a message that says nothing, whether it is active or not. Refuses `endpoint_not_found`. */
export async function pingEndpoint(app: App, endpointId: number): Promise<Delivery> {
  await getEndpoint(app.db, endpointId)
  return inTransaction(app.db, async (tx) => {
    const [id] = await queueMessage(app, tx, { id: `ping_${randomUUID()}`, type: PING, data: {} }, endpointId)
    return resetDelivery(tx, id!, app.now())
  })
}

/** Delivers once more, the same bytes under the same id, whatever became of it before. Refuses `delivery_not_found`. */
export async function replayDelivery(app: App, id: number): Promise<Delivery> {
  return inTransaction(app.db, async (tx) => {
    const delivery = await resetDelivery(tx, id, app.now())
    await app.jobs.enqueue(tx, deliveryAttempts, [{ deliveryId: id }])
    return delivery
  })
}

const REPLAYED_MAX = 10_000

/** The same with all that this endpoint could not take since then, ten thousand at most; says how many. Refuses `endpoint_not_found`. */
export async function replayFailed(app: App, endpointId: number, since: Date): Promise<number> {
  await getEndpoint(app.db, endpointId)
  return inTransaction(app.db, async (tx) => (await resetFailed(tx, endpointId, since, REPLAYED_MAX, app.now())).length)
}

type Message = { id: string; type: string; data: object }

async function queueMessage(app: App, tx: Tx, { id, type, data }: Message, endpointId: number | null = null) {
  const now = app.now()
  const body = JSON.stringify({ id, type, created_at: now, data })
  const ids = await insertDeliveries(tx, { id, type, body }, endpointId, now)
  if (ids.length > 0)
    await app.jobs.enqueue(
      tx,
      deliveryAttempts,
      ids.map((deliveryId) => ({ deliveryId })),
    )
  return ids
}
