/** /api/auth/: another password. For who has forgotten it, and for who knows it (NX-060…NX-068, NX-078). */
import { changePassword, emailName, requestPasswordReset, resetPasswordByCode } from '#commerce/identity'
import type { App } from '../../commerce/app.ts'
import { viewerOf } from '../http/access.ts'
import { visitOf } from '../http/device.ts'
import type { Routes, Server } from '../http/server.ts'
import { fieldFaults, soundFields } from '../http/validation.ts'
import { MessageWire, Problem } from '../http/wire.ts'
import { ALIASES_OF_CODE, readAliases } from './aliases.ts'
import {
  ChangePasswordWire,
  ConfirmResetWire,
  RequestResetWire,
  toPasswordChange,
  toPasswordReset,
} from './passwords.wire.ts'

const tags = ['nexus auth']

const REQUESTED = 'If an account with this email exists, a password reset code has been sent.'
const RESET = 'Password has been reset successfully.'
const CHANGED = 'Password changed successfully.'

const aliases = {
  ...ALIASES_OF_CODE,
  new_password_confirm: ['confirm_password', 'password_confirm', 'new_password_confirmation', 'new_password2'],
}

export const passwordRoutes: Routes = (server, app) => {
  requestRoute(server, app)
  confirmRoute(server, app)
  changeRoute(server, app)
}

function requestRoute(server: Server, app: App): void {
  server.post(
    '/password-reset/',
    {
      schema: {
        operationId: 'nexusRequestPasswordReset',
        tags,
        summary: 'Ask for a mail with a code to choose a new password',
        body: RequestResetWire,
        response: { 200: MessageWire, 400: Problem, 429: Problem },
      },
      config: { access: 'public', sqlBudget: 8 },
    },
    async (request) => {
      await requestPasswordReset(app, emailName(request.body.email), visitOf('nexus', request))
      return { message: REQUESTED }
    },
  )
}

function confirmRoute(server: Server, app: App): void {
  server.post(
    '/password-reset/confirm/',
    {
      preValidation: readAliases(aliases),
      attachValidation: true,
      schema: {
        operationId: 'nexusResetPassword',
        tags,
        summary: 'Choose a new password by the code of the mail; all sessions end',
        body: ConfirmResetWire,
        response: { 200: MessageWire, 400: Problem, 429: Problem },
      },
      config: { access: 'public', sqlBudget: 17 },
    },
    async (request) => {
      const faults = fieldFaults(request)
      const reset = toPasswordReset(soundFields(request.body, faults))
      await resetPasswordByCode(app, reset, visitOf('nexus', request), faults)
      return { message: RESET }
    },
  )
}

function changeRoute(server: Server, app: App): void {
  server.post(
    '/change-password/',
    {
      attachValidation: true,
      schema: {
        operationId: 'nexusChangePassword',
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
      const holder = { ...visitOf('nexus', request), accountId, sessionId }
      await changePassword(app, holder, toPasswordChange(soundFields(request.body, faults)), faults)
      return { message: CHANGED }
    },
  )
}
