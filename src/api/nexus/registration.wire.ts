import { type Static, Type } from 'typebox'
import type { Registration } from '#commerce/identity'
import { Filled, sent } from '../http/wire.ts'
import { UserWire } from './me.wire.ts'

export const Email = Type.String({ format: 'email', minLength: 1, maxLength: 254 })
export const NewPassword = Type.String({ minLength: 1, maxLength: 128, description: 'at least 8 characters' })

export const RegistrationWire = Type.Object({
  email: Email,
  password: NewPassword,
  password_confirm: Type.String({
    minLength: 1,
    description: 'also read from password_confirmation, confirm_password, password2',
  }),
  first_name: Filled({ maxLength: 150 }),
  last_name: Filled({ maxLength: 150 }),
})

/** What was sent, in the words of the commerce side. */
export function toRegistration(body: Partial<Static<typeof RegistrationWire>>): Partial<Registration> {
  const { email, password, password_confirm, first_name, last_name } = body
  return sent({
    email,
    password,
    passwordConfirm: password_confirm,
    firstName: first_name?.trim(),
    lastName: last_name?.trim(),
  })
}

export const RegisteredWire = Type.Object({ message: Type.String(), user: UserWire }, { title: 'NexusRegistered' })
