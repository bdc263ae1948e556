/** /api/analytics/: what happened in the shop, for its administrators (SF-385…SF-398). */
import { type TObject, Type } from 'typebox'
import { readSummary, SUMMARY_PERIODS } from '#commerce/analytics'
import {
  type ActivityFilters,
  type ActivityRow,
  type ApiEventFilters,
  type ApiEventRow,
  activityListing,
  apiEventListing,
  type Listing,
  listRows,
  type OrderEventFilters,
  type OrderEventRow,
  orderEventListing,
  type SearchFilters,
  type SearchRow,
  searchListing,
} from '#commerce/backoffice'
import { invalidFields } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'
import { type Query, readFilters } from '../admin/choice.ts'
import { idFilter, textFilter, timeReaders } from '../admin/figures/filter-readers.ts'
import { ipFilter, statusFilter } from '../admin/figures/request-filters.ts'
import type { FilterReader } from '../admin/resource.ts'
import { PageOf, PageQuery, pageWanted, toPage } from '../http/paging.ts'
import type { Routes, Server } from '../http/server.ts'
import {
  ActivityWire,
  ApiEventWire,
  EVENT_TYPES,
  OrderEventWire,
  SearchWire,
  SummaryWire,
  toActivityWire,
  toApiEventWire,
  toOrderEventWire,
  toSearchWire,
  toSummaryWire,
} from './analytics.wire.ts'
import { Fault } from './faults.wire.ts'
import { type Sayings, saysError, saysFields } from './refusals.ts'

const tags = ['analytics']
const refused = { 400: Fault, 401: Fault, 403: Fault, 404: Fault }
/** What the storefront sells in. */
const CURRENCY = 'INR'

const says: Sayings = {
  invalid_fields: (details) => {
    const faults = Object.values(details.fields ?? {})
    if (faults.includes('not_date')) return saysError('Invalid date format. Use YYYY-MM-DD.')({})
    return saysFields('Invalid parameters.')(details)
  },
}

/** A list of what happened: newest first, its filters together. */
type EventList<Row, Filters> = {
  path: string
  operationId: string
  summary: string
  listing: Listing<Row, Filters>
  filters: { [Name in keyof Filters]?: FilterReader<Filters[Name]> }
  element: TObject
  toElement: (row: Row) => object
}

const { from, until } = timeReaders
const shared = { accountId: idFilter('user_id'), from, until }

const apiEvents: EventList<ApiEventRow, ApiEventFilters> = {
  path: 'api-events',
  operationId: 'listApiEvents',
  summary: 'Requests to the API',
  listing: apiEventListing,
  filters: {
    ...shared,
    endpoint: textFilter('endpoint', 'a part of it'),
    status: statusFilter('status_code'),
    ipAddress: ipFilter,
  },
  element: ApiEventWire,
  toElement: toApiEventWire,
}

const activities: EventList<ActivityRow, ActivityFilters> = {
  path: 'user-activity',
  operationId: 'listUserActivity',
  summary: 'Who came, left and looked at what',
  listing: activityListing,
  filters: { ...shared, activityType: textFilter('activity_type', 'LOGIN, LOGOUT or PAGE_VIEW') },
  element: ActivityWire,
  toElement: toActivityWire,
}

const orders: EventList<OrderEventRow, OrderEventFilters> = {
  path: 'orders',
  operationId: 'listOrderEvents',
  summary: 'Orders placed, completed and cancelled',
  listing: orderEventListing,
  filters: {
    ...shared,
    milestone: {
      name: 'event_type',
      read: (text) => (Object.hasOwn(EVENT_TYPES, text) ? EVENT_TYPES[text as keyof typeof EVENT_TYPES] : 'none'),
      code: 'invalid',
      description: Object.keys(EVENT_TYPES).join(', '),
    },
  },
  element: OrderEventWire,
  toElement: toOrderEventWire,
}

const searches: EventList<SearchRow, SearchFilters> = {
  path: 'searches',
  operationId: 'listSearchEvents',
  summary: 'What was searched for',
  listing: searchListing,
  filters: { ...shared, query: textFilter('query', 'a part of it') },
  element: SearchWire,
  toElement: toSearchWire,
}

export const analyticsRoutes: Routes = (server, app) => {
  addList(server, app, apiEvents)
  addList(server, app, activities)
  addList(server, app, orders)
  addList(server, app, searches)
  summaryRoute(server, app)
}

function addList<Row extends { id: number }, Filters>(server: Server, app: App, list: EventList<Row, Filters>): void {
  const readers = Object.values(list.filters) as FilterReader<unknown>[]
  const parameters = readers.map(({ name, description }) => [
    name,
    Type.Optional(Type.String({ maxLength: 200, ...(description && { description }) })),
  ])
  server.get(
    `/analytics/${list.path}/`,
    {
      schema: {
        operationId: list.operationId,
        tags,
        summary: `${list.summary}, newest first`,
        querystring: Type.Object({ ...PageQuery, ...Object.fromEntries(parameters) }),
        response: { 200: PageOf(list.element), ...refused },
      },
      config: { access: 'staff', sqlBudget: 3, says },
    },
    async (request) => {
      const query = request.query as Query
      const filters = readFilters(list.filters, query)
      const wanted = pageWanted(query)
      const order = { by: 'timestamp', descending: true }
      const listed = await listRows(app.db, list.listing, { filters, period: {} }, { ...order, ...wanted })
      return toPage(request, app.config.PUBLIC_URL, wanted, listed, list.toElement) as never
    },
  )
}

function summaryRoute(server: Server, app: App): void {
  server.get(
    '/analytics/summary/',
    {
      schema: {
        operationId: 'getAnalyticsSummary',
        tags,
        summary: 'How the shop does in the current day, ISO week, month or year, UTC',
        querystring: Type.Object({
          period: Type.Optional(Type.String({ description: `${SUMMARY_PERIODS.join(', ')}; month unless said` })),
        }),
        response: { 200: SummaryWire, ...refused },
      },
      config: { access: 'staff', sqlBudget: 6, says: { invalid_fields: saysError('Invalid period.') } },
    },
    async (request) => {
      const wanted = request.query.period || 'month'
      const period = SUMMARY_PERIODS.find((each) => each === wanted)
      if (!period) throw invalidFields({ period: { code: 'not_choice', value: wanted } })
      return toSummaryWire(await readSummary(app, period, CURRENCY), CURRENCY)
    },
  )
}
