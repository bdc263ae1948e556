/** /api/v1/shipping/methods/ and /zones/: what staff sets (V1-285). */
import { Type } from 'typebox'
import {
  addMethod,
  changeMethod,
  getMethod,
  listAllMethods,
  type MethodContent,
  removeMethod,
} from '#commerce/shipping'
import type { App } from '../../commerce/app.ts'
import type { Routes, Server } from '../http/server.ts'
import { IdInPath, Nothing, Problem, ProblemOfCode } from '../http/wire.ts'
import {
  MethodChangesWire,
  MethodInputWire,
  readMethod,
  StaffMethodWire,
  toStaffMethodWire,
} from './shipping-tariff.wire.ts'

const ONE = '/shipping/methods/:id/'
const tags = ['shipping']
const access = 'staff'
const refused = { 401: Problem, 403: Problem, 404: Problem }

export const shippingTariffRoutes: Routes = (server, app) => {
  readRoutes(server, app)
  writeRoutes(server, app)
}

function readRoutes(server: Server, app: App): void {
  server.get(
    '/shipping/methods/all/',
    {
      schema: {
        operationId: 'listAllShippingMethods',
        tags,
        summary: 'All methods, of every currency, those out of use too',
        response: { 200: Type.Array(StaffMethodWire), 401: Problem, 403: Problem },
      },
      config: { access, sqlBudget: 2 },
    },
    async () => (await listAllMethods(app.db)).map(toStaffMethodWire),
  )
  server.get(
    ONE,
    {
      schema: {
        operationId: 'getShippingMethod',
        tags,
        summary: 'One method, as staff sees it',
        params: IdInPath,
        response: { 200: StaffMethodWire, ...refused },
      },
      config: { access, sqlBudget: 2 },
    },
    async (request) => toStaffMethodWire(await getMethod(app.db, request.params.id)),
  )
}

function writeRoutes(server: Server, app: App): void {
  server.post(
    '/shipping/methods/',
    {
      schema: {
        operationId: 'addShippingMethod',
        tags,
        summary: 'Add a method',
        body: MethodInputWire,
        response: { 201: StaffMethodWire, 400: ProblemOfCode, 401: Problem, 403: Problem },
      },
      config: { access, sqlBudget: 4 },
    },
    async (request, reply) => {
      const currency = (request.body.currency ?? app.config.CURRENCY).toUpperCase()
      const usual = { currency, freeAboveMinor: null, position: 0, isActive: true }
      const content = { ...usual, ...readMethod(request.body, currency) } as MethodContent
      return reply.code(201).send(toStaffMethodWire(await addMethod(app, content)))
    },
  )
  server.patch(
    ONE,
    {
      schema: {
        operationId: 'changeShippingMethod',
        tags,
        summary: 'Change what is sent of a method; what was ordered stays as it was',
        params: IdInPath,
        body: MethodChangesWire,
        response: { 200: StaffMethodWire, 400: ProblemOfCode, ...refused },
      },
      config: { access, sqlBudget: 6 },
    },
    async (request) => {
      const { id } = request.params
      const { currency } = await getMethod(app.db, id)
      return toStaffMethodWire(await changeMethod(app, id, readMethod(request.body, currency)))
    },
  )
  server.delete(
    ONE,
    {
      schema: {
        operationId: 'removeShippingMethod',
        tags,
        summary: 'Remove a method, with its rates',
        params: IdInPath,
        response: { 204: Nothing, ...refused },
      },
      config: { access, sqlBudget: 4 },
    },
    async (request, reply) => {
      await removeMethod(app, request.params.id)
      return reply.code(204).send()
    },
  )
}
