import { Type } from 'typebox'
import { Ok } from '../http/envelope.ts'
import { Nullable } from '../http/wire.ts'
import { Password, Phone } from './registration.wire.ts'

export const ForgotWire = Type.Object({ phone: Phone })
export const OtpSentWire = Ok(
  Type.Object(
    { expires_in: Type.Integer({ description: 'life of the code, in seconds' }) },
    { title: 'MarketplaceOtpSent' },
  ),
)

export const OtpWire = Type.Object({
  phone: Phone,
  otp: Type.String({ minLength: 1, maxLength: 40, description: 'the six digits of the SMS' }),
})
export const OtpVerifiedWire = Ok(
  Type.Object(
    { reset_token: Type.String({ description: 'good for one new password within ten minutes' }) },
    { title: 'MarketplaceOtpVerified' },
  ),
)

export const ResetWire = Type.Object({
  phone: Phone,
  password: Password,
  reset_token: Type.Optional(
    Nullable(Type.String({ description: 'without it, only from the address that has verified the code' })),
  ),
})

export const ChangePasswordWire = Type.Object({
  current_password: Type.String({ minLength: 1 }),
  new_password: Password,
})
