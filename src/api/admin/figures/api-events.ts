/** /api/admin/analytics/apievent/: tracked requests, for who looks after the shop (SF-439, SF-463…SF-465). */
import { type Static, Type } from 'typebox'
import {
  type ApiEventFilters,
  type ApiEventRow,
  analyzeEndpoints,
  analyzeUsers,
  apiEventListing,
} from '#commerce/backoffice'
import { percentOf, round } from '../../http/rates.ts'
import { Choice, Nullable, Time } from '../../http/wire.ts'
import { toUserRef, UserRefWire } from '../owner.wire.ts'
import { figureResource } from './figure-resource.ts'
import { idFilter, textFilter, timeReaders, wordFilter } from './filter-readers.ts'
import { ipFilter, statusFilter } from './request-filters.ts'
import { BadgeWire } from './shown-figures.ts'

const Text = Nullable(Type.String())
const fields = {
  id: Type.Integer(),
  endpoint: Type.String(),
  status: Choice(['success', 'error']),
  status_badge: BadgeWire,
  response_time: Type.Number({ description: 'seconds' }),
  response_time_display: Type.String(),
  performance_indicator: Choice(['Fast', 'Slow', 'Critical']),
  timestamp: Time,
  user: UserRefWire,
  user_info: Type.String(),
  ip_address: Text,
  ip_address_display: Type.String(),
  user_agent: Text,
  request_method: Type.String(),
  request_data: Text,
  response_status_code: Type.Integer(),
  error_message: Text,
  session_id: Text,
  referer: Text,
  request_size: Type.Integer(),
  response_size: Type.Integer(),
}
const ApiEventRowWire = Type.Object(fields, { title: 'AdminApiEvent' })
const FIELDSETS = {
  'Basic info': ['endpoint', 'status', 'timestamp', 'response_time', 'performance_indicator'],
  User: ['user_info', 'ip_address', 'user_agent', 'session_id', 'referer'],
  Request: ['request_method', 'request_data', 'request_size'],
  Response: ['response_status_code', 'response_size', 'error_message'],
} as const
const DetailWire = Type.Object(
  {
    ...fields,
    fieldsets: Type.Array(Type.Object({ title: Type.String(), fields: Type.Record(Type.String(), Type.Unknown()) })),
  },
  { title: 'AdminApiEventDetail' },
)

const results = (each: Parameters<typeof Type.Object>[0]) => Type.Object({ results: Type.Array(Type.Object(each)) })

export const apiEventResource = figureResource<ApiEventRow, ApiEventFilters, typeof ApiEventRowWire>({
  path: 'analytics/apievent',
  noun: { one: 'ApiEvent', many: 'ApiEvents' },
  listing: apiEventListing,
  usual: '-timestamp',
  isLive: true,
  filters: {
    endpoint: textFilter('endpoint', 'a part of it'),
    method: wordFilter('request_method'),
    status: statusFilter('response_status_code'),
    isError: {
      name: 'status',
      read: toIsError,
      code: 'not_choice',
      description: 'success or error',
    },
    accountId: idFilter('user_id'),
    ipAddress: ipFilter,
    ...timeReaders,
  },
  row: ApiEventRowWire,
  toRow: toApiEventWire,
  detail: DetailWire,
  toDetail: (row) => {
    const wire = toApiEventWire(row)
    const fieldsets = Object.entries(FIELDSETS).map(([title, names]) => ({
      title,
      fields: Object.fromEntries(names.map((name) => [name, wire[name]])),
    }))
    return { ...wire, fieldsets }
  },
  actions: [
    {
      name: 'analyze_endpoint_performance',
      summary: 'How the endpoints of some requests, or of all, perform',
      operationId: 'analyzeEndpointPerformance',
      sqlBudget: 3,
      answer: results({
        endpoint: Type.String(),
        requests: Type.Integer(),
        requests_per_minute: Type.Number(),
        average_response_time: Type.Number({ description: 'seconds' }),
        error_rate: Type.Number({ description: 'percent' }),
      }),
      run: async (app, _reply, choice) => ({
        results: (await analyzeEndpoints(app.db, choice)).map(({ endpoint, requests, minutes, elapsedMs, errors }) => ({
          endpoint,
          requests,
          requests_per_minute: round(requests / minutes, 2),
          average_response_time: round(elapsedMs / requests / 1000, 4),
          error_rate: percentOf(errors, requests),
        })),
      }),
    },
    {
      name: 'analyze_user_patterns',
      summary: 'Who made some requests, or all, and what for',
      operationId: 'analyzeUserPatterns',
      sqlBudget: 3,
      answer: results({
        user: UserRefWire,
        requests: Type.Integer(),
        error_rate: Type.Number({ description: 'percent' }),
        top_endpoints: Type.Array(Type.Object({ endpoint: Type.String(), requests: Type.Integer() })),
      }),
      run: async (app, _reply, choice) => ({
        results: (await analyzeUsers(app.db, choice)).map((row) => ({
          user: toUserRef(row),
          requests: row.requests,
          error_rate: percentOf(row.errors, row.requests),
          top_endpoints: row.top,
        })),
      }),
    },
  ],
})

function toIsError(text: string): boolean | undefined {
  const outcome = text.toLowerCase()
  return outcome === 'error' ? true : outcome === 'success' ? false : undefined
}

const FAST_S = 0.5
const SLOW_S = 2

function toApiEventWire(row: ApiEventRow): Static<typeof ApiEventRowWire> {
  const seconds = round(row.elapsedMs / 1000, 4)
  const isError = row.status >= 400
  const user = toUserRef(row)
  return {
    id: row.id,
    endpoint: row.path,
    status: isError ? 'error' : 'success',
    status_badge: { label: String(row.status), color: row.status >= 500 ? 'red' : isError ? 'orange' : 'green' },
    response_time: seconds,
    response_time_display: seconds < 1 ? `${round(row.elapsedMs, 0)} ms` : `${seconds.toFixed(2)} s`,
    performance_indicator: seconds < FAST_S ? 'Fast' : seconds < SLOW_S ? 'Slow' : 'Critical',
    timestamp: row.happenedAt.toISOString(),
    user,
    user_info: user ? `${user.username} (${user.email})` : 'Anonymous',
    ip_address: row.ipAddress,
    ip_address_display: row.ipAddress ?? '-',
    user_agent: row.userAgent,
    request_method: row.method,
    request_data: row.requestData,
    response_status_code: row.status,
    error_message: row.errorMessage,
    session_id: row.sessionId,
    referer: row.referer,
    request_size: row.requestSize,
    response_size: row.responseSize,
  }
}
