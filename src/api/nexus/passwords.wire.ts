import { type Static, Type } from 'typebox'
import type { PasswordChange } from '#commerce/identity'
import { Nullable, sent } from '../http/wire.ts'
import { Email, NewPassword } from './registration.wire.ts'
import { VerifyWire } from './verification.wire.ts'

export const RequestResetWire = Type.Object({ email: Email })

export const ConfirmResetWire = Type.Object({
  ...VerifyWire.properties,
  new_password: NewPassword,
  new_password_confirm: Type.String({
    minLength: 1,
    description: 'also read from confirm_password, password_confirm, new_password_confirmation, new_password2',
  }),
})

/** What was sent, in the words of the commerce side. */
export function toPasswordReset(body: Partial<Static<typeof ConfirmResetWire>>) {
  const { email, otp, new_password, new_password_confirm } = body
  return sent({ email, code: otp, fresh: new_password, confirm: new_password_confirm })
}

export const ChangePasswordWire = Type.Object({
  current_password: Type.String({ minLength: 1 }),
  new_password: NewPassword,
  new_password_confirm: Type.Optional(Nullable(Type.String({ description: 'compared where it is sent' }))),
})

export function toPasswordChange(body: Partial<Static<typeof ChangePasswordWire>>): Partial<PasswordChange> {
  return sent({ current: body.current_password, fresh: body.new_password, confirm: body.new_password_confirm })
}
