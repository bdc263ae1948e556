/**
 * Events: what happened, stored in the transaction that made it happen. Two kinds of subscriber:
 * `during` runs in that transaction (SQL only), `after` is a job each, at least once, idempotent by event id.
 */
import { sql } from 'kysely'
import { afterCommit, type Db, databaseOf, type Tx } from '#platform/database'
import type { JobQueue, Jobs } from '#platform/jobs'

export type Event<Payload> = { name: string; payload: Payload }
export type Published<Payload> = { id: number; payload: Payload }
export type EventType<Payload> = ((payload: Payload) => Event<Payload>) & { eventName: string }
/** What a subscriber to this type of event receives. */
export type EventOf<Type> = Type extends EventType<infer Payload> ? Published<Payload> : never

export type During<Payload> = (tx: Tx, event: Published<Payload>) => Promise<void>
export type After<App, Payload> = (app: App, event: Published<Payload>) => Promise<void>
export type Subscription<App> = {
  eventName: string
  during: Record<string, During<never>>
  after: Record<string, After<App, never>>
}

/** Names a kind of event, past tense: `order.placed`. Payloads are ids; a subscriber reads the present state itself. */
export function defineEvent<Payload>(eventName: string): EventType<Payload> {
  return Object.assign((payload: Payload) => ({ name: eventName, payload }), { eventName })
}

/** One line of the table of subscriptions. The name of an `after` subscriber is stored in its jobs: do not rename it lightly. */
export function on<App, Payload>(
  type: EventType<Payload>,
  subscribers: { during?: Record<string, During<Payload>>; after?: Record<string, After<App, Payload>> },
): Subscription<App> {
  return {
    eventName: type.eventName,
    during: (subscribers.during ?? {}) as Record<string, During<never>>,
    after: (subscribers.after ?? {}) as Record<string, After<App, never>>,
  }
}

/** The queue in which each `after` subscriber gets its own job. */
export const eventDeliveries: JobQueue<Delivery> = { name: 'event-deliveries', concurrency: 2 }
type Delivery = { subscriber: string; event: Published<unknown> & { name: string } }

/** Told of each event, and of what else is counted, when its transaction is committed. */
type Count = (name: string) => void
type Wiring = { subscriptions: Subscription<never>[]; jobs: Jobs; count: Count }
const wirings = new WeakMap<Db, Wiring>()

/** Tells a database who listens to what is published in its transactions. Done once, where the app is put together. */
export function connectSubscriptions<App>(
  db: Db,
  subscriptions: Subscription<App>[],
  jobs: Jobs,
  count: Count = () => {},
): void {
  wirings.set(db, { subscriptions, jobs, count })
}

/** Counts what happened without storing it: for figures that somebody watches. `name` is one of few, as of an event. */
export function countHappening(tx: Tx, name: string): void {
  const wiring = wirings.get(databaseOf(tx))
  if (wiring) afterCommit(tx, async () => wiring.count(name))
}

/**
 * Stores events, runs their `during` subscribers and enqueues their `after` subscribers: all or nothing with the caller. Two
 * statements, however many events.
 */
export async function publish(tx: Tx, ...events: Event<unknown>[]): Promise<void> {
  const wiring = wirings.get(databaseOf(tx))
  if (!wiring) throw new Error('no subscriptions are connected to this database')
  const { rows } = await sql<{ id: number }>`
    insert into platform.events (name, payload)
    select event ->> 'name', event -> 'payload'
    from jsonb_array_elements(${JSON.stringify(events)}::jsonb) with ordinality as each (event, place) order by place
    returning id`.execute(tx)
  const deliveries: Delivery[] = []
  for (const [at, { name, payload }] of events.entries()) {
    countHappening(tx, name)
    const event = { id: rows[at]!.id, payload }
    for (const { during, after } of wiring.subscriptions.filter(({ eventName }) => eventName === name)) {
      for (const subscriber of Object.values(during)) await subscriber(tx, event as Published<never>)
      deliveries.push(...Object.keys(after).map((subscriber) => ({ subscriber, event: { ...event, name } })))
    }
  }
  if (deliveries.length > 0) await wiring.jobs.enqueue(tx, eventDeliveries, deliveries)
}

/** Does one delivery. A subscriber that the code no longer has is refused, so that its job is kept as dead and seen. */
export async function deliver<App>(app: App, subscriptions: Subscription<App>[], delivery: Delivery): Promise<void> {
  const { subscriber, event } = delivery
  const found = subscriptions.find((s) => s.eventName === event.name && s.after[subscriber])
  if (!found) throw new Error(`nobody called ${subscriber} listens to ${event.name}`)
  await found.after[subscriber]!(app, event as unknown as Published<never>)
}

/** Forgets the events from before a time. Whoever was to be told of them has been, or has a dead job that says so. */
export async function purgeEvents(tx: Tx, before: Date): Promise<void> {
  await sql`delete from platform.events where published_at < ${before}`.execute(tx)
}
