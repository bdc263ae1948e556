/** /api/v1/auth/: becoming a user. Registration, and the proof of the e-mail (V1-040…V1-063). */
import { registerCustomer } from '#commerce/customers'
import { requestVerification, verifyEmail } from '#commerce/identity'
import type { App } from '../../commerce/app.ts'
import { visitOf } from '../http/device.ts'
import type { Routes, Server } from '../http/server.ts'
import { fieldFaults, soundFields } from '../http/validation.ts'
import { Problem } from '../http/wire.ts'
import {
  MessageWire,
  RegisteredWire,
  RegistrationWire,
  ResendWire,
  toRegistration,
  VerifiedWire,
  VerifyParams,
} from './registration.wire.ts'
import { toUserWire } from './users.wire.ts'

const tags = ['auth']
const access = 'public'

const REGISTERED = 'Registration successful. Please check your email to verify your account.'
const VERIFIED = 'Email verified successfully. You can now log in.'
const RESENT = 'If an account with this email exists and is not verified, a new verification email has been sent.'

export const registrationRoutes: Routes = (server, app) => {
  registerRoute(server, app)
  verifyRoute(server, app)
  resendRoute(server, app)
}

function registerRoute(server: Server, app: App): void {
  server.post(
    '/auth/register/',
    {
      // All that is wrong is told at once, and a request with wrong fields counts as well.
      attachValidation: true,
      schema: {
        operationId: 'registerAccount',
        tags,
        summary: 'Register; a mail with a link to verify the address follows',
        body: RegistrationWire,
        response: { 201: RegisteredWire, 400: Problem, 429: Problem },
      },
      config: { access, sqlBudget: 11 },
    },
    async (request, reply) => {
      const faults = fieldFaults(request)
      const input = toRegistration(soundFields(request.body, faults))
      const { account } = await registerCustomer(app, input, {}, visitOf('v1', request), faults)
      return reply.code(201).send({ message: REGISTERED, user: toUserWire(account) })
    },
  )
}

function verifyRoute(server: Server, app: App): void {
  server.get(
    '/auth/verify-email/:token/',
    {
      // Asking for the headers of a link must not use it up.
      exposeHeadRoute: false,
      schema: {
        operationId: 'verifyEmail',
        tags,
        summary: 'Verify an e-mail by the token of the mail, and sign in',
        params: VerifyParams,
        response: { 200: VerifiedWire, 400: Problem, 429: Problem },
      },
      config: { access, sqlBudget: 11, holdsTokens: true },
    },
    async (request) => {
      const { account, tokens } = await verifyEmail(app, request.params.token, visitOf('v1', request))
      return { message: VERIFIED, ...tokens, user: toUserWire(account) }
    },
  )
}

function resendRoute(server: Server, app: App): void {
  server.post(
    '/auth/resend-verification/',
    {
      attachValidation: true,
      schema: {
        operationId: 'requestVerification',
        tags,
        summary: 'Ask for another verification mail',
        body: ResendWire,
        response: { 200: MessageWire, 400: Problem, 429: Problem },
      },
      config: { access, sqlBudget: 9 },
    },
    async (request) => {
      const faults = fieldFaults(request)
      await requestVerification(app, request.body.email, visitOf('v1', request), faults)
      return { message: RESENT }
    },
  )
}
