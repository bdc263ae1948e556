import { type Static, Type } from 'typebox'
import type { Registration } from '#commerce/identity'
import { Filled, Nullable, sent } from '../http/wire.ts'
import { UserWire } from './users.wire.ts'

const Email = Type.String({ format: 'email', minLength: 1, maxLength: 254 })

export const RegistrationWire = Type.Object({
  email: Email,
  username: Type.String({ minLength: 1, maxLength: 150, description: 'letters, digits and @ . + - _' }),
  password: Type.String({ minLength: 1, maxLength: 128, description: 'at least 8 characters' }),
  password_confirm: Type.Optional(Nullable(Type.String())),
  first_name: Filled({ maxLength: 150 }),
  last_name: Filled({ maxLength: 150 }),
  phone: Type.Optional(Nullable(Type.String({ maxLength: 40, description: '7 to 15 digits, with or without +' }))),
})

/** What was sent, in the words of the commerce side. */
export function toRegistration(body: Partial<Static<typeof RegistrationWire>>): Partial<Registration> {
  const { email, username, password, password_confirm, first_name, last_name, phone } = body
  return sent({
    email,
    username,
    password,
    passwordConfirm: password_confirm,
    firstName: first_name,
    lastName: last_name,
    phone,
  })
}

export const RegisteredWire = Type.Object({ message: Type.String(), user: UserWire }, { title: 'Registered' })

export const VerifyParams = Type.Object({ token: Type.String({ description: 'the UUID of the mail' }) })
export const VerifiedWire = Type.Object(
  {
    message: Type.String(),
    access: Type.Optional(Type.String({ description: 'left out where a second factor is wanted' })),
    refresh: Type.Optional(Type.String()),
    user: UserWire,
  },
  { title: 'Verified' },
)

export const ResendWire = Type.Object({ email: Email })
export const MessageWire = Type.Object({ message: Type.String() }, { title: 'Message' })
