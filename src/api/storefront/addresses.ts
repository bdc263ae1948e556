/** /api/users/addresses/: the addresses of the signed-in user (SF-140…SF-151). */

import { Type } from 'typebox'
import { addAddress, changeAddress, getAddress, listAddressBook, removeAddress } from '#commerce/customers'
import type { App } from '../../commerce/app.ts'
import { viewerOf } from '../http/access.ts'
import type { Routes, Server } from '../http/server.ts'
import { IdInPath, Nothing } from '../http/wire.ts'
import { addressSays } from './account-refusals.ts'
import {
  AddressChangesWire,
  AddressInputWire,
  AddressWire,
  toAddressChanges,
  toAddressInput,
  toAddressWire,
} from './addresses.wire.ts'
import { Fault, MessageWire } from './faults.wire.ts'

const LIST = '/users/addresses/'
const ONE = '/users/addresses/:id/'
const tags = ['storefront accounts']
const access = 'user'
const says = addressSays

export const addressRoutes: Routes = (server, app) => {
  listRoutes(server, app)
  readRoute(server, app)
  changeRoutes(server, app)
  removeRoute(server, app)
}

function listRoutes(server: Server, app: App): void {
  server.get(
    LIST,
    {
      schema: {
        operationId: 'storefrontListAddresses',
        tags,
        summary: 'My addresses',
        response: { 200: Type.Array(AddressWire), 401: Fault, 403: Fault },
      },
      config: { access, sqlBudget: 2, says },
    },
    async (request) => (await listAddressBook(app.db, viewerOf(request).accountId)).map(toAddressWire),
  )

  server.post(
    LIST,
    {
      schema: {
        operationId: 'storefrontAddAddress',
        tags,
        summary: 'Add an address; it is answered as a list of one',
        body: AddressInputWire,
        response: { 201: Type.Array(AddressWire), 400: Fault, 401: Fault, 403: Fault },
      },
      config: { access, sqlBudget: 5, says },
    },
    async (request, reply) => {
      const address = await addAddress(app, viewerOf(request).accountId, toAddressInput(request.body))
      return reply.code(201).send([toAddressWire(address)])
    },
  )
}

function readRoute(server: Server, app: App): void {
  server.get(
    ONE,
    {
      schema: {
        operationId: 'storefrontGetAddress',
        tags,
        summary: 'One of my addresses',
        params: IdInPath,
        response: { 200: AddressWire, 401: Fault, 403: Fault, 404: Fault },
      },
      config: { access, sqlBudget: 2, says },
    },
    async (request) => toAddressWire(await getAddress(app.db, viewerOf(request).accountId, request.params.id)),
  )
}

function changeRoutes(server: Server, app: App): void {
  for (const [method, operationId] of [
    ['PUT', 'storefrontReplaceAddress'],
    ['PATCH', 'storefrontChangeAddress'],
  ] as const) {
    server.route({
      method,
      url: ONE,
      schema: {
        operationId,
        tags,
        summary: 'Change one of my addresses; what is left out stays',
        params: IdInPath,
        body: AddressChangesWire,
        response: { 200: MessageWire, 400: Fault, 401: Fault, 403: Fault, 404: Fault },
      },
      config: { access, sqlBudget: 6, says },
      handler: async (request) => {
        const changes = toAddressChanges(request.body)
        await changeAddress(app, viewerOf(request).accountId, request.params.id, changes)
        return { message: 'Address updated successfully.' }
      },
    })
  }
}

function removeRoute(server: Server, app: App): void {
  server.delete(
    ONE,
    {
      schema: {
        operationId: 'storefrontRemoveAddress',
        tags,
        summary: 'Remove one of my addresses; orders keep their own copy',
        params: IdInPath,
        response: { 204: Nothing, 401: Fault, 403: Fault, 404: Fault },
      },
      config: { access, sqlBudget: 6, says },
    },
    async (request, reply) => {
      await removeAddress(app, viewerOf(request).accountId, request.params.id)
      return reply.code(204).send()
    },
  )
}
