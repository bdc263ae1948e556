/** /accounts/: another password, for who has forgotten it and for who knows it (MP-040…MP-047). */
import {
  CODE_LIFETIME_S,
  changePassword,
  phoneName,
  requestPasswordReset,
  resetPasswordByGrant,
  verifyResetCode,
} from '#commerce/identity'
import type { App } from '../../commerce/app.ts'
import { viewerOf } from '../http/access.ts'
import { visitOf } from '../http/device.ts'
import { Done, Err, toOk } from '../http/envelope.ts'
import { renameFields } from '../http/envelope-refusals.ts'
import type { Routes, Server } from '../http/server.ts'
import { fieldFaults, soundFields } from '../http/validation.ts'
import { sent } from '../http/wire.ts'
import { ChangePasswordWire, ForgotWire, OtpSentWire, OtpVerifiedWire, OtpWire, ResetWire } from './passwords.wire.ts'

const tags = ['marketplace accounts']
const access = 'public'

const SENT = 'If an account with this phone number exists, an OTP has been sent.'

export const passwordRoutes: Routes = (server, app) => {
  forgotRoute(server, app)
  verifyRoute(server, app)
  resetRoute(server, app)
  changeRoute(server, app)
}

function forgotRoute(server: Server, app: App): void {
  server.post(
    '/forgot-password/',
    {
      schema: {
        operationId: 'marketplaceForgotPassword',
        tags,
        summary: 'Ask for a code by SMS to choose a new password',
        body: ForgotWire,
        response: { 200: OtpSentWire, 400: Err, 429: Err },
      },
      config: { access, sqlBudget: 8 },
    },
    async (request) => {
      await requestPasswordReset(app, phoneName(request.body.phone), visitOf('marketplace', request))
      return toOk(app, SENT, { expires_in: CODE_LIFETIME_S })
    },
  )
}

function verifyRoute(server: Server, app: App): void {
  server.post(
    '/verify-otp/',
    {
      schema: {
        operationId: 'marketplaceVerifyOtp',
        tags,
        summary: 'Verify the code of the SMS',
        body: OtpWire,
        response: { 200: OtpVerifiedWire, 400: Err, 429: Err },
      },
      config: { access, sqlBudget: 11 },
    },
    async (request) => {
      const { phone, otp } = request.body
      const reset_token = await verifyResetCode(app, { phone, code: otp }, visitOf('marketplace', request))
      return toOk(app, 'OTP verified successfully.', { reset_token })
    },
  )
}

function resetRoute(server: Server, app: App): void {
  server.post(
    '/reset-password/',
    {
      schema: {
        operationId: 'marketplaceResetPassword',
        tags,
        summary: 'Choose a new password after a verified code; all sessions end',
        body: ResetWire,
        response: { 200: Done, 400: Err, 429: Err },
      },
      config: { access, sqlBudget: 14 },
    },
    async (request) => {
      const { phone, password, reset_token: grant } = request.body
      const reset = resetPasswordByGrant(app, { phone, grant, fresh: password }, visitOf('marketplace', request))
      await reset.catch((error) => {
        throw renameFields(error, { new_password: 'password' })
      })
      return toOk(app, 'Password reset successfully.', {})
    },
  )
}

function changeRoute(server: Server, app: App): void {
  server.post(
    '/change-password/',
    {
      // All that is wrong is told at once.
      attachValidation: true,
      schema: {
        operationId: 'marketplaceChangePassword',
        tags,
        summary: 'Change my password; my other sessions end',
        body: ChangePasswordWire,
        response: { 200: Done, 400: Err, 401: Err, 403: Err, 429: Err },
      },
      config: { access: 'user', sqlBudget: 15 },
    },
    async (request) => {
      const faults = fieldFaults(request)
      const { current_password: current, new_password: fresh } = soundFields(request.body, faults)
      const { accountId, sessionId } = viewerOf(request)
      const holder = { ...visitOf('marketplace', request), accountId, sessionId }
      await changePassword(app, holder, sent({ current, fresh }), faults)
      return toOk(app, 'Password changed successfully.', {})
    },
  )
}
