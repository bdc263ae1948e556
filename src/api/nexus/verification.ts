/** /api/auth/: the proof of the e-mail by a code (NX-020…NX-023). */
import { requestVerification, verifyEmailByCode } from '#commerce/identity'
import type { App } from '../../commerce/app.ts'
import { visitOf } from '../http/device.ts'
import type { Routes, Server } from '../http/server.ts'
import { MessageWire, Problem } from '../http/wire.ts'
import { ALIASES_OF_CODE, readAliases } from './aliases.ts'
import { ResendWire, VerifyWire } from './verification.wire.ts'

const tags = ['nexus auth']
const access = 'public'

const VERIFIED = 'Email verified successfully. You can now log in.'
const RESENT = 'If the account exists and is not verified, a new code has been sent.'

export const verificationRoutes: Routes = (server, app) => {
  verifyRoute(server, app)
  resendRoute(server, app)
}

function verifyRoute(server: Server, app: App): void {
  server.post(
    '/verify-email/',
    {
      preValidation: readAliases(ALIASES_OF_CODE),
      schema: {
        operationId: 'nexusVerifyEmail',
        tags,
        summary: 'Verify an e-mail by the code of the mail',
        body: VerifyWire,
        response: { 200: MessageWire, 400: Problem, 429: Problem },
      },
      config: { access, sqlBudget: 9 },
    },
    async (request) => {
      const { email, otp } = request.body
      await verifyEmailByCode(app, { email, code: otp }, visitOf('nexus', request))
      return { message: VERIFIED }
    },
  )
}

function resendRoute(server: Server, app: App): void {
  server.post(
    '/resend-otp/',
    {
      schema: {
        operationId: 'nexusResendCode',
        tags,
        summary: 'Ask for another verification code',
        body: ResendWire,
        response: { 200: MessageWire, 400: Problem, 429: Problem },
      },
      config: { access, sqlBudget: 9 },
    },
    async (request) => {
      await requestVerification(app, request.body.email, visitOf('nexus', request))
      return { message: RESENT }
    },
  )
}
