/** /api/v1/users/me/: the signed-in user (V1-145). */

import { changeCustomer, getCustomer } from '#commerce/customers'
import { viewerOf } from '../http/access.ts'
import type { Routes } from '../http/server.ts'
import { fieldFaults, soundFields } from '../http/validation.ts'
import { Problem } from '../http/wire.ts'
import { MeChangesWire, MeWire, toCustomerChanges, toMeWire } from './users.wire.ts'

const ME = '/users/me/'
const tags = ['users']

export const userRoutes: Routes = (server, app) => {
  server.get(
    ME,
    {
      schema: { operationId: 'getMe', tags, summary: 'Who I am', response: { 200: MeWire, 401: Problem } },
      config: { access: 'user', sqlBudget: 4 },
    },
    async (request) => toMeWire(await getCustomer(app.db, viewerOf(request).accountId), app.config.SHOP_LANGUAGE),
  )

  for (const [method, operationId] of [
    ['PUT', 'replaceMe'],
    ['PATCH', 'changeMe'],
  ] as const) {
    server.route({
      method,
      url: ME,
      schema: {
        operationId,
        tags,
        summary: 'Change what is known of me',
        body: MeChangesWire,
        response: { 200: MeWire, 400: Problem, 401: Problem },
      },
      config: { access: 'user', sqlBudget: 8 },
      attachValidation: true,
      handler: async (request) => {
        const faults = fieldFaults(request)
        const changes = toCustomerChanges(soundFields(request.body, faults))
        const changed = await changeCustomer(app, viewerOf(request).accountId, changes, { faults })
        return toMeWire(changed, app.config.SHOP_LANGUAGE)
      },
    })
  }
}
