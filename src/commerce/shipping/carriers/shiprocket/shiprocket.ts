/** Shiprocket, a carrier of carriers in India: https://apidocs.shiprocket.in */
import type { Refusal } from '#platform/refusal.ts'
import { countryCode } from '../../place.ts'
import type { Quote } from '../../quote.ts'
import type { Shipment, ShipmentEvent } from '../../shipment.ts'
import type { Booking, BookingAsked, Carrier, Route } from '../carrier.ts'
import { plain, tidy } from '../signed-events.ts'
import { orderIdOf, readAmount, toAdhocOrder } from './adhoc-order.ts'
import { type Answer, type Api, type Credentials, openApi, refused } from './api.ts'
import { readMoment } from './moments.ts'
import { statusOf } from './statuses.ts'
import { readWebhook } from './webhook.ts'

const NAME = 'Shiprocket'
const CURRENCY = 'INR'
const COUNTRY = 'IN'
const TRACKING_PAGE = 'https://shiprocket.co/tracking/'

export type ShiprocketSettings = Credentials & { pickupLocation: string; webhookToken: string; now: () => Date }

export function shiprocketCarrier({ pickupLocation, webhookToken, now, ...credentials }: ShiprocketSettings): Carrier {
  const api = openApi(credentials, now)
  return {
    name: NAME,
    serves: ({ currency, country }) => currency === CURRENCY && countryCode(country) === COUNTRY,
    isLocal: false,
    quote: (route) => quote(api, route),
    book: (asked) => book(api, asked, pickupLocation),
    cancel: (shipment) => cancel(api, shipment),
    track: (shipment) => track(api, shipment),
    label: (shipment) => fetchLabel(api, shipment),
    readEvent: (headers, rawBody, at) => readWebhook(webhookToken, headers, rawBody, at),
  }
}

/** Those who go that way; none where nobody does. */
async function quote(api: Api, { from, to, load, currency }: Route): Promise<Quote[]> {
  const side = String(Math.max(1, Math.ceil(Math.cbrt(load.volumeCm3 ?? 0))))
  const query = new URLSearchParams({
    pickup_postcode: from.postalCode ?? '',
    delivery_postcode: to.postalCode ?? '',
    weight: String((load.grams ?? 0) / 1000),
    ...(load.volumeCm3 && { length: side, breadth: side, height: side }),
    cod: '0',
  })
  const { data } = await api.get(`/courier/serviceability/?${query}`).catch(emptyWhereRefused)
  return listAt(data, 'available_courier_companies').flatMap((courier) => {
    const name = tidy(courier.courier_name)
    const rateMinor = readAmount(courier.rate ?? courier.freight_charge, CURRENCY)
    const days = Number(courier.estimated_delivery_days)
    if (name === '' || rateMinor === undefined || !Number.isInteger(days) || days < 0) return []
    return [
      {
        code: plain(courier.courier_company_id, 50),
        name,
        carrier: name,
        rateMinor,
        currency,
        daysMin: days,
        daysMax: days,
      },
    ]
  })
}

/** No way from there to there is an answer, too. */
function emptyWhereRefused(error: unknown): Answer {
  if ((error as Refusal).code === 'carrier_refused') return {}
  throw error
}

type Known = { shipmentId: string; orderId: string; awb: string; courier: string }

/** Each step is looked for before it is done again, so that one that a crash interrupted makes no second parcel. */
async function book(api: Api, { shipment, goods, isRepeated }: BookingAsked, pickupLocation: string): Promise<Booking> {
  if (goods.currency !== CURRENCY || countryCode(goods.recipient.country) !== COUNTRY)
    throw refused({ message: 'It takes parcels within India, in rupees.' })
  const known =
    (isRepeated ? await find(api, orderIdOf(shipment)) : undefined) ??
    (await create(api, shipment, goods, pickupLocation))
  const { awb, courier } = known.awb ? known : await assign(api, known)
  return {
    trackingNumber: awb,
    trackingUrl: `${TRACKING_PAGE}${encodeURIComponent(awb)}`,
    reference: known.shipmentId,
    service: courier || null,
    estimatedDelivery: null,
  }
}

