/** /api/auth/register/: becoming a user (NX-010…NX-014). */
import { registerCustomer } from '#commerce/customers'
import { visitOf } from '../http/device.ts'
import type { Routes } from '../http/server.ts'
import { fieldFaults, soundFields } from '../http/validation.ts'
import { Problem } from '../http/wire.ts'
import { readAliases } from './aliases.ts'
import { toUserWire } from './me.wire.ts'
import { RegisteredWire, RegistrationWire, toRegistration } from './registration.wire.ts'

const REGISTERED = 'Registration successful. Please check your email for the verification code.'
const aliases = { password_confirm: ['password_confirmation', 'confirm_password', 'password2'] }

export const registrationRoutes: Routes = (server, app) => {
  server.post(
    '/register/',
    {
      preValidation: readAliases(aliases),
      // All that is wrong is told at once, and a request with wrong fields counts as well.
      attachValidation: true,
      schema: {
        operationId: 'nexusRegister',
        tags: ['nexus auth'],
        summary: 'Register; a mail with a code of six digits follows',
        body: RegistrationWire,
        response: { 201: RegisteredWire, 400: Problem, 429: Problem },
      },
      config: { access: 'public', sqlBudget: 11 },
    },
    async (request, reply) => {
      const faults = fieldFaults(request)
      const input = toRegistration(soundFields(request.body, faults))
      const { account } = await registerCustomer(app, input, {}, visitOf('nexus', request), faults)
      return reply.code(201).send({ message: REGISTERED, user: toUserWire(account) })
    },
  )
}
