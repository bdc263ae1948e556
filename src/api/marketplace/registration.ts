/** POST /accounts/register/ (MP-020…MP-023). */
import { registerCustomer } from '#commerce/customers'
import type { FieldCodes } from '#platform/refusal.ts'
import type { Config } from '../../config.ts'
import { visitOf } from '../http/device.ts'
import { Err, toOk } from '../http/envelope.ts'
import type { Routes } from '../http/server.ts'
import { fieldFaults, soundFields } from '../http/validation.ts'
import { RegisteredWire, type RegistrationBody, RegistrationWire, toRegistration } from './registration.wire.ts'
import { toUserWire } from './users.wire.ts'

export const registrationRoutes: Routes = (server, app) => {
  server.post(
    '/register/',
    {
      // All that is wrong is told at once, and a request with wrong fields counts as well.
      attachValidation: true,
      schema: {
        operationId: 'marketplaceRegister',
        tags: ['marketplace accounts'],
        summary: 'Register with a phone; the account can be used at once',
        body: RegistrationWire,
        response: { 201: RegisteredWire, 400: Err, 429: Err },
      },
      config: { access: 'public', sqlBudget: 11 },
    },
    async (request, reply) => {
      const found = fieldFaults(request)
      const sound = soundFields(request.body, found)
      const faults = { ...findRoleFaults(sound, app.config), ...found }
      const person = { dateOfBirth: sound.date_of_birth }
      const visit = visitOf('marketplace', request)
      const { account } = await registerCustomer(app, toRegistration(sound), person, visit, faults)
      const user = toUserWire(account, sound.date_of_birth ?? null)
      return reply.code(201).send(toOk(app, 'Registration successful.', user, 201))
    },
  )
}

/** Nobody makes himself an ADMIN, and a SELLER only where the shop is open to any (MP-022): other surfaces know no types. */
function findRoleFaults({ user_type }: Partial<RegistrationBody>, config: Config): FieldCodes {
  if (user_type === 'ADMIN') return { user_type: 'administrator_signup' }
  return user_type === 'SELLER' && !config.MARKETPLACE_OPEN_SELLER_SIGNUP ? { user_type: 'seller_signup_closed' } : {}
}
