import { type Static, Type } from 'typebox'
import type { PasswordChange } from '#commerce/identity'
import { Nullable, sent } from '../http/wire.ts'

const Fresh = Type.String({ minLength: 1, maxLength: 128, description: 'at least 8 characters' })
const Confirm = Type.Optional(Nullable(Type.String({ description: 'compared where it is sent' })))

export const ChangePasswordWire = Type.Object({
  current_password: Type.String({ minLength: 1 }),
  new_password: Fresh,
  new_password_confirm: Confirm,
})

/** What was sent, in the words of the commerce side. */
export function toPasswordChange(body: Partial<Static<typeof ChangePasswordWire>>): Partial<PasswordChange> {
  return sent({ current: body.current_password, fresh: body.new_password, confirm: body.new_password_confirm })
}

export const RequestResetWire = Type.Object({
  email: Type.String({ format: 'email', minLength: 1, maxLength: 254 }),
})

export const ConfirmResetWire = Type.Object({
  token: Type.String({ minLength: 1, description: 'the UUID of the mail' }),
  new_password: Fresh,
  new_password_confirm: Confirm,
})

export function toPasswordReset(body: Partial<Static<typeof ConfirmResetWire>>) {
  return sent({ token: body.token, fresh: body.new_password, confirm: body.new_password_confirm })
}
