/** /api/users/user-profile/ (SF-155…SF-164). */
import { changeAddressBook, changeCustomer, getCustomer, listAddressBook } from '#commerce/customers'
import { viewerOf } from '../http/access.ts'
import type { Routes } from '../http/server.ts'
import { fieldFaults, soundFields } from '../http/validation.ts'
import { Fault } from './faults.wire.ts'
import {
  findLackingLines,
  ProfileChangesWire,
  ProfileWire,
  toAddressEntries,
  toProfileChanges,
  toProfileWire,
} from './profile.wire.ts'

const PROFILE = '/users/user-profile/'
const tags = ['storefront accounts']
const access = 'user'

export const profileRoutes: Routes = (server, app) => {
  server.get(
    PROFILE,
    {
      schema: {
        operationId: 'storefrontGetProfile',
        tags,
        summary: 'Who I am, with my addresses',
        response: { 200: ProfileWire, 401: Fault, 403: Fault },
      },
      config: { access, sqlBudget: 4 },
    },
    async (request) => {
      const { accountId } = viewerOf(request)
      return toProfileWire(await getCustomer(app.db, accountId), await listAddressBook(app.db, accountId))
    },
  )

  for (const [method, operationId] of [
    ['PUT', 'storefrontReplaceProfile'],
    ['PATCH', 'storefrontChangeProfile'],
  ] as const) {
    server.route({
      method,
      url: PROFILE,
      attachValidation: true,
      schema: {
        operationId,
        tags,
        summary: 'Change what is known of me; addresses with an id are changed, those without one added',
        body: ProfileChangesWire,
        response: { 200: ProfileWire, 400: Fault, 401: Fault, 403: Fault },
      },
      // Seven, and three for each address.
      config: { access, sqlBudget: 67 },
      handler: async (request) => {
        const { accountId } = viewerOf(request)
        const found = fieldFaults(request)
        const sound = soundFields(request.body, found)
        const customer = await changeCustomer(app, accountId, toProfileChanges(sound), {
          faults: { ...findLackingLines(sound), ...found },
          dateField: 'birthdate',
          alongside: (tx) => changeAddressBook(tx, accountId, toAddressEntries(sound), app.now()),
        })
        return toProfileWire(customer, await listAddressBook(app.db, accountId))
      },
    })
  }
}
