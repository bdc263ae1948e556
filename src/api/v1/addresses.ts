/** /api/v1/users/addresses/: the addresses of the signed-in user (V1-147…V1-150). */
import {
  type AddressInput,
  addAddress,
  changeAddress,
  getAddress,
  listAddresses,
  removeAddress,
  setDefaultAddress,
} from '#commerce/customers'
import type { App } from '../../commerce/app.ts'
import { viewerOf } from '../http/access.ts'
import { pageWanted, toPage } from '../http/paging.ts'
import type { Routes, Server } from '../http/server.ts'
import { IdInPath, Nothing, Problem } from '../http/wire.ts'
import {
  AddressChangesWire,
  AddressInputWire,
  AddressPageWire,
  AddressQuery,
  AddressWire,
  toAddressChanges,
  toAddressWire,
} from './addresses.wire.ts'

const LIST = '/users/addresses/'
const ONE = '/users/addresses/:id/'
const tags = ['addresses']
const access = 'user'

export const addressRoutes: Routes = (server, app) => {
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
        operationId: 'listAddresses',
        tags,
        summary: 'My addresses, defaults first',
        querystring: AddressQuery,
        response: { 200: AddressPageWire, 400: Problem, 401: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 3 },
    },
    async (request) => {
      const wanted = pageWanted(request.query)
      const listed = await listAddresses(app.db, viewerOf(request).accountId, {
        ...wanted,
        addressType: request.query.address_type,
      })
      return toPage(request, app.config.PUBLIC_URL, wanted, listed, toAddressWire)
    },
  )

  server.get(
    ONE,
    {
      schema: {
        operationId: 'getAddress',
        tags,
        summary: 'One of my addresses',
        params: IdInPath,
        response: { 200: AddressWire, 401: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 3 },
    },
    async (request) => toAddressWire(await getAddress(app.db, viewerOf(request).accountId, request.params.id)),
  )
}

function addRoute(server: Server, app: App): void {
  server.post(
    LIST,
    {
      schema: {
        operationId: 'addAddress',
        tags,
        summary: 'Add an address',
        body: AddressInputWire,
        response: { 201: AddressWire, 400: Problem, 401: Problem },
      },
      config: { access, sqlBudget: 7 },
    },
    async (request, reply) => {
      const input = toAddressChanges(request.body) as AddressInput
      const address = await addAddress(app, viewerOf(request).accountId, input)
      return reply.code(201).send(toAddressWire(address))
    },
  )
}

function changeRoutes(server: Server, app: App): void {
  for (const [method, operationId, body] of [
    ['PUT', 'replaceAddress', AddressInputWire],
    ['PATCH', 'changeAddress', AddressChangesWire],
  ] as const) {
    server.route({
      method,
      url: ONE,
      schema: {
        operationId,
        tags,
        summary: 'Change one of my addresses',
        params: IdInPath,
        body,
        response: { 200: AddressWire, 400: Problem, 401: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 10 },
      handler: async (request) => {
        const changes = toAddressChanges(request.body)
        return toAddressWire(await changeAddress(app, viewerOf(request).accountId, request.params.id, changes))
      },
    })
  }

  server.post(
    '/users/addresses/:id/set-default/',
    {
      schema: {
        operationId: 'setDefaultAddress',
        tags,
        summary: 'Make an address the default of its type',
        params: IdInPath,
        response: { 200: AddressWire, 401: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 8 },
    },
    async (request) => toAddressWire(await setDefaultAddress(app, viewerOf(request).accountId, request.params.id)),
  )
}

function removeRoute(server: Server, app: App): void {
  server.delete(
    ONE,
    {
      schema: {
        operationId: 'removeAddress',
        tags,
        summary: 'Remove one of my addresses',
        params: IdInPath,
        response: { 204: Nothing, 401: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 7 },
    },
    async (request, reply) => {
      await removeAddress(app, viewerOf(request).accountId, request.params.id)
      return reply.code(204).send()
    },
  )
}
