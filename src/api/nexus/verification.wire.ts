import { Type } from 'typebox'
import { Email } from './registration.wire.ts'

export const VerifyWire = Type.Object({
  email: Email,
  otp: Type.String({
    minLength: 1,
    pattern: '\\S',
    maxLength: 32,
    description: 'the six digits of the mail; also read from otp_code, code',
  }),
})
export const ResendWire = Type.Object({ email: Email })
