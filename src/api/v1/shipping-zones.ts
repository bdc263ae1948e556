/** /api/v1/shipping/zones/: where a method costs something else than its flat rate; for staff. */
import { Type } from 'typebox'
import {
  addZone,
  changeZone,
  getMethod,
  getZone,
  listZones,
  removeRate,
  removeZone,
  setRate,
  type ZoneContent,
} from '#commerce/shipping'
import type { App } from '../../commerce/app.ts'
import type { Routes, Server } from '../http/server.ts'
import { IdInPath, Nothing, Problem } from '../http/wire.ts'
import {
  RateInputWire,
  readRate,
  readZone,
  toZoneWire,
  ZoneChangesWire,
  ZoneInputWire,
  ZoneWire,
} from './shipping-tariff.wire.ts'

const LIST = '/shipping/zones/'
const ONE = '/shipping/zones/:id/'
const RATE = '/shipping/zones/:id/rates/:method_id/'
const tags = ['shipping']
const access = 'staff'
const refused = { 401: Problem, 403: Problem, 404: Problem }
const RateInPath = Type.Object({ ...IdInPath.properties, method_id: IdInPath.properties.id })

export const shippingZoneRoutes: Routes = (server, app) => {
  readRoutes(server, app)
  writeRoutes(server, app)
  removeRoute(server, app)
  rateRoutes(server, app)
}

function readRoutes(server: Server, app: App): void {
  server.get(
    LIST,
    {
      schema: {
        operationId: 'listShippingZones',
        tags,
        summary: 'The zones and their rates; of several that hold a place, the first counts',
        response: { 200: Type.Array(ZoneWire), 401: Problem, 403: Problem },
      },
      config: { access, sqlBudget: 2 },
    },
    async () => (await listZones(app.db)).map(toZoneWire),
  )
  server.get(
    ONE,
    {
      schema: {
        operationId: 'getShippingZone',
        tags,
        summary: 'One zone',
        params: IdInPath,
        response: { 200: ZoneWire, ...refused },
      },
      config: { access, sqlBudget: 2 },
    },
    async (request) => toZoneWire(await getZone(app.db, request.params.id)),
  )
}

function writeRoutes(server: Server, app: App): void {
  server.post(
    LIST,
    {
      schema: {
        operationId: 'addShippingZone',
        tags,
        summary: 'Add a zone',
        body: ZoneInputWire,
        response: { 201: ZoneWire, 400: Problem, 401: Problem, 403: Problem },
      },
      config: { access, sqlBudget: 4 },
    },
    async (request, reply) => {
      const content = { countries: [], postalPrefixes: [], position: 0, ...readZone(request.body) } as ZoneContent
      return reply.code(201).send(toZoneWire(await addZone(app, content)))
    },
  )
  server.patch(
    ONE,
    {
      schema: {
        operationId: 'changeShippingZone',
        tags,
        summary: 'Change what is sent of a zone',
        params: IdInPath,
        body: ZoneChangesWire,
        response: { 200: ZoneWire, 400: Problem, ...refused },
      },
      config: { access, sqlBudget: 5 },
    },
    async (request) => toZoneWire(await changeZone(app, request.params.id, readZone(request.body))),
  )
}

function removeRoute(server: Server, app: App): void {
  server.delete(
    ONE,
    {
      schema: {
        operationId: 'removeShippingZone',
        tags,
        summary: 'Remove a zone, with its rates',
        params: IdInPath,
        response: { 204: Nothing, ...refused },
      },
      config: { access, sqlBudget: 4 },
    },
    async (request, reply) => {
      await removeZone(app, request.params.id)
      return reply.code(204).send()
    },
  )
}

function rateRoutes(server: Server, app: App): void {
  server.put(
    RATE,
    {
      schema: {
        operationId: 'setShippingRate',
        tags,
        summary: 'What a method costs in a zone: a base, and so much for each kilogram begun above a weight',
        params: RateInPath,
        body: RateInputWire,
        response: { 200: ZoneWire, 400: Problem, ...refused },
      },
      config: { access, sqlBudget: 8 },
    },
    async (request) => {
      const { id: zoneId, method_id: methodId } = request.params
      const { currency } = await getMethod(app.db, methodId)
      return toZoneWire(await setRate(app, { zoneId, methodId }, readRate(request.body, currency)))
    },
  )
  server.delete(
    RATE,
    {
      schema: {
        operationId: 'removeShippingRate',
        tags,
        summary: 'The method costs its flat rate in the zone again',
        params: RateInPath,
        response: { 204: Nothing, ...refused },
      },
      config: { access, sqlBudget: 4 },
    },
    async (request, reply) => {
      await removeRate(app, { zoneId: request.params.id, methodId: request.params.method_id })
      return reply.code(204).send()
    },
  )
}