async function create(
  api: Api,
  shipment: Shipment,
  goods: BookingAsked['goods'],
  pickupLocation: string,
): Promise<Known> {
  const answer = await api.post('/orders/create/adhoc', toAdhocOrder(shipment, goods, pickupLocation))
  const shipmentId = plain(answer.shipment_id, 50)
  // A pickup location that it does not know is told with a 200.
  if (!shipmentId) throw refused(answer)
  return {
    shipmentId,
    orderId: plain(answer.order_id, 50),
    awb: plain(answer.awb_code, 100),
    courier: tidy(answer.courier_name),
  }
}

/** What was made of our parcel before. */
async function find(api: Api, orderId: string): Promise<Known | undefined> {
  const { data } = await api.get(`/orders?${new URLSearchParams({ search: orderId })}`)
  const order = listOf(data).find((each) => each.channel_order_id === orderId)
  const shipment = listAt(order, 'shipments')[0]
  if (!order || !shipment) return undefined
  return {
    shipmentId: plain(shipment.id, 50),
    orderId: plain(order.id, 50),
    awb: plain(shipment.awb, 100),
    courier: tidy(shipment.courier),
  }
}

/** What nobody will carry is no order there either. */
async function assign(api: Api, { shipmentId, orderId }: Known): Promise<{ awb: string; courier: string }> {
  try {
    const answer = await api.post('/courier/assign/awb', { shipment_id: Number(shipmentId) })
    const data = at(answer, 'response', 'data')
    const awb = plain(data.awb_code, 100)
    if (!awb) throw refused({ message: data.awb_assign_error ?? answer.message })
    return { awb, courier: tidy(data.courier_name) }
  } catch (error) {
    if ((error as Refusal).code === 'carrier_refused')
      await api.post('/orders/cancel', { ids: [Number(orderId)] }).catch(() => {})
    throw error
  }
}

/** Where our answer was lost, the parcel is found by what we call it. */
async function cancel(api: Api, shipment: Shipment): Promise<void> {
  const known = shipment.trackingNumber ? undefined : await find(api, orderIdOf(shipment))
  if (shipment.trackingNumber) await api.post('/orders/cancel/shipment/awbs', { awbs: [shipment.trackingNumber] })
  else if (known) await api.post('/orders/cancel', { ids: [Number(known.orderId)] })
}

async function track(api: Api, { trackingNumber }: Shipment): Promise<ShipmentEvent[]> {
  const answer = await api.get(`/courier/track/awb/${encodeURIComponent(trackingNumber ?? '')}`)
  return listAt(at(answer, 'tracking_data'), 'shipment_track_activities').flatMap((activity) => {
    const status = statusOf(activity['sr-status'])
    const happenedAt = readMoment(activity.date)
    if (!status || !happenedAt) return []
    return [{ status, location: tidy(activity.location), description: tidy(activity.activity), happenedAt }]
  })
}

async function fetchLabel(api: Api, { carrierReference }: Shipment): Promise<Buffer | undefined> {
  if (!carrierReference) return undefined
  const answer = await api.post('/courier/generate/label', { shipment_id: [Number(carrierReference)] })
  if (typeof answer.label_url !== 'string') throw refused(answer)
  return api.download(answer.label_url)
}

/** The object at the end of a path; an empty one where there is none. */
function at(value: unknown, ...path: string[]): Answer {
  let found = value
  for (const key of path) found = (found as Answer | null | undefined)?.[key]
  return typeof found === 'object' && found !== null ? (found as Answer) : {}
}

const listOf = (value: unknown): Answer[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'object' && each !== null) : []
const listAt = (value: unknown, key: string): Answer[] => listOf((value as Answer | null | undefined)?.[key])
