/** All SQL of parcels. */
import { type RawBuilder, sql } from 'kysely'
import type { Db, Tx } from '#platform/database'
import { missing } from '#platform/refusal.ts'
import type { Booking } from './carriers/carrier.ts'
import type { ParcelLine, Shipment, ShipmentEvent, ShipmentStatus } from './shipment.ts'

const SHIPMENT = sql`shipment.id, order_id, order_number, account_id, carrier, service, tracking_number, tracking_url, label_key,
  carrier_reference, label_url, shipment.status, estimated_delivery, attempts, is_sent, created_at, updated_at,
  (select json_agg(json_build_object('lineId', line_id, 'quantity', quantity) order by line_id)
    from shipping.shipment_lines line where line.shipment_id = shipment.id) as lines,
  (select json_agg(json_build_object('status', event.status, 'location', location, 'description', description,
      'happenedAt', (extract(epoch from happened_at) * 1000)::bigint) order by happened_at, event.id)
    from shipping.shipment_events event where event.shipment_id = shipment.id) as events`

type Told = Omit<ShipmentEvent, 'happenedAt'> & { happenedAt: number }
type Row = Omit<Shipment, 'lines' | 'events'> & { lines: ParcelLine[] | null; events: Told[] | null }

const toShipment = ({ lines, events, ...row }: Row): Shipment => ({
  ...row,
  lines: lines ?? [],
  events: (events ?? []).map((event) => ({ ...event, happenedAt: new Date(event.happenedAt) })),
})

async function select(db: Db, rest: RawBuilder<unknown>): Promise<Shipment[]> {
  const { rows } = await sql<Row>`select ${SHIPMENT} from shipping.shipments shipment ${rest}`.execute(db)
  return rows.map(toShipment)
}

/** Who looks: an account sees the parcels of its own orders; `accountId: null` is staff and sees all. */
export type ShipmentScope = { accountId: number | null }
const seenBy = ({ accountId }: ShipmentScope) => sql`(${accountId}::bigint is null or account_id = ${accountId})`

/** Refuses `shipment_not_found`, which is also what a stranger gets. */
export async function getShipment(db: Db, id: number, scope: ShipmentScope = { accountId: null }): Promise<Shipment> {
  const [shipment] = await select(db, sql`where shipment.id = ${id} and ${seenBy(scope)}`)
  if (!shipment) throw missing('shipment')
  return shipment
}

/** Those of these ids that are there, oldest first. */
export const findShipments = (db: Db, ids: number[]): Promise<Shipment[]> =>
  select(db, sql`where shipment.id = any(${ids}::bigint[]) order by shipment.id`)

/** By what the carrier calls it. Two carriers may use one number: then it is the later parcel. */
export async function getShipmentByTracking(db: Db, trackingNumber: string, scope: ShipmentScope): Promise<Shipment> {
  const [shipment] = await select(
    db,
    sql`where tracking_number = ${trackingNumber} and ${seenBy(scope)} order by shipment.id desc limit 1`,
  )
  if (!shipment) throw missing('shipment')
  return shipment
}

export const findShipmentsByTracking = (db: Db, trackingNumber: string): Promise<Shipment[]> =>
  select(db, sql`where tracking_number = ${trackingNumber} order by shipment.id desc`)

export async function getShipmentByLabelKey(db: Db, labelKey: string): Promise<Shipment> {
  const [shipment] = await select(db, sql`where label_key = ${labelKey}`)
  if (!shipment) throw missing('shipment')
  return shipment
}

/** All parcels of the orders of an account, oldest first. */
export const listShipmentsOf = (db: Db, accountId: number): Promise<Shipment[]> =>
  select(db, sql`where account_id = ${accountId} order by shipment.id`)

/** The parcels of an order, oldest first. */
export const listShipmentsOfOrder = (db: Db, orderId: number): Promise<Shipment[]> =>
  select(db, sql`where order_id = ${orderId} order by shipment.id`)

/** The same, locked. The caller has locked the order: always the order first. */
export const lockShipmentsOfOrder = (tx: Tx, orderId: number): Promise<Shipment[]> =>
  select(tx, sql`where order_id = ${orderId} order by shipment.id for update of shipment`)

export type ShipmentFilter = ShipmentScope & { orderNumber?: string | undefined; status?: ShipmentStatus | undefined }

/** A page of parcels, newest first, and how many there are. */
export async function listShipments(db: Db, filter: ShipmentFilter, page: { limit: number; offset: number }) {
  const { orderNumber = null, status = null } = filter
  const matching = sql`where ${seenBy(filter)} and (${orderNumber}::text is null or order_number = ${orderNumber})
    and (${status}::shipping.shipment_status is null or status = ${status})`
  const rows = await select(
    db,
    sql`${matching} order by created_at desc, shipment.id desc limit ${page.limit} offset ${page.offset}`,
  )
  const counted = await sql<{ count: number }>`select count(*) as count from shipping.shipments ${matching}`.execute(db)
  return { rows, count: counted.rows[0]!.count }
}

