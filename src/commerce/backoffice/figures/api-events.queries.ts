/** Tracked requests (SF-385, SF-439, SF-463). */
import { sql } from 'kysely'
import type { TrackedRequest } from '#commerce/analytics'
import { type Listing, partPattern } from '../listing.ts'
import type { Owner } from '../orders.queries.ts'
import { isNamed, joinAccount, OWNER, type TimeFilters, timeFilters } from './shared-columns.queries.ts'

export type ApiEventRow = Owner &
  Omit<TrackedRequest, 'accountId' | 'route' | 'isVisit' | 'ip' | 'happenedAtMs'> & {
    id: number
    happenedAt: Date
    ipAddress: string | null
  }
export type ApiEventFilters = {
  /** A part of the address. */
  endpoint: string
  method: string
  status: number
  isError: boolean
  accountId: number
  ipAddress: string
} & TimeFilters

const accountId = sql`request.account_id`
/** Where there is no such endpoint, nothing is looked through. */
const endpointsWith = (part: string) => {
  const named = sql`from analytics.endpoints where lower(path) like ${partPattern(part)}`
  return sql<boolean>`exists (select ${named}) and request.endpoint_id = any(array(select id ${named}))`
}
/** No index knows what browsers and errors say: a search looks through so many, the newest ones. */
const SEARCHED_MAX = 300_000

export const apiEventListing: Listing<ApiEventRow, ApiEventFilters> = {
  source: sql`analytics.requests request left join analytics.endpoints endpoint on endpoint.id = request.endpoint_id ${joinAccount(accountId)}`,
  columns: sql<ApiEventRow>`request.id, request.happened_at, endpoint.path, request.method, request.status, request.elapsed_ms, ${OWNER},
    request.session_id, host(request.ip_address) as ip_address, request.user_agent, request.referer, request.request_data,
    request.error_message, request.request_size, request.response_size`,
  id: sql`request.id`,
  date: sql`request.happened_at`,
  tally: sql`select day, requests as count from analytics.daily_requests
    where day >= (select min(happened_at) from analytics.requests)::date`,
  search: (words) => sql`request.happened_at >= coalesce((
      select happened_at from analytics.requests order by happened_at desc offset ${SEARCHED_MAX} limit 1), '-infinity')
    and (${endpointsWith(words)} or ${isNamed(accountId, words)} or host(request.ip_address) = ${words}
    or lower(request.error_message) like ${partPattern(words)} or lower(request.user_agent) like ${partPattern(words)})`,
  filters: {
    endpoint: endpointsWith,
    method: (method) => sql`request.method = ${method}`,
    status: (status) => sql`request.status = ${status}`,
    isError: (isError) => (isError ? sql`request.status >= 400` : sql`request.status < 400`),
    accountId: (id) => sql`request.account_id = ${id}`,
    ipAddress: (ip) => sql`request.ip_address = ${ip}::inet`,
    ...timeFilters(sql`request.happened_at`),
  },
  orderings: {
    timestamp: sql`request.happened_at`,
    response_time: sql`request.elapsed_ms`,
    response_status_code: sql`request.status`,
  },
}
