/** /api/v1/auth/: another password. For who knows the present one, and for who has forgotten it (V1-125…V1-138). */
import { changePassword, emailName, requestPasswordReset, resetPasswordByToken } from '#commerce/identity'
import type { App } from '../../commerce/app.ts'
import { viewerOf } from '../http/access.ts'
import { visitOf } from '../http/device.ts'
import type { Routes, Server } from '../http/server.ts'
import { fieldFaults, soundFields } from '../http/validation.ts'
import { Problem } from '../http/wire.ts'
import {
  ChangePasswordWire,
  ConfirmResetWire,
  RequestResetWire,
  toPasswordChange,
  toPasswordReset,
} from './passwords.wire.ts'
import { MessageWire } from './registration.wire.ts'

const tags = ['auth']

const CHANGED = 'Password changed successfully.'
const REQUESTED = 'If an account with this email exists, a password reset link has been sent.'
const RESET = 'Password has been reset successfully.'

export const passwordRoutes: Routes = (server, app) => {
  changeRoute(server, app)
  requestRoute(server, app)
  confirmRoute(server, app)
}

function changeRoute(server: Server, app: App): void {
  server.post(
    '/auth/change-password/',
    {
      attachValidation: true,
      schema: {
        operationId: 'changePassword',
        tags,
        summary: 'Change my password; my other sessions end',
        body: ChangePasswordWire,
        response: { 200: MessageWire, 400: Problem, 401: Problem, 429: Problem },
      },
      config: { access: 'user', sqlBudget: 15 },
    },
    async (request) => {
      const faults = fieldFaults(request)
      const { accountId, sessionId } = viewerOf(request)
      const holder = { ...visitOf('v1', request), accountId, sessionId }
      await changePassword(app, holder, toPasswordChange(soundFields(request.body, faults)), faults)
      return { message: CHANGED }
    },
  )
}

function requestRoute(server: Server, app: App): void {
  server.post(
    '/auth/password-reset/',
    {
      schema: {
        operationId: 'requestPasswordReset',
        tags,
        summary: 'Ask for a mail with a link to choose a new password',
        body: RequestResetWire,
        response: { 200: MessageWire, 400: Problem, 429: Problem },
      },
      config: { access: 'public', sqlBudget: 8 },
    },
    async (request) => {
      await requestPasswordReset(app, emailName(request.body.email), visitOf('v1', request))
      return { message: REQUESTED }
    },
  )
}

function confirmRoute(server: Server, app: App): void {
  server.post(
    '/auth/password-reset/confirm/',
    {
      attachValidation: true,
      schema: {
        operationId: 'resetPassword',
        tags,
        summary: 'Choose a new password by the token of the mail; all sessions end',
        body: ConfirmResetWire,
        response: { 200: MessageWire, 400: Problem, 429: Problem },
      },
      config: { access: 'public', sqlBudget: 13 },
    },
    async (request) => {
      const faults = fieldFaults(request)
      const reset = toPasswordReset(soundFields(request.body, faults))
      await resetPasswordByToken(app, reset, visitOf('v1', request), faults)
      return { message: RESET }
    },
  )
}
