/** /api/v1/audit/: who changed what, for staff (MP-205). */
import { type Static, Type } from 'typebox'
import { type AuditFilters, listAudit } from '#commerce/audit'
import { ACTIONS, ACTORS, AuditEntryWire, toAuditEntryWire } from '../http/audit.wire.ts'
import { openFilters, toDay } from '../http/filters.ts'
import { PageOf, PageQuery, pageWanted, toPage } from '../http/paging.ts'
import type { Routes } from '../http/server.ts'
import { Problem, sent } from '../http/wire.ts'

const Text = (description: string) => Type.Optional(Type.String({ description, maxLength: 200 }))
const AuditQuery = Type.Object({
  ...PageQuery,
  actor: Text('id of the account that acted'),
  actor_kind: Text(ACTORS.join(', ')),
  account: Text('id of the account that it is about'),
  action: Text(ACTIONS.join(', ')),
  object_kind: Text('as catalog.products'),
  object_id: Text('as orders and products are called'),
  request_id: Text('X-Request-ID of the request that did it'),
  date_from: Text('a day or a time, from then on'),
  date_to: Text('a day, with all of it, or a time'),
})

export const auditRoutes: Routes = (server, app) => {
  server.get(
    '/audit/',
    {
      schema: {
        operationId: 'listAudit',
        tags: ['audit'],
        summary: 'Who changed what, the newest first',
        description: 'Each entry is tied to the one before it: `souk doctor` finds what was altered or taken out.',
        querystring: AuditQuery,
        response: { 200: PageOf(AuditEntryWire), 400: Problem, 401: Problem, 403: Problem, 404: Problem },
      },
      config: { access: 'staff', sqlBudget: 4 },
    },
    async (request) => {
      const wanted = pageWanted(request.query)
      const listed = await listAudit(app.db, readFilters(request.query), wanted)
      return toPage(request, app.config.PUBLIC_URL, wanted, listed, toAuditEntryWire)
    },
  )
}

const DAY_MS = 86_400_000

/** Refuses what is no id, no kind and no time, all together. */
function readFilters(query: Static<typeof AuditQuery>): AuditFilters {
  const { page: _, page_size: __, ...asked } = query
  const filters = openFilters(asked)
  const read = sent({
    actorId: filters.read('actor', toId, 'not_integer'),
    actor: filters.read('actor_kind', (text) => ACTORS.find((kind) => kind === text), 'invalid'),
    subjectId: filters.read('account', toId, 'not_integer'),
    action: filters.read('action', (text) => ACTIONS.find((action) => action === text), 'invalid'),
    objectKind: filters.text('object_kind'),
    objectId: filters.text('object_id'),
    requestId: filters.text('request_id'),
    from: filters.read('date_from', (text) => toDay(text) ?? toTime(text), 'not_date'),
    until: filters.read('date_to', toEnd, 'not_date'),
  })
  filters.refuseFaults()
  return read
}

const toId = (text: string): number | undefined => {
  const id = /^\d{1,15}$/.test(text) ? Number(text) : 0
  return id > 0 ? id : undefined
}

function toEnd(text: string): Date | undefined {
  const day = toDay(text)
  return day ? new Date(day.getTime() + DAY_MS) : toTime(text)
}

function toTime(text: string): Date | undefined {
  const time = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:?\d{2})$/.test(text) ? new Date(text) : undefined
  return time && !Number.isNaN(time.getTime()) ? time : undefined
}
