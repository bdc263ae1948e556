/** /api/auth/me/: the signed-in user (NX-070, NX-071). */
import { changeCustomer, getCustomer } from '#commerce/customers'
import type { App } from '../../commerce/app.ts'
import { viewerOf } from '../http/access.ts'
import type { Routes, Server } from '../http/server.ts'
import { fieldFaults, soundFields } from '../http/validation.ts'
import { Problem } from '../http/wire.ts'
import { MeChangesWire, MeWire, toCustomerChanges, toUserWire, UserWire } from './me.wire.ts'

const ME = '/me/'
const tags = ['nexus auth']

export const meRoutes: Routes = (server, app) => {
  server.get(
    ME,
    {
      schema: { operationId: 'nexusGetMe', tags, summary: 'Who I am', response: { 200: UserWire, 401: Problem } },
      config: { access: 'user', sqlBudget: 3 },
    },
    async (request) => {
      const { account } = await getCustomer(app.db, viewerOf(request).accountId)
      return toUserWire(account)
    },
  )
  changeRoute(server, app, { method: 'PUT', operationId: 'nexusReplaceMe', body: MeWire })
  changeRoute(server, app, { method: 'PATCH', operationId: 'nexusChangeMe', body: MeChangesWire })
}

type Change = { method: 'PUT' | 'PATCH'; operationId: string; body: typeof MeWire | typeof MeChangesWire }

function changeRoute(server: Server, app: App, { method, operationId, body }: Change): void {
  server.route({
    method,
    url: ME,
    attachValidation: true,
    schema: {
      operationId,
      tags,
      summary: 'Change my name and my phone',
      body,
      response: { 200: UserWire, 400: Problem, 401: Problem },
    },
    config: { access: 'user', sqlBudget: 8 },
    handler: async (request) => {
      const faults = fieldFaults(request)
      const changes = toCustomerChanges(soundFields(request.body, faults))
      const { account } = await changeCustomer(app, viewerOf(request).accountId, changes, { faults })
      return toUserWire(account)
    },
  })
}
