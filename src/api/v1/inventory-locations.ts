/** /api/v1/inventory/locations/: where stock is kept (V1-350). */
import { Type } from 'typebox'
import {
  addLocation,
  changeLocation,
  getLocation,
  listLocations,
  type NewLocation,
  removeLocation,
} from '#commerce/inventory'
import type { App } from '../../commerce/app.ts'
import { PageQuery, pageWanted, toPage } from '../http/paging.ts'
import type { Routes, Server } from '../http/server.ts'
import { IdInPath, Nothing, Problem, ProblemOfCode } from '../http/wire.ts'
import {
  LocationChangesWire,
  LocationInputWire,
  LocationPageWire,
  LocationWire,
  toLocationChanges,
  toLocationWire,
} from './inventory-locations.wire.ts'

const LIST = '/inventory/locations/'
const ONE = '/inventory/locations/:id/'
const tags = ['inventory']
const access = 'staff'
const refused = { 401: Problem, 403: Problem, 404: Problem }

export const inventoryLocationRoutes: Routes = (server, app) => {
  readRoutes(server, app)
  addRoute(server, app)
  changeRoutes(server, app)
  removeRoute(server, app)
}

function readRoutes(server: Server, app: App): void {
  server.get(
    LIST,
    {
      schema: {
        operationId: 'listStockLocations',
        tags,
        summary: 'Where stock is kept, the default location first',
        querystring: Type.Object(PageQuery),
        response: { 200: LocationPageWire, ...refused },
      },
      config: { access, sqlBudget: 3 },
    },
    async (request) => {
      const wanted = pageWanted(request.query)
      return toPage(request, app.config.PUBLIC_URL, wanted, await listLocations(app.db, wanted), toLocationWire)
    },
  )
  server.get(
    ONE,
    {
      schema: {
        operationId: 'getStockLocation',
        tags,
        summary: 'One location',
        params: IdInPath,
        response: { 200: LocationWire, ...refused },
      },
      config: { access, sqlBudget: 2 },
    },
    async (request) => toLocationWire(await getLocation(app.db, request.params.id)),
  )
}

function addRoute(server: Server, app: App): void {
  server.post(
    LIST,
    {
      schema: {
        operationId: 'addStockLocation',
        tags,
        summary: 'Add a location',
        body: LocationInputWire,
        response: { 201: LocationWire, 400: ProblemOfCode, 401: Problem, 403: Problem },
      },
      config: { access, sqlBudget: 6 },
    },
    async (request, reply) => {
      const location = await addLocation(app, toLocationChanges(request.body) as NewLocation)
      return reply.code(201).send(toLocationWire(location))
    },
  )
}

function changeRoutes(server: Server, app: App): void {
  for (const [method, operationId, body] of [
    ['PUT', 'replaceStockLocation', LocationInputWire],
    ['PATCH', 'changeStockLocation', LocationChangesWire],
  ] as const) {
    server.route({
      method,
      url: ONE,
      schema: {
        operationId,
        tags,
        summary: 'Change a location',
        params: IdInPath,
        body,
        response: { 200: LocationWire, 400: ProblemOfCode, ...refused },
      },
      config: { access, sqlBudget: 9 },
      handler: async (request) =>
        toLocationWire(await changeLocation(app, request.params.id, toLocationChanges(request.body))),
    })
  }
}

function removeRoute(server: Server, app: App): void {
  server.delete(
    ONE,
    {
      schema: {
        operationId: 'removeStockLocation',
        tags,
        summary: 'Remove a location that holds nothing; what the ledger says of it stays',
        params: IdInPath,
        response: { 204: Nothing, 400: Problem, ...refused },
      },
      config: { access, sqlBudget: 8 },
    },
    async (request, reply) => {
      await removeLocation(app, request.params.id)
      return reply.code(204).send()
    },
  )
}