export type NewShipment = Pick<
  Shipment,
  | 'orderId'
  | 'orderNumber'
  | 'accountId'
  | 'carrier'
  | 'service'
  | 'labelKey'
  | 'estimatedDelivery'
  | 'isSent'
  | 'lines'
>

/** Writes down what a carrier is about to be asked for, so that a crash leaves a trace to follow. One statement. */
export async function insertShipment(tx: Tx, draft: NewShipment, now: Date): Promise<Shipment> {
  const { rows } = await sql<{ id: number }>`
    with packed as (
      insert into shipping.shipments (order_id, order_number, account_id, carrier, service, label_key, status,
        estimated_delivery, is_sent, created_at, updated_at)
      values (${draft.orderId}, ${draft.orderNumber}, ${draft.accountId}, ${draft.carrier}, ${draft.service}, ${draft.labelKey},
        'pending', ${draft.estimatedDelivery}, ${draft.isSent}, ${now}, ${now})
      returning id
    ), lines as (
      insert into shipping.shipment_lines (shipment_id, line_id, quantity)
      select packed.id, line.id, line.quantity from packed,
        unnest(${draft.lines.map(({ lineId }) => lineId)}::bigint[], ${draft.lines.map(({ quantity }) => quantity)}::int[]) as line (id, quantity)
    )
    select id from packed`.execute(tx)
  const unanswered = { trackingNumber: null, trackingUrl: null, carrierReference: null, labelUrl: null }
  const status = 'pending' as const
  return { ...draft, ...unanswered, id: rows[0]!.id, status, attempts: 0, createdAt: now, updatedAt: now, events: [] }
}

/** Notes what the carrier answered, and that there is a label now. One statement. */
export async function recordBooking(tx: Tx, shipment: Shipment, booking: Booking, now: Date): Promise<Shipment> {
  const status = shipment.status === 'pending' ? 'label_created' : shipment.status
  const event: ShipmentEvent = {
    status: 'label_created',
    location: '',
    description: 'The parcel is registered with the carrier',
    happenedAt: now,
  }
  const told = {
    service: booking.service ?? shipment.service,
    trackingNumber: booking.trackingNumber,
    trackingUrl: booking.trackingUrl,
    carrierReference: booking.reference,
    estimatedDelivery: booking.estimatedDelivery ?? shipment.estimatedDelivery,
  }
  await sql`
    with booked as (
      update shipping.shipments set service = ${told.service}, tracking_number = ${told.trackingNumber},
        tracking_url = ${told.trackingUrl}, carrier_reference = ${told.carrierReference},
        estimated_delivery = ${told.estimatedDelivery}, status = ${status}, updated_at = ${now}
      where id = ${shipment.id} returning id
    )
    insert into shipping.shipment_events (shipment_id, status, location, description, happened_at)
    select id, ${event.status}, ${event.location}, ${event.description}, ${event.happenedAt} from booked`.execute(tx)
  return { ...shipment, ...told, status, updatedAt: now, events: [...shipment.events, event] }
}

export type Happening = { shipmentId: number; status: ShipmentStatus; event: ShipmentEvent }

/** Notes what happened to parcels, and where each stands then. One statement. */
export async function insertEvents(tx: Tx, happenings: Happening[], now: Date): Promise<void> {
  const of = <Value>(read: (happening: Happening) => Value) => happenings.map(read)
  await sql`
    with told as (
      select * from unnest(${of(({ shipmentId }) => shipmentId)}::bigint[], ${of(({ status }) => status)}::shipping.shipment_status[],
        ${of(({ event }) => event.status)}::shipping.shipment_status[], ${of(({ event }) => event.location)}::text[],
        ${of(({ event }) => event.description)}::text[], ${of(({ event }) => event.happenedAt)}::timestamptz[])
        as told (shipment_id, status_then, status, location, description, happened_at)
    ), moved as (
      update shipping.shipments set status = last.status_then, updated_at = ${now}
      from (select shipment_id, (array_agg(status_then))[count(*)] as status_then from told group by shipment_id) last
      where id = last.shipment_id
    )
    insert into shipping.shipment_events (shipment_id, status, location, description, happened_at)
    select shipment_id, status, location, description, happened_at from told`.execute(tx)
}

/** Staff sends what was labelled: returns those that did not count as sent before. */
export async function markSent(tx: Tx, orderId: number, now: Date): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    update shipping.shipments set is_sent = true, updated_at = ${now}
    where order_id = ${orderId} and not is_sent returning id`.execute(tx)
  return rows.map(({ id }) => id)
}

/** What a carrier will not take is no parcel: its units may go with another one. */
export async function deleteShipment(tx: Tx, id: number): Promise<void> {
  await sql`delete from shipping.shipments where id = ${id} and tracking_number is null`.execute(tx)
}

/** Puts an event into the inbox. False when it was there before: then it has been worked. */
export async function acceptCarrierEvent(tx: Tx, carrier: string, eventId: string, now: Date): Promise<boolean> {
  const { rows } = await sql`
    insert into shipping.carrier_events (carrier, event_id, received_at) values (${carrier}, ${eventId}, ${now})
    on conflict do nothing returning event_id`.execute(tx)
  return rows.length > 0
}
