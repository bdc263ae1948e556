/** /api/users/register/: becoming a customer (SF-050…SF-066). */
import { registerCustomer } from '#commerce/customers'
import { visitOf } from '../http/device.ts'
import type { Routes } from '../http/server.ts'
import { fieldFaults, soundFields } from '../http/validation.ts'
import { registrationSays } from './account-refusals.ts'
import { Fault } from './faults.wire.ts'
import {
  findAmbiguousName,
  RegisteredWire,
  RegistrationWire,
  toPerson,
  toRegisteredWire,
  toRegistration,
} from './registration.wire.ts'

export const registrationRoutes: Routes = (server, app) => {
  server.post(
    '/users/register/',
    {
      // All that is wrong is told at once, weak passwords included.
      attachValidation: true,
      schema: {
        operationId: 'storefrontRegister',
        tags: ['storefront accounts'],
        summary: 'Register; a mail with a link to verify the address follows',
        body: RegistrationWire,
        response: { 201: RegisteredWire, 400: Fault, 409: Fault },
      },
      // Ten, and two for each address.
      config: { access: 'public', sqlBudget: 50, says: registrationSays },
    },
    async (request, reply) => {
      const found = fieldFaults(request)
      const sound = soundFields(request.body, found)
      const faults = { ...findAmbiguousName(sound), ...found }
      const visit = visitOf('storefront', request)
      const { account, addresses } = await registerCustomer(app, toRegistration(sound), toPerson(sound), visit, faults)
      return reply.code(201).send(toRegisteredWire(account, addresses, request.body.birthdate))
    },
  )
}
