/** Shiprocket on this machine, as its documentation describes its HTTP: tokens, orders, air waybills, labels, tracking. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

type Order = { id: number; channel_order_id: string; body: Record<string, unknown>; shipmentId: number; awb: string }
type Answer = { status?: number; body: unknown; headers?: Record<string, string> }
type How = Answer | 'silence' | 'tear' | 'tear afterwards'
export type ShiprocketDouble = {
  url: string
  /** What was asked, as "POST /orders/create/adhoc", oldest first. */
  requests: string[]
  orders: Order[]
  cancelled: unknown[]
  logins: number
  /** Answers the next request of a path otherwise: a status with a body, silence, or a torn connection, before or after its effect. */
  fail(path: string, how: How, times?: number): void
  /** No token that was handed out is good any longer. */
  forgetTokens(): void
  track(awb: string, activities: object[]): void
  close(): Promise<void>
}

const CREDENTIALS = { email: 'api@example.com', password: 'a password of tests' }
export const SHIPROCKET_SETTINGS = { SHIPROCKET_EMAIL: CREDENTIALS.email, SHIPROCKET_PASSWORD: CREDENTIALS.password }
const PDF = Buffer.from('%PDF-1.4\n% a label of Shiprocket\n%%EOF\n')
const DAY_S = 86_400

/** What it knows; ids go on over what a test forgets. */
type State = {
  origin: string
  made: number
  double: Pick<ShiprocketDouble, 'requests' | 'orders' | 'cancelled' | 'logins'>
  failures: { path: string; how: How }[]
  tokens: Set<string>
  tracks: Map<string, object[]>
}

export async function openShiprocketDouble(): Promise<ShiprocketDouble> {
  const server = createServer((request, response) => void serve(state, request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const double: State['double'] = { requests: [], orders: [], cancelled: [], logins: 0 }
  const state: State = { origin, made: 0, double, failures: [], tokens: new Set(), tracks: new Map() }
  return Object.assign(double, {
    url: `${origin}/v1/external`,
    fail: (path: string, how: How, times = 1) =>
      void state.failures.push(...Array.from({ length: times }, () => ({ path, how }))),
    forgetTokens: () => state.tokens.clear(),
    track: (awb: string, activities: object[]) => void state.tracks.set(awb, activities),
    close: () => {
      server.closeAllConnections()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    },
  })
}

async function serve(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '', state.origin)
  const path = url.pathname.replace('/v1/external', '')
  state.double.requests.push(`${request.method} ${path}`)
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const text = Buffer.concat(chunks).toString()
  const how = takeFailure(state, path)
  if (how === 'silence') return
  if (how === 'tear') return void response.destroy()
  if (typeof how === 'object') return reply(response, how)
  if (path === '/label.pdf') return void response.writeHead(200, { 'content-type': 'application/pdf' }).end(PDF)
  const token = request.headers.authorization?.replace('Bearer ', '') ?? ''
  const isLetIn = path === '/auth/login' || state.tokens.has(token)
  const answer = isLetIn
    ? work(state, path, url.searchParams, text === '' ? {} : JSON.parse(text))
    : { status: 401, body: { message: 'Token has expired', status_code: 401 } }
  if (how === 'tear afterwards') return void response.destroy()
  reply(response, answer)
}

function takeFailure({ failures }: State, path: string): How | undefined {
  const at = failures.findIndex((failure) => path === failure.path)
  return at < 0 ? undefined : failures.splice(at, 1)[0]!.how
}

type Body = Record<string, unknown>

function work(state: State, path: string, query: URLSearchParams, body: Body): Answer {
  switch (path) {
    case '/auth/login':
      return logIn(state, body)
    case '/courier/serviceability/':
      return serviceability(query)
    case '/orders/create/adhoc':
      return create(state, body)
    case '/orders':
      return {
        body: {
          data: state.double.orders.filter((order) => order.channel_order_id === query.get('search')).map(toListed),
        },
      }
    case '/courier/assign/awb':
      return assign(state, Number(body.shipment_id))
    case '/courier/generate/label':
      return { body: { label_created: 1, label_url: `${state.origin}/label.pdf`, not_created: [] } }
    case '/orders/cancel':
    case '/orders/cancel/shipment/awbs':
      state.double.cancelled.push(body)
      return { body: { message: 'Cancelled' } }
  }
  const awb = /^\/courier\/track\/awb\/(.+)$/.exec(path)?.[1]
  if (!awb) return { status: 404, body: { message: 'Not found' } }
  return { body: { tracking_data: { track_status: 1, shipment_track_activities: state.tracks.get(awb) ?? [] } } }
}

function logIn({ double, tokens }: State, body: Body): Answer {
  double.logins += 1
  if (body.email !== CREDENTIALS.email || body.password !== CREDENTIALS.password)
    return { status: 403, body: { message: 'Invalid email and password combination', status_code: 403 } }
  const claims = { exp: Math.floor(Date.now() / 1000) + 10 * DAY_S, n: double.logins }
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const token = `${part({ alg: 'HS256' })}.${part(claims)}.c2ln`
  tokens.add(token)
  return { body: { id: 1, email: body.email, token } }
}

/** Nobody goes to pincodes that begin with 9. */
function serviceability(query: URLSearchParams): Answer {
  if (query.get('delivery_postcode')?.startsWith('9'))
    return { status: 404, body: { status: 404, message: 'No courier serviceable' } }
  const weight = Math.ceil(Number(query.get('weight')))
  const courier = (id: number, name: string, rate: number, days: string) => ({
    courier_company_id: id,
    courier_name: name,
    rate: rate * weight,
    estimated_delivery_days: days,
  })
  const couriers = [courier(24, 'Xpressbees Surface', 61.5, '4'), courier(1, 'Blue Dart Air', 102, '2')]
  return { body: { status: 200, data: { available_courier_companies: couriers } } }
}

function create(state: State, body: Body): Answer {
  if (!/^\d{10}$/.test(String(body.billing_phone))) {
    const errors = { billing_phone: ['The billing phone must be 10 digits.'] }
    return { status: 422, body: { message: 'The given data was invalid.', errors } }
  }
  if (body.pickup_location !== 'Primary')
    return { body: { message: 'Wrong Pickup location entered. Please choose one location from the data given' } }
  state.made += 1
  const id = 9000 + state.made
  const order = { id, channel_order_id: String(body.order_id), body, shipmentId: id + 50_000, awb: '' }
  state.double.orders.push(order)
  return { body: { order_id: id, shipment_id: order.shipmentId, status: 'NEW', status_code: 1, awb_code: '' } }
}

function assign({ double }: State, shipmentId: number): Answer {
  const order = double.orders.find((each) => each.shipmentId === shipmentId)
  if (!order) return { status: 404, body: { message: 'No such shipment' } }
  if (order.awb) return { status: 400, body: { message: 'AWB is already assigned', status_code: 400 } }
  order.awb = `1904142${order.id}`
  const data = { awb_code: order.awb, courier_name: 'Xpressbees Surface', shipment_id: shipmentId }
  return { body: { awb_assign_status: 1, response: { data } } }
}

const toListed = ({ id, channel_order_id, shipmentId, awb }: Order) => ({
  id,
  channel_order_id,
  shipments: [{ id: shipmentId, awb, courier: awb ? 'Xpressbees Surface' : '' }],
})

const reply = (response: ServerResponse, { status = 200, body, headers = {} }: Answer) =>
  void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
