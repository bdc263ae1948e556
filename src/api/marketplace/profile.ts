/** /accounts/profile/ (MP-046). */
import { type Customer, changeCustomer, getCustomer } from '#commerce/customers'
import { viewerOf } from '../http/access.ts'
import { Err, toOk } from '../http/envelope.ts'
import type { Routes } from '../http/server.ts'
import { fieldFaults, soundFields } from '../http/validation.ts'
import { ProfileChangesWire, ProfileWire, toCustomerChanges } from './profile.wire.ts'
import { toUserWire } from './users.wire.ts'

const PROFILE = '/profile/'
const tags = ['marketplace accounts']
const access = 'user'

const toUser = ({ account, profile }: Customer) => toUserWire(account, profile.dateOfBirth)

export const profileRoutes: Routes = (server, app) => {
  server.get(
    PROFILE,
    {
      schema: {
        operationId: 'marketplaceGetProfile',
        tags,
        summary: 'Who I am',
        response: { 200: ProfileWire, 401: Err, 403: Err },
      },
      config: { access, sqlBudget: 3 },
    },
    async (request) => {
      const customer = await getCustomer(app.db, viewerOf(request).accountId)
      return toOk(app, 'Profile retrieved successfully.', toUser(customer))
    },
  )

  for (const [method, operationId] of [
    ['PUT', 'marketplaceReplaceProfile'],
    ['PATCH', 'marketplaceChangeProfile'],
  ] as const) {
    server.route({
      method,
      url: PROFILE,
      attachValidation: true,
      schema: {
        operationId,
        tags,
        summary: 'Change what is known of me; another e-mail has yet to be verified',
        body: ProfileChangesWire,
        response: { 200: ProfileWire, 400: Err, 401: Err, 403: Err },
      },
      // Eight, and three more where the e-mail becomes another one.
      config: { access, sqlBudget: 11 },
      handler: async (request) => {
        const faults = fieldFaults(request)
        const changes = toCustomerChanges(soundFields(request.body, faults))
        const options = { faults, dateField: 'date_of_birth' }
        const customer = await changeCustomer(app, viewerOf(request).accountId, changes, options)
        return toOk(app, 'Profile updated successfully.', toUser(customer))
      },
    })
  }
}
