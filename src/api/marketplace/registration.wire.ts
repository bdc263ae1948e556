import { type Static, Type } from 'typebox'
import type { Registration } from '#commerce/identity'
import { Ok } from '../http/envelope.ts'
import { Choice, Filled, Nullable, sent } from '../http/wire.ts'
import { USER_TYPES, UserWire } from './users.wire.ts'

export const Phone = Filled({ maxLength: 40 })
export const Email = Type.String({ format: 'email', minLength: 1, maxLength: 254 })
export const Password = Type.String({ minLength: 1, maxLength: 128, description: 'at least 8 characters' })

export const RegistrationWire = Type.Object({
  phone: Type.String({ minLength: 1, maxLength: 40, description: '7 to 15 digits, with or without +' }),
  password: Password,
  first_name: Filled({ maxLength: 150 }),
  last_name: Filled({ maxLength: 150 }),
  date_of_birth: Type.Optional(Nullable(Type.String({ format: 'date' }))),
  user_type: Type.Optional(Choice(USER_TYPES)),
  email: Type.Optional(Nullable(Email)),
})
export type RegistrationBody = Static<typeof RegistrationWire>

/** What was sent, in the words of the commerce side. */
export function toRegistration(body: Partial<RegistrationBody>): Partial<Registration> {
  const { phone, password, first_name, last_name, user_type, email } = body
  return sent({
    phone,
    password,
    firstName: first_name,
    lastName: last_name,
    isSeller: user_type === 'SELLER',
    email,
  })
}

export const RegisteredWire = Ok(UserWire)
