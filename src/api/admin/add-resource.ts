/** The routes of a resource: list, detail, and what else it declares (SF-451…SF-453). What it does not declare is 405. */
import { type Static, Type } from 'typebox'
import { countByDate, findRow, listRows } from '#commerce/backoffice'
import type { Tx } from '#platform/database'
import { missing } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'
import { viewerOf } from '../http/access.ts'
import { readOrdering } from '../http/filters.ts'
import { answerOnce } from '../http/idempotency.ts'
import { PageOf, pageWanted, toPage } from '../http/paging.ts'
import type { Server } from '../http/server.ts'
import { Choice, IdInPath } from '../http/wire.ts'
import { Fault } from '../storefront/faults.wire.ts'
import { addActions } from './actions.ts'
import { type Query, queryOf, readChoice } from './choice.ts'
import { addLive } from './live.ts'
import type { Resource } from './resource.ts'
import { addSheet } from './sheet.ts'

const PAGE_SIZE = 25
const refused = { 401: Fault, 403: Fault, 404: Fault }

const DateHierarchy = Type.Object({
  level: Choice(['year', 'month', 'day']),
  buckets: Type.Array(Type.Object({ value: Type.String(), count: Type.Integer() })),
})

export function addResource<Row extends { id: number }, Filters>(
  server: Server,
  app: App,
  resource: Resource<Row, Filters>,
): void {
  addList(server, app, resource)
  if (resource.sheet) addSheet(server, app, resource, resource.sheet)
  if (resource.isLive) addLive(server, app, resource)
  if (resource.actions) addActions(server, app, resource, resource.actions)
  addDetail(server, app, resource)
  if (resource.change) addChange(server, app, resource)
}

function addList<Row extends { id: number }, Filters>(
  server: Server,
  app: App,
  resource: Resource<Row, Filters>,
): void {
  const { path, noun, listing, usual, says } = resource
  const page = PageOf(resource.row)
  server.get(
    `/admin/${path}/`,
    {
      schema: {
        operationId: `listAdmin${noun.many}`,
        tags: ['admin'],
        summary: `List ${path}, ${PAGE_SIZE} a page`,
        querystring: queryOf(resource, true),
        response: { 200: Type.Object({ ...page.properties, date_hierarchy: DateHierarchy }), 400: Fault, ...refused },
      },
      config: { access: 'staff', sqlBudget: 4, ...(says && { says }) },
    },
    async (request) => {
      const query = request.query as Query
      const choice = readChoice(resource, query)
      const wanted = pageWanted(query, PAGE_SIZE)
      const names = Object.fromEntries(Object.keys(listing.orderings).map((name) => [name, name]))
      const ordering = readOrdering(query.ordering, names, usual)
      const listed = await listRows(app.db, listing, choice, { ...ordering, ...wanted })
      return {
        ...toPage(request, app.config.PUBLIC_URL, wanted, listed, resource.toRow),
        date_hierarchy: await countByDate(app.db, listing, choice),
      } as never
    },
  )
}

function addDetail<Row extends { id: number }, Filters>(
  server: Server,
  app: App,
  resource: Resource<Row, Filters>,
): void {
  const { path, noun, detail, detailBudget, says } = resource
  server.get(
    `/admin/${path}/:id/`,
    {
      schema: {
        operationId: `getAdmin${noun.one}`,
        tags: ['admin'],
        summary: `One of ${path}, in full`,
        params: IdInPath,
        response: { 200: detail, ...refused },
      },
      config: { access: 'staff', sqlBudget: 2 + detailBudget, ...(says && { says }) },
    },
    async (request) => {
      const { id } = request.params as Static<typeof IdInPath>
      return (await resource.toDetail(app, await getRow(app, resource, id))) as never
    },
  )
}

function addChange<Row extends { id: number }, Filters>(
  server: Server,
  app: App,
  resource: Resource<Row, Filters>,
): void {
  const { path, noun, detail, detailBudget, says } = resource
  const change = resource.change!
  const asItIs = (body: object) => body
  server.patch(
    `/admin/${path}/:id/`,
    {
      schema: {
        operationId: `changeAdmin${noun.one}`,
        tags: ['admin'],
        summary: change.summary,
        params: IdInPath,
        body: change.body,
        response: { 200: detail, 400: Fault, 409: Fault, ...refused },
      },
      config: { access: 'staff', sqlBudget: 6 + 2 * detailBudget + change.sqlBudget, ...(says && { says }) },
    },
    async (request, reply) => {
      const { id } = request.params as Static<typeof IdInPath>
      const read = async (at: App) => resource.toDetail(at, await getRow(at, resource, id))
      return answerOnce<object, object>(app, request, reply, 200, asItIs, async (alongside) => {
        const row = await getRow(app, resource, id)
        const keep = async (tx: Tx) => alongside(tx, await read({ ...app, db: tx }))
        await change.apply(app, row, request.body as never, viewerOf(request), keep)
        return read(app)
      }) as never
    },
  )
}

async function getRow<Row, Filters>(app: App, { listing }: Resource<Row, Filters>, id: number): Promise<Row> {
  const row = await findRow(app.db, listing, id)
  if (!row) throw missing('row')
  return row
}
